package import Foundation
import OpinionWire

/// Events as other programs would send them, by hand: nothing of the daemon's own code is used.
package enum Events {
    package static let type = "org.opiniond."

    /// A CloudEvent in structured mode.
    package static func event(
        _ type: String,
        id: String,
        time: String,
        source: String = "/tests",
        data: String
    ) -> [UInt8] {
        Array(
            """
            {"specversion":"1.0","id":"\(id)","source":"\(source)","type":"\(Self.type)\(type).v1",\
            "time":"\(time)","datacontenttype":"application/json","data":\(data)}
            """.utf8
        )
    }

    /// Now, or as many seconds later.
    package static func time(_ offset: TimeInterval = 0) -> String {
        text(Date.now.timeIntervalSince1970 + offset)
    }

    /// Seconds since 1970 as RFC 3339.
    package static func text(_ seconds: TimeInterval) -> String {
        Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            .format(Date(timeIntervalSince1970: seconds))
    }

    // MARK: Requests

    package struct Request: Sendable {
        package var id: String
        package var network = "net-a"
        /// ICD-10 code of the primary condition.
        package var code = "C50.9"
        package var firstOpinion: String?
        package var excluded: [String] = []
        package var priority = "routine"
        package var kind = "single"
        /// ICD-10 codes of secondaries.
        package var secondaries: [String] = []
        /// Classes of records that are complete; none is left out.
        package var records: [String] = []
        package var birthYear: Int?
        package var disciplines: [String] = []
        /// RFC 3339; nil: by the policy.
        package var due: String?

        package init(
            id: String,
            network: String = "net-a",
            code: String = "C50.9",
            firstOpinion: String? = nil,
            excluded: [String] = [],
            priority: String = "routine"
        ) {
            self.id = id
            self.network = network
            self.code = code
            self.firstOpinion = firstOpinion
            self.excluded = excluded
            self.priority = priority
        }

        package var data: String {
            let first = firstOpinion.map { #","firstOpinion":{"practitionerId":"\#($0)"}"# } ?? ""
            let names = excluded.map { "\"\($0)\"" }.joined(separator: ",")
            let conditions =
                [condition("primary", code)] + secondaries.map { condition("secondary", $0) }
            return """
                {"requestId":"\(id)","networkId":"\(network)","kind":"\(kind)","priority":"\(priority)",\
                "conditions":[\(conditions.joined(separator: ","))],\
                "languages":["en"],"questions":[{"id":"q1"}],"excludedSpecialists":[\(names)]\(first)\(more)}
                """
        }

        private var more: String {
            let files = records.map { #"{"id":"r-\#($0)","class":"\#($0)"}"# }
            let all = records.isEmpty ? "" : #","records":[\#(files.joined(separator: ","))]"#
            let fields = disciplines.map { "\"\($0)\"" }.joined(separator: ",")
            return all + (birthYear.map { #","patient":{"birthYear":\#($0)}"# } ?? "")
                + (disciplines.isEmpty ? "" : #","disciplines":[\#(fields)]"#)
                + (due.map { #","dueBy":"\#($0)""# } ?? "")
        }
    }

    private static func condition(_ role: String, _ code: String) -> String {
        let system = "http://hl7.org/fhir/sid/icd-10"
        return #"{"role":"\#(role)","code":{"system":"\#(system)","code":"\#(code)"}}"#
    }

    package static func submitted(
        _ request: Request,
        id: String? = nil,
        time: String = time()
    ) -> Outgoing {
        let id = id ?? "submit-\(request.id)"
        return inRequests(
            request.network,
            event("request.submitted", id: id, time: time, data: request.data)
        )
    }

    package static func amended(_ request: Request, id: String, time: String = time()) -> Outgoing {
        inRequests(
            request.network,
            event("request.amended", id: id, time: time, data: request.data)
        )
    }

    package static func withdrawn(
        _ request: String,
        of network: String,
        time: String = time()
    ) -> Outgoing {
        let data = #"{"requestId":"\#(request)","networkId":"\#(network)"}"#
        let id = "withdraw-\(request)"
        return inRequests(network, event("request.withdrawn", id: id, time: time, data: data))
    }

    /// An operator directs a seat to somebody; without its number the one that is open.
    package static func directed(
        _ request: String,
        of network: String = "net-a",
        seat: Int? = nil,
        to specialist: String,
        id: String,
        time: String = time()
    ) -> Outgoing {
        let data = """
            {"requestId":"\(request)","networkId":"\(network)","specialistId":"\(specialist)",\
            "operatorId":"op-9","reason":"continuity"\(seat.map { #","seatId":\#($0)"# } ?? "")}
            """
        return inRequests(network, event("request.directed", id: id, time: time, data: data))
    }

    private static func inRequests(_ network: String, _ value: [UInt8]) -> Outgoing {
        Outgoing(topic: Topic.requests, key: network, value: value)
    }

    // MARK: Specialists

    package struct Specialist: Sendable {
        package var id: String
        package var network = "net-a"
        package var families = ["breast"]
        package var discipline = "medical-oncology"
        package var units = 10
        package var isActive = true
        package var version = 1
        package var organisation: String?
        /// Whether offers are accepted by hand; else seats are given.
        package var isAsked = false

        package init(
            id: String,
            network: String = "net-a",
            families: [String] = ["breast"],
            units: Int = 10,
            isActive: Bool = true
        ) {
            self.id = id
            self.network = network
            self.families = families
            self.units = units
            self.isActive = isActive
        }

        fileprivate var more: String {
            (organisation.map { #","organisationId":"\#($0)""# } ?? "")
                + (isAsked ? #","acceptsOffers":"manual""# : "")
        }
    }

    package static func profiled(_ specialist: Specialist, time: String = time()) -> Outgoing {
        let expertise = specialist.families.map { #"{"family":"\#($0)","level":3}"# }
        let data = """
            {"specialistId":"\(specialist.id)","networkId":"\(specialist.network)",\
            "active":\(specialist.isActive),"disciplines":["\(specialist.discipline)"],"languages":["en"],\
            "expertise":[\(expertise.joined(separator: ","))],\
            "capacity":{"units":\(specialist.units)}\(specialist.more)}
            """
        let id = "profile-\(specialist.id)-\(specialist.version)"
        let value = event("specialist.profiled", id: id, time: time, data: data)
        return Outgoing(topic: Topic.specialists, key: specialist.id, value: value)
    }

    package static func retired(_ specialist: String) -> Outgoing {
        Outgoing(topic: Topic.specialists, key: specialist, value: nil)
    }
}

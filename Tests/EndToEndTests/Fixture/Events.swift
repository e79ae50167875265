import Foundation
import OpinionWire

/// Events as other programs would send them, by hand: nothing of the daemon's own code is used.
enum Events {
    static let type = "org.opiniond."

    /// A CloudEvent in structured mode.
    static func event(
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

    static func time(_ offset: TimeInterval = 0) -> String {
        Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            .format(Date(timeIntervalSinceNow: offset))
    }

    // MARK: Requests

    struct Request: Sendable {
        var id: String
        var network = "net-a"
        /// ICD-10 code of the primary condition.
        var code = "C50.9"
        var firstOpinion: String?
        var excluded: [String] = []
        var priority = "routine"

        var data: String {
            let first = firstOpinion.map { #","firstOpinion":{"practitionerId":"\#($0)"}"# } ?? ""
            let names = excluded.map { "\"\($0)\"" }.joined(separator: ",")
            return """
                {"requestId":"\(id)","networkId":"\(network)","priority":"\(priority)","conditions":[{"role":\
                "primary","code":{"system":"http://hl7.org/fhir/sid/icd-10","code":"\(code)"}}],\
                "languages":["en"],"questions":[{"id":"q1"}],"excludedSpecialists":[\(names)]\(first)}
                """
        }
    }

    static func submitted(_ request: Request, id: String? = nil, time: String = time()) -> Outgoing
    {
        let id = id ?? "submit-\(request.id)"
        return inRequests(
            request.network,
            event("request.submitted", id: id, time: time, data: request.data)
        )
    }

    static func amended(_ request: Request, id: String, time: String = time()) -> Outgoing {
        inRequests(
            request.network,
            event("request.amended", id: id, time: time, data: request.data)
        )
    }

    static func withdrawn(_ request: String, of network: String, time: String = time()) -> Outgoing
    {
        let data = #"{"requestId":"\#(request)","networkId":"\#(network)"}"#
        let id = "withdraw-\(request)"
        return inRequests(network, event("request.withdrawn", id: id, time: time, data: data))
    }

    private static func inRequests(_ network: String, _ value: [UInt8]) -> Outgoing {
        Outgoing(topic: Topic.requests, key: network, value: value)
    }

    // MARK: Specialists

    struct Specialist: Sendable {
        var id: String
        var network = "net-a"
        var families = ["breast"]
        var units = 10
        var isActive = true
        var version = 1
    }

    static func profiled(_ specialist: Specialist, time: String = time()) -> Outgoing {
        let expertise = specialist.families.map { #"{"family":"\#($0)","level":3}"# }
        let data = """
            {"specialistId":"\(specialist.id)","networkId":"\(specialist.network)",\
            "active":\(specialist.isActive),"disciplines":["medical-oncology"],"languages":["en"],\
            "expertise":[\(expertise.joined(separator: ","))],"capacity":{"units":\(specialist.units)}}
            """
        let id = "profile-\(specialist.id)-\(specialist.version)"
        let value = event("specialist.profiled", id: id, time: time, data: data)
        return Outgoing(topic: Topic.specialists, key: specialist.id, value: value)
    }

    static func retired(_ specialist: String) -> Outgoing {
        Outgoing(topic: Topic.specialists, key: specialist, value: nil)
    }

    // MARK: Responses

    enum Answer: Sendable {
        case accepted, declined(String), givenBack, delivered
    }

    /// What a specialist says to an assignment.
    static func response(
        _ answer: Answer,
        to made: OutEvent,
        specialist: String? = nil,
        id: String? = nil
    ) -> Outgoing {
        let (name, more): (String, String) =
            switch answer {
            case .accepted: ("accepted", "")
            case .declined(let code): ("declined", #","declineReason":{"code":"\#(code)"}"#)
            case .givenBack: ("withdrawn", "")
            case .delivered:
                (
                    "opinion-submitted",
                    #","opinion":{"diagnosis":{"verdict":"confirmed"},"treatment":{"verdict":"agree"},"#
                        + #""reportRef":"https://reports.example/\#(made.data.assignmentId ?? "")","#
                        + #""answers":[{"questionId":"q1"}],"language":"en"}"#
                )
            }
        let data = """
            {"requestId":"\(made.data.requestId)","networkId":"\(made.data.networkId)",\
            "assignmentId":"\(made.data.assignmentId ?? "")",\
            "specialistId":"\(specialist ?? made.data.specialistId ?? "")"\(more)}
            """
        let id = id ?? "\(name)-\(made.data.assignmentId ?? "")"
        let value = event("response.\(name)", id: id, time: time(), data: data)
        return Outgoing(topic: Topic.responses, key: made.data.networkId, value: value)
    }
}

/// An event that the daemon wrote.
struct OutEvent: Decodable, Sendable {
    struct Data: Decodable, Sendable {
        struct Load: Decodable, Sendable {
            var unitsBefore: Int
            var cost: Int
            var capacity: Int
        }
        struct Report: Decodable, Sendable {
            var assignmentId: String
            var specialistId: String
            var reportRef: String
        }
        var requestId: String
        var networkId: String
        var assignmentId: String?
        var specialistId: String?
        var attempt: Int?
        var reason: String?
        var load: Load?
        var reports: [Report]?
    }

    var specversion: String
    var id: String
    var source: String
    var type: String
    var time: String
    var subject: String
    var correlationid: String
    var causationid: String?
    var data: Data

    init(_ record: Record) throws {
        self = try JSONDecoder().decode(OutEvent.self, from: Foundation.Data(record.value ?? []))
    }

    /// The type without what all have.
    var name: String { String(type.dropFirst(Events.type.count).dropLast(3)) }
    /// Its place in what was told of its request.
    var number: Int? { id.split(separator: "/").last.flatMap { Int($0) } }
    var isNumbered: Bool { name != "request.refused" }
}

extension Record {
    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
    }

    var keyText: String? { key.map { String(decoding: $0, as: UTF8.self) } }
    var place: String { "\(topic)/\(partition)/\(offset)" }
}

import OpinionTesting
import OpinionWire

/// Good records of every kind, in both modes: what mutations begin with.
struct Seedbed {
    /// One good record and the places in it that a mutation can take hold of.
    struct Plant {
        let topic: String
        let key: String
        let value: [UInt8]?
        let headers: [Header]
        let places: JSONPlaces
        /// Where the digits of the event's id lie, in the value or in the header of that name.
        let idDigits: Range<Int>?
    }

    /// Digits of an event's id, overwritten by a number of their own for each record.
    static let idDigits = 10
    static let requests = 24
    static let specialists = 9
    /// The time of all events: a minute before the first moment of a round.
    private static let time = "2026-11-22T09:59:00.000Z"

    let requests: [Plant]
    let responses: [Plant]
    let profiles: [Plant]

    init() {
        requests = (0..<Self.requests).flatMap { Self.ofRequest($0) }
        responses = (0..<Self.requests).flatMap { Self.ofResponse($0) }
        profiles = (0..<Self.specialists).flatMap { Self.ofSpecialist($0) }
    }

    // MARK: Kinds

    private static func both(
        _ type: String,
        _ topic: String,
        _ number: Int,
        _ data: String
    ) -> [Plant] {
        let data = #"{"requestId":"r\#(number)","networkId":"net-\#(number % 3)",\#(data)}"#
        let key = "net-\(number % 3)"
        return [structured(type, topic, key, data), binary(type, topic, key, data)]
    }

    private static func ofRequest(_ number: Int) -> [Plant] {
        let request = number % 2 == 0 ? plain : rich
        let other = number % 2 == 0 ? "Z00.0" : "C79.5"
        let wrong = plain.replacing("C50.9", with: other)
        return both("request.submitted", Topic.requests, number, request)
            + both("request.amended", Topic.requests, number, request)
            + both("request.withdrawn", Topic.requests, number, #""reason":"changed mind""#)
            + both("request.directed", Topic.requests, number, directed)
            + both("request.submitted", Topic.requests, number, wrong).prefix(1)
    }

    private static func ofResponse(_ number: Int) -> [Plant] {
        func both(_ type: String, attempt: Int, _ more: String = "") -> [Plant] {
            let seat = #""assignmentId":"r\#(number)/1/\#(attempt)""#
            return Self.both("response.\(type)", Topic.responses, number, seat + more)
        }
        return both("accepted", attempt: 1) + both("declined", attempt: 1, decline)
            + both("declined", attempt: 1, #","specialistId":"sp-1""# + decline)
            + both("withdrawn", attempt: 2)
            + (1...3).flatMap { both("opinion-submitted", attempt: $0, opinion) }
    }

    private static func ofSpecialist(_ number: Int) -> [Plant] {
        let profile = Events.Specialist(
            id: "sp-\(number)",
            network: "net-\(number % 3)",
            families: ["breast", "lung"],
            units: 2
        )
        let made = Events.profiled(profile, time: time)
        let gone = Plant(
            topic: Topic.specialists,
            key: profile.id,
            value: nil,
            headers: [],
            places: JSONPlaces(of: []),
            idDigits: nil
        )
        let value = made.value ?? []
        return [
            gone,
            Plant(
                topic: Topic.specialists,
                key: profile.id,
                value: value,
                headers: [],
                places: JSONPlaces(of: value),
                idDigits: nil
            ),
        ]
    }

    private static let directed =
        #""specialistId":"sp-1","operatorId":"op-1","reason":"continuity""#

    private static let plain = """
        "priority":"urgent","conditions":[{"role":"primary","code":{"system":\
        "http://hl7.org/fhir/sid/icd-10","code":"C50.9"}}]
        """
    private static let rich = """
        "kind":"single","priority":"stat","dueBy":"2026-11-29T10:00:00Z","conditions":[{"role":"primary",\
        "code":{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"C3411"}},{"role":"secondary",\
        "code":{"system":"http://hl7.org/fhir/sid/icd-10","code":"C78.7"}}],"languages":["kn-IN","en"],\
        "disciplines":["medical-oncology"],"patient":{"ref":"p-1","sex":"female","ecog":1,\
        "birthYear":1970,"residence":"IN-KA"},"firstOpinion":{"practitionerId":"dr-1",\
        "organisationId":"org-1","practiceGroupId":"pg-1"},"excludedSpecialists":["sp-1"],\
        "questions":[{"id":"q1"},{"id":"q2"}],"preferences":{"specialistSex":"female"},\
        "records":[{"id":"rec-1","ref":"https://records.example/1","complete":true}]
        """
    private static let decline = #","declineReason":{"code":"workload"}"#
    private static let opinion = """
        ,"opinion":{"diagnosis":{"verdict":"refined","impact":"minor"},"treatment":{"verdict":"modify",\
        "impact":"moderate"},"reportRef":"https://reports.example/1","language":"en-GB",\
        "answers":[{"questionId":"q2"}]}
        """

    // MARK: Modes

    private static func structured(
        _ type: String,
        _ topic: String,
        _ key: String,
        _ data: String
    ) -> Plant {
        let id = String(repeating: "0", count: idDigits)
        let value = Events.event(type, id: id, time: time, data: data)
        // {"specversion":"1.0","id":"
        let begin = 27
        return Plant(
            topic: topic,
            key: key,
            value: value,
            headers: [],
            places: JSONPlaces(of: value),
            idDigits: begin..<(begin + idDigits)
        )
    }

    private static func binary(
        _ type: String,
        _ topic: String,
        _ key: String,
        _ data: String
    ) -> Plant {
        let attributes = [
            ("ce_specversion", "1.0"), ("ce_id", String(repeating: "0", count: idDigits)),
            ("ce_source", "/tests"), ("ce_type", "\(Events.type)\(type).v1"), ("ce_time", time),
            ("content-type", "application/json"),
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        ]
        let value = Array(data.utf8)
        return Plant(
            topic: topic,
            key: key,
            value: value,
            headers: attributes.map { Header($0.0, Array($0.1.utf8)) },
            places: JSONPlaces(of: value),
            idDigits: 0..<idDigits
        )
    }
}

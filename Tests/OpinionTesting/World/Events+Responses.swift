import OpinionWire

// What specialists send.
extension Events {
    /// What a specialist finds.
    package struct Opinion: Sendable {
        package var diagnosis = "confirmed"
        /// ICD-10 code of the diagnosis; nil: none is stated.
        package var code: String?
        package var treatment = "agree"

        package init() {}

        fileprivate var data: String {
            let system = "http://hl7.org/fhir/sid/icd-10"
            let code = code.map { #","code":{"system":"\#(system)","code":"\#($0)"}"# } ?? ""
            return #"{"diagnosis":{"verdict":"\#(diagnosis)"\#(code)},"#
                + #""treatment":{"verdict":"\#(treatment)"}"#
        }
    }

    package enum Answer: Sendable {
        case accepted, declined(String), givenBack, found(Opinion)

        /// Agrees with all that was said before.
        package static var delivered: Answer { .found(Opinion()) }

        /// The name of the event's type, and so the beginning of its id.
        package var name: String {
            switch self {
            case .accepted: "accepted"
            case .declined: "declined"
            case .givenBack: "withdrawn"
            case .found: "opinion-submitted"
            }
        }

        fileprivate func more(on assignment: String) -> String {
            switch self {
            case .accepted, .givenBack: ""
            case .declined(let code): #","declineReason":{"code":"\#(code)"}"#
            case .found(let opinion):
                #","opinion":\#(opinion.data),"reportRef":"https://reports.example/\#(assignment)","#
                    + #""answers":[{"questionId":"q1"}],"language":"en"}"#
            }
        }
    }

    /// What a specialist says to an assignment.
    package static func response(
        _ answer: Answer,
        to made: OutEvent,
        specialist: String? = nil,
        id: String? = nil,
        time: String = time()
    ) -> Outgoing {
        let assignment = made.data.assignmentId ?? ""
        let data = """
            {"requestId":"\(made.data.requestId)","networkId":"\(made.data.networkId)",\
            "assignmentId":"\(assignment)",\
            "specialistId":"\(specialist ?? made.data.specialistId ?? "")"\(answer.more(on: assignment))}
            """
        let id = id ?? "\(answer.name)-\(assignment)"
        let value = event("response.\(answer.name)", id: id, time: time, data: data)
        return Outgoing(topic: Topic.responses, key: made.data.networkId, value: value)
    }
}

internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

// What came in, and what became of it, in words.
extension RequestHistory.Heard {
    var text: String {
        switch fate {
        case .taken: event.map { $0.title + $0.details } ?? title
        case .forwarded(let place): "\(title): forwarded to its partition, \(place.partition)"
        case .repetition: "\(title): a repetition, nothing done"
        case .overtaken: "\(title): overtaken by what came before, nothing done"
        case .late: "\(title): after the end, nothing done"
        case .refused(let refused): "\(title): refused: \(refused.text)"
        }
    }

    private var title: String {
        event?.title ?? "what can't be read" + (id.isEmpty ? "" : ", \(id)")
    }
}

extension RequestHistory.Refused {
    /// The code, and the rule and the place in the event if they are told.
    var text: String {
        reason + (rule.map { " (\($0))" } ?? "") + (pointer.isEmpty ? "" : " at \(pointer)")
    }
}

extension Event {
    fileprivate var title: String {
        switch message {
        case .submitted: "submitted as \(cause.eventID)"
        case .amended: "amended by \(cause.eventID)"
        case .withdrawn: "withdrawn by \(cause.eventID)"
        case .directed(let directive): directive.text
        case .accepted(let answer): "\(answer.text(of: key)) accepted"
        case .declined(let answer, let reason):
            "\(answer.text(of: key)) declined for \(reason.rawValue)"
        case .givenBack(let answer): "\(answer.text(of: key)) given back"
        case .delivered(let answer, _): "\(answer.text(of: key)) delivered"
        }
    }

    fileprivate var details: String {
        switch message {
        case .submitted(let submission), .amended(let submission): ": \(submission.text)"
        case .delivered(_, let opinion):
            ": \(opinion.diagnosis.rawValue)"
                + (opinion.treatment.map { ", \($0.rawValue)" } ?? "")
        default: ""
        }
    }
}

extension Submission {
    fileprivate var text: String {
        let organs =
            organs.isEmpty ? "" : " with \(organs.families.map(\.name).joined(separator: ", "))"
        let spoken = languages.isEmpty ? "" : ", in \(languages.joined(separator: " or "))"
        let wanted = disciplines.isEmpty ? "" : ", \(disciplines.joined(separator: " or "))"
        return "\(priority.name) \(kind.rawValue), \(family.name)\(organs)\(wanted)\(spoken), due "
            + Timestamp.string(due.milliseconds)
    }
}

extension Directive {
    fileprivate var text: String {
        "operator \(authorization.operatorID) directed \(seat.map { "seat \($0)" } ?? "the open seat")"
            + " to \(specialist.text) (\(authorization.reason.rawValue))"
    }
}

extension Answer {
    fileprivate func text(of key: RequestKey) -> String {
        assignment?.text(of: key.request) ?? "a seat that never was"
    }
}

extension RequestHistory.Heard {
    var isTaken: Bool { if case .taken = fate { true } else { false } }
}

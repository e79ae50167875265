package import OpinionMatching

/// What an event says of its request.
package enum Message: Hashable, Sendable {
    case submitted(Submission)
    case amended(Submission)
    case withdrawn
    case directed(Directive)
    case accepted(Answer)
    case declined(Answer, DeclineReason)
    /// The specialist gives the seat back (`response.withdrawn`).
    case givenBack(Answer)
    case delivered(Answer, Opinion)
}

/// The patient's consent to the opinion, as far as an event states it.
package enum Consent: Hashable, Sendable {
    case missing
    /// Given, up to and including `until`; nil: without an end.
    case given(until: Moment?)
}

/// Which seat a response answers for.
package struct Answer: Hashable, Sendable {
    /// nil: the id names no seat of this request.
    package var assignment: AssignmentID?
    /// Must be the specialist of the seat; nil: not stated.
    package var specialist: Specialist.ID?

    package init(assignment: AssignmentID?, specialist: Specialist.ID?) {
        self.assignment = assignment
        self.specialist = specialist
    }
}

extension Message {
    package enum Kind: String, CaseIterable, Sendable {
        case submitted, amended, withdrawn, directed, accepted, declined, givenBack, delivered
    }

    package var kind: Kind {
        switch self {
        case .submitted: .submitted
        case .amended: .amended
        case .withdrawn: .withdrawn
        case .directed: .directed
        case .accepted: .accepted
        case .declined: .declined
        case .givenBack: .givenBack
        case .delivered: .delivered
        }
    }
}

// What the parts of an event have in common, so that a new event is added in one place.
extension Message {
    /// What a submission or an amendment asks for; nil for other events.
    package var submission: Submission? {
        switch self {
        case .submitted(let submission), .amended(let submission): submission
        default: nil
        }
    }

    /// The seat that a response is about; nil for other events.
    package var answer: Answer? {
        switch self {
        case .accepted(let answer), .declined(let answer, _), .givenBack(let answer),
            .delivered(let answer, _):
            answer
        default: nil
        }
    }

    /// Whether the intake says it of a whole request: submitted, amended, withdrawn.
    package var isFromIntake: Bool { submission != nil || kind == .withdrawn }

    /// Whether it changes what was asked before: amended, withdrawn.
    package var isChange: Bool { kind == .amended || kind == .withdrawn }
}

/// How a request stands, as events see it.
package enum RequestStatus: String, CaseIterable, Sendable {
    case unknown, waiting, unmatchable, assigned, reported, withdrawn, foreclosed, expired
    case awaitingRecords = "awaiting-records"
}

/// What happens on an event of a kind in a standing.
///
/// Performed by ``Shard``.
package enum Transition: String, CaseIterable, Sendable {
    /// Becomes open and looks for a specialist.
    case open
    /// Is compared with the submission known: the same changes nothing, another is a conflict.
    case compare
    /// Takes the new content if it is the later one, and looks again.
    case amend
    /// Ends without a report.
    case close
    /// Is remembered as withdrawn, for the submission that is still to come.
    case foreclose
    /// Came after the withdrawal that it was withdrawn by: stays withdrawn.
    case stayWithdrawn
    /// Is remembered and changes nothing.
    case note
    /// Goes to the seat that it names, if that is open.
    case respond
    /// Gives a seat to whom it names, if the hard rules allow that.
    case direct
    /// There is no open seat: a dead letter.
    case refuse
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

/// The table of standings and events: the whole life of a request on one page.
///
/// An event whose (source, id) was applied before never gets here: it is a duplicate or a conflict.
package func transition(of kind: Message.Kind, in status: RequestStatus) -> Transition {
    switch (status, kind) {
    case (.unknown, .submitted), (.unknown, .amended): .open
    case (.unknown, .withdrawn): .foreclose

    case (.waiting, .submitted), (.unmatchable, .submitted), (.assigned, .submitted): .compare
    case (.waiting, .amended), (.unmatchable, .amended), (.assigned, .amended): .amend
    case (.waiting, .withdrawn), (.unmatchable, .withdrawn), (.assigned, .withdrawn): .close

    // Nobody has a seat yet: a response can't be about one.
    case (.awaitingRecords, .submitted): .compare
    case (.awaitingRecords, .amended): .amend
    case (.awaitingRecords, .withdrawn): .close

    case (.reported, .submitted), (.withdrawn, .submitted), (.expired, .submitted): .compare
    case (.reported, .amended), (.withdrawn, .amended), (.expired, .amended): .note
    case (.reported, .withdrawn), (.withdrawn, .withdrawn), (.foreclosed, .withdrawn),
        (.expired, .withdrawn):
        .note
    case (.foreclosed, .submitted), (.foreclosed, .amended): .stayWithdrawn

    // Of a panel one seat may wait while another is held.
    case (.waiting, .accepted), (.waiting, .declined), (.waiting, .givenBack),
        (.waiting, .delivered),
        (.unmatchable, .accepted), (.unmatchable, .declined), (.unmatchable, .givenBack),
        (.unmatchable, .delivered),
        (.assigned, .accepted), (.assigned, .declined), (.assigned, .givenBack),
        (.assigned, .delivered):
        .respond
    case (.waiting, .directed), (.unmatchable, .directed), (.assigned, .directed): .direct
    case (_, .accepted), (_, .declined), (_, .givenBack), (_, .delivered),
        (_, .directed):
        .refuse
    }
}

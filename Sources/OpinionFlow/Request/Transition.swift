/// The state of a request, as far as it decides what an event does.
package enum RequestStatus: String, CaseIterable, Sendable {
    case unknown, waiting, unmatchable, assigned, reported, withdrawn, foreclosed, expired
    case awaitingRecords = "awaiting-records"
}

/// What an event of some kind does to a request in some status; made by ``Shard``.
package enum Transition: String, CaseIterable, Sendable {
    /// Opens the request and looks for a specialist.
    case open
    /// Compares with the known submission: the same changes nothing, another is a conflict.
    case compare
    /// Takes the new content if it is the later one, and looks again.
    case amend
    /// Ends the request without a report.
    case withdraw
    /// Remembers the request as withdrawn, for a submission that is still to come.
    case foreclose
    /// The submission came after its withdrawal: the request stays withdrawn.
    case stayWithdrawn
    /// Remembers the event and changes nothing.
    case remember
    /// Goes to the seat that it names, if somebody holds it.
    case respond
    /// Gives a seat to the specialist whom it names, if the hard rules allow that.
    case direct
    /// Nobody holds the seat that it names: a dead letter.
    case refuse
}

/// The table of statuses and events: the whole life of a request on one page.
///
/// An event whose (source, id) was applied before doesn't come here: it is a duplicate or a conflict.
package func transition(of kind: Message.Kind, in status: RequestStatus) -> Transition {
    switch (status, kind) {
    case (.unknown, .submitted), (.unknown, .amended): .open
    case (.unknown, .withdrawn): .foreclose

    case (.waiting, .submitted), (.unmatchable, .submitted), (.assigned, .submitted): .compare
    case (.waiting, .amended), (.unmatchable, .amended), (.assigned, .amended): .amend
    case (.waiting, .withdrawn), (.unmatchable, .withdrawn), (.assigned, .withdrawn): .withdraw

    // Nobody holds a seat yet, so no response can be about one.
    case (.awaitingRecords, .submitted): .compare
    case (.awaitingRecords, .amended): .amend
    case (.awaitingRecords, .withdrawn): .withdraw

    case (.reported, .submitted), (.withdrawn, .submitted), (.expired, .submitted): .compare
    case (.reported, .amended), (.withdrawn, .amended), (.expired, .amended): .remember
    case (.reported, .withdrawn), (.withdrawn, .withdrawn), (.foreclosed, .withdrawn),
        (.expired, .withdrawn):
        .remember
    case (.foreclosed, .submitted), (.foreclosed, .amended): .stayWithdrawn

    // One seat of a panel may wait while another is held.
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

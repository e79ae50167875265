package import OpinionMatching

/// Something that a shard announces to the world about one request.
package struct Announcement: Hashable, Sendable {
    package var key: RequestKey
    /// The request's own count of its announcements, from 1: the same log gives the same numbers.
    package var number: Int
    /// The moment of the decision.
    package var at: Moment
    package var cause: Cause?
    package var kind: AnnouncementKind
    /// The decision behind it, where the policy asks for audits.
    package var audit: Audit?
}

/// A decision with what it found of each specialist.
package struct Audit: Hashable, Sendable {
    /// The assignment that it made, or would have made.
    package var assignment: AssignmentID
    package var decision: Decision
}

/// What is announced; each kind is an event type of its own.
package enum AnnouncementKind: Hashable, Sendable {
    case assigned(Assignment)
    case rescinded(AssignmentID, Specialist.ID, RescindReason)
    case waiting(Seat.ID, Exclusions)
    case unmatchable(Seat.ID, Exclusions, Shortage)
    case awaitingRecords([String])
    case reminder(Reminder)
    case escalated(Escalation)
    case closed(CloseReason)
    case reportReady(Report)
}

/// What keeps an unmatchable seat from being taken.
package struct Shortage: Hashable, Sendable {
    /// The rules each of which alone excludes some specialist.
    package var obstacles: RuleSet
    /// What the missing specialist would have to fulfil.
    package var missing: Need
    /// The level of expertise asked, 1 to 5.
    package var level: Int
}

/// Why a seat was rescinded.
package enum RescindReason: String, Hashable, Sendable {
    case declined
    case givenBack = "given-back"
    case amended
    case requestWithdrawn = "request-withdrawn"
    case specialistRetired = "specialist-retired"
    /// The report is out without it.
    case reported
    /// The request was closed unanswered.
    case expired = "request-expired"
    /// It was not accepted, or not delivered, in time.
    case timedOut = "timed-out"
    /// Another specialist, to whom it was offered as well, accepted.
    case acceptedElsewhere = "accepted-elsewhere"
    /// An operator gave the seat to somebody else.
    case directed
}

/// A limit of the policy was passed, and somebody should look at the request.
package struct Escalation: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// A clock has run too long.
        case late(ClockKind)
        /// The request is due.
        case overdue

        /// The name in events.
        package var name: String {
            switch self {
            case .late(.assign): "waiting"
            case .late(.accept): "not-accepted"
            case .late(.deliver): "not-delivered"
            case .late(.records): "awaiting-records"
            case .overdue: "overdue"
            }
        }
    }

    package var reason: Reason
    package var notice: Notice
}

/// A specialist, or whoever sends the records, is slow and may have forgotten.
package struct Reminder: Hashable, Sendable {
    package var clock: ClockKind
    package var notice: Notice
}

/// What a reminder or an escalation is about.
package struct Notice: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        case request
        /// A seat that nobody has taken.
        case waiting(Seat.ID)
        /// A specialist who has a seat and is slow.
        case held(AssignmentID, Specialist.ID)
    }

    package var subject: Subject
    package var priority: Priority
    package var due: Moment
}

/// Why a request ended without a report.
package enum CloseReason: String, Hashable, Sendable {
    case withdrawn, expired
}

/// A specialist was given a seat, or is offered it.
///
/// Its properties are the members of `assignment.made`.
package struct Assignment: Hashable, Sendable {
    package var id: AssignmentID
    package var specialist: Specialist.ID
    package var discipline: String
    package var role: SeatSpec.Role
    package var covers: [CancerFamily]
    package var language: String?
    /// Until when it may be accepted; nil: it is given, not offered.
    package var acceptBy: Moment?
    package var due: Moment
    package var priority: Priority
    package var unitsBefore: Int
    package var cost: Int
    package var capacity: Int
    package var decision: Decision
    /// Who directed the seat to the specialist; nil: nobody did.
    package var directed: Directive.Authorization?
}

/// What the seats of a request have delivered, once every seat that the report waits for has.
package struct Report: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package var assignment: AssignmentID
        package var specialist: Specialist.ID
        package var discipline: String
        package var role: SeatSpec.Role
        package var opinion: Opinion
        /// Whether it is about a family that is no longer asked about: listed, but not counted.
        package var isOutdated = false
    }

    package var kind: RequestKind
    package var entries: [Entry]
    /// Seats that have delivered nothing.
    package var missing: [Seat.ID]
    /// Whether enough members of a panel have delivered.
    package var isQuorumMet: Bool
    package var questions: [String]
    package var submittedAt: Moment
    /// When the records became complete that it waited for; nil: it didn't wait.
    package var recordsAt: Moment?
    package var assignedAt: Moment
    /// The last counted opinion's event time.
    package var deliveredAt: Moment
    package var due: Moment

    /// The questions that some opinion answers, and those that none answers, in their order.
    ///
    /// - Complexity: O(questions × answers), both a few.
    package var questionsByAnswer: (answered: [String], unanswered: [String]) {
        var (answered, unanswered): ([String], [String]) = ([], [])
        for question in questions {
            if entries.contains(where: { $0.opinion.answers.contains(question) }) {
                answered.append(question)
            } else {
                unanswered.append(question)
            }
        }
        return (answered, unanswered)
    }
}

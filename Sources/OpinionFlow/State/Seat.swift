package import OpinionMatching

/// One place on a request, to be filled by one specialist.
///
/// ```
///   waiting ──assigned──► held ──opinion──► delivered
///      ▲                   │
///      └─────rescinded─────┘
/// ```
package struct Seat: Hashable, Sendable {
    package typealias ID = Int

    package enum State: Hashable, Sendable {
        case waiting(Waiting)
        case held(Holding)
        /// In a box: a seat has its opinion for as long as others are awaited.
        indirect case delivered(Holding, Opinion, at: Moment)
    }

    /// Nobody could take it yet.
    package struct Waiting: Hashable, Sendable {
        package var since: Moment
        /// The rules that kept it waiting when that was last told.
        package var rules: RuleSet
        package var isUnmatchable: Bool
        package init(since: Moment, rules: RuleSet, isUnmatchable: Bool) {
            self.since = since
            self.rules = rules
            self.isUnmatchable = isUnmatchable
        }
    }

    /// Somebody has it.
    package struct Holding: Hashable, Sendable {
        package var specialist: Specialist.ID
        package var at: Moment
        package var discipline: String
        package var cost: Int
        /// Whether the specialist said so; in mode `assign` it changes nothing.
        package var isAccepted: Bool
        /// The kind of the request when it was given.
        package var kind = RequestKind.single
        /// Until when the specialist may accept; nil: needn't, or has.
        package var acceptBy: Moment?
        /// Since when the offer is accepted; nil: it was none, or isn't.
        package var acceptedAt: Moment?
        /// What was told of the clock that runs.
        package var told = ClockMarks()
        /// Since when the roster no longer knows the specialist; nil: it does.
        package var goneSince: Moment?
        /// Whether the seat is kept until that is confirmed or undone: see ``Losses``.
        package var isKept = false
        package init(
            specialist: Specialist.ID,
            at: Moment,
            discipline: String,
            cost: Int,
            isAccepted: Bool = false
        ) {
            self.specialist = specialist
            self.at = at
            self.discipline = discipline
            self.cost = cost
            self.isAccepted = isAccepted
        }

        /// An offer that is accepted begins another clock.
        mutating func accept(at now: Moment) {
            isAccepted = true
            guard acceptBy != nil else { return }
            acceptBy = nil
            acceptedAt = now
            told = ClockMarks()
        }
    }

    package let id: ID
    /// What it is for; nil: it is the only one of its request.
    package let brief: Brief?
    /// How often it was given to somebody; the number of the current attempt.
    package var attempt: Int
    package var state: State

    package init(id: ID, attempt: Int, state: State, brief: Brief? = nil) {
        self.id = id
        self.brief = brief
        self.attempt = attempt
        self.state = state
    }

    package var holding: Holding? {
        if case .held(let holding) = state { holding } else { nil }
    }

    package var isDelivered: Bool {
        if case .delivered = state { true } else { false }
    }

    var assignment: AssignmentID { AssignmentID(seat: id, attempt: attempt) }
    /// The assignment that the next attempt would make.
    var nextAssignment: AssignmentID { AssignmentID(seat: id, attempt: attempt + 1) }
}

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
        package init(since: Moment, rules: RuleSet = RuleSet(), isUnmatchable: Bool = false) {
            self.since = since
            self.rules = rules
            self.isUnmatchable = isUnmatchable
        }
    }

    /// Somebody has it.
    package struct Holding: Hashable, Sendable {
        package var specialist: Specialist.ID
        package var discipline: String
        package var at: Moment
        private var aside = Sparse<RareFields>()
        private var packedCost: Int32
        /// Whether the specialist said so; in mode `assign` it changes nothing.
        package var isAccepted: Bool
        /// The kind of the request when it was given.
        package var kind = RequestKind.single
        /// What was told of the clock that runs.
        package var told = ClockMarks()
        /// Whether the seat is kept until that is confirmed or undone: see ``DepartureTracker``.
        package var isKept = false

        /// Units of capacity that it takes.
        package var cost: Int {
            get { Int(packedCost) }
            set { packedCost = Int32(clamping: newValue) }
        }
        /// Until when the specialist may accept; nil: needn't, or has.
        package var acceptBy: Moment? {
            get { aside.value.acceptBy }
            set { aside.value.acceptBy = newValue }
        }
        /// Since when the offer is accepted; nil: it was none, or isn't.
        package var acceptedAt: Moment? {
            get { aside.value.acceptedAt }
            set { aside.value.acceptedAt = newValue }
        }
        /// Since when the seat waited for somebody who takes it, if that is longer than it is offered.
        package var waitedSince: Moment? {
            get { aside.value.waitedSince }
            set { aside.value.waitedSince = newValue }
        }
        /// Since when the roster no longer knows the specialist; nil: it does.
        package var goneSince: Moment? {
            get { aside.value.goneSince }
            set { aside.value.goneSince = newValue }
        }
        /// When the specialist was last found too slow while nobody else could take the seat; nil: never.
        package var stayedAt: Moment? {
            get { aside.value.stayedAt }
            set { aside.value.stayedAt = newValue }
        }

        /// The last attempt at the seat, where others are or were asked meanwhile; nil: this one.
        package var lastAttempt: Int? {
            get { aside.value.lastAttempt }
            set { aside.value.lastAttempt = newValue }
        }

        /// Where the specialist worked when it was given; nil: it is no panel's, or an older record doesn't tell.
        package var affiliation: Affiliation? {
            get { aside.value.affiliation }
            set { aside.value.affiliation = newValue }
        }

        /// What few have: offers, the seats of panels and of those who have gone or are too slow.
        private struct RareFields: Hashable, Sendable, SparseValue {
            var acceptBy: Moment?
            var acceptedAt: Moment?
            var waitedSince: Moment?
            var goneSince: Moment?
            var stayedAt: Moment?
            var lastAttempt: Int?
            var affiliation: Affiliation?
        }

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
            packedCost = Int32(clamping: cost)
            self.isAccepted = isAccepted
        }

        /// Since when the seat waits for somebody who takes it; nil: it is taken.
        package var waitsSince: Moment? { acceptBy == nil ? nil : waitedSince ?? at }

        /// One offer after the other is one wait.
        mutating func offer(until acceptBy: Moment, waitsSince: Moment) {
            self.acceptBy = acceptBy
            waitedSince = waitsSince == at ? nil : waitsSince
        }

        /// An offer that is accepted begins another clock.
        mutating func accept(at now: Moment) {
            isAccepted = true
            guard acceptBy != nil else { return }
            acceptBy = nil
            waitedSince = nil
            acceptedAt = now
            told = ClockMarks()
        }
    }

    package var id: ID { Int(packedID) }
    /// What it is for; nil: it is the only one of its request.
    package let spec: SeatSpec?
    /// The number of the current attempt; while it waits, of the last one.
    package var attempt: Int {
        get { Int(packedAttempt) }
        set { packedAttempt = Int32(clamping: newValue) }
    }
    private let packedID: Int32
    private var packedAttempt: Int32
    package var state: State

    package init(id: ID, attempt: Int, state: State, spec: SeatSpec? = nil) {
        packedID = Int32(clamping: id)
        packedAttempt = Int32(clamping: attempt)
        self.spec = spec
        self.state = state
    }

    /// Since when it waits for somebody who takes it, offered or not; nil: it doesn't.
    package var waitsSince: Moment? {
        switch state {
        case .waiting(let waiting): waiting.since
        case .held(let holding): holding.waitsSince
        case .delivered: nil
        }
    }

    package var holding: Holding? {
        if case .held(let holding) = state { holding } else { nil }
    }

    /// The number of the last attempt at it: of a seat that is offered to several, another offer's perhaps.
    package var lastAttempt: Int {
        get { holding?.lastAttempt ?? attempt }
        set {
            switch state {
            case .waiting: attempt = newValue
            case .held(var holding):
                holding.lastAttempt = newValue == attempt ? nil : newValue
                state = .held(holding)
            case .delivered: break
            }
        }
    }

    /// Nobody has it any more; the next attempt is another one.
    mutating func empty(since: Moment) {
        attempt = lastAttempt
        state = .waiting(Waiting(since: since))
    }

    package var isDelivered: Bool {
        if case .delivered = state { true } else { false }
    }

    var assignment: AssignmentID { AssignmentID(seat: id, attempt: attempt) }
    /// The assignment that the next attempt would make.
    var nextAssignment: AssignmentID { AssignmentID(seat: id, attempt: attempt + 1) }
}

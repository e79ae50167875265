package import OpinionMatching

/// One place on a request, to be filled by one specialist.
///
/// A seat that is offered to several specialists at once has an entry for each offer, all with the same id.
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

    /// Unfilled: no specialist could take it yet.
    package struct Waiting: Hashable, Sendable {
        package var since: Moment
        /// The rules that kept it waiting when that was last announced.
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
        private var rare = Sparse<RareFields>()
        private var packedCost: Int32
        /// Whether the specialist has accepted; for a seat that was given it changes nothing.
        package var isAccepted: Bool
        /// The kind of the request when it was given.
        package var kind = RequestKind.single
        /// What was announced of the running clock.
        package var told = ClockMarks()
        /// Whether the seat is kept although its specialist has left: see ``DepartureTracker``.
        package var isKept = false

        /// Units of capacity that it takes.
        package var cost: Int {
            get { Int(packedCost) }
            set { packedCost = Int32(clamping: newValue) }
        }
        /// Until when the specialist may accept; nil: no acceptance is needed, or it has come.
        package var acceptBy: Moment? {
            get { rare.value.acceptBy }
            set { rare.value.acceptBy = newValue }
        }
        /// When the offer was accepted; nil: the seat was given, or the offer stands.
        package var acceptedAt: Moment? {
            get { rare.value.acceptedAt }
            set { rare.value.acceptedAt = newValue }
        }
        /// Since when the seat has waited for an acceptance, if that began before this offer.
        package var waitedSince: Moment? {
            get { rare.value.waitedSince }
            set { rare.value.waitedSince = newValue }
        }
        /// Since when the specialist has been gone from the roster; nil: they are there.
        package var goneSince: Moment? {
            get { rare.value.goneSince }
            set { rare.value.goneSince = newValue }
        }
        /// When the specialist was last found too slow while nobody else could take the seat; nil: never.
        package var stayedAt: Moment? {
            get { rare.value.stayedAt }
            set { rare.value.stayedAt = newValue }
        }

        /// The last attempt at the seat, where it is or was offered to others meanwhile; nil: this one.
        package var lastAttempt: Int? {
            get { rare.value.lastAttempt }
            set { rare.value.lastAttempt = newValue }
        }

        /// Where the specialist worked when the seat was given; nil: not a panel's seat, or an older record.
        package var affiliation: Affiliation? {
            get { rare.value.affiliation }
            set { rare.value.affiliation = newValue }
        }

        /// What few seats have: offers, seats of panels, and seats of specialists who are gone or too slow.
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

        /// Since when the seat has waited for an acceptance; nil: it is taken.
        package var waitsSince: Moment? { acceptBy == nil ? nil : waitedSince ?? at }

        /// Makes it an offer; several offers one after the other are one wait.
        mutating func offer(until acceptBy: Moment, waitsSince: Moment) {
            self.acceptBy = acceptBy
            waitedSince = waitsSince == at ? nil : waitsSince
        }

        /// The offer is accepted: the clock to deliver begins.
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
    /// What it is for; nil: it is the only seat of a request that is no panel.
    package let spec: SeatSpec?
    /// The number of the current attempt, or of the last one while it waits.
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

    /// Since when it has waited for a specialist who takes it, offered or not; nil: it is taken.
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

    /// The number of the last attempt at it, which may belong to another offer of the same seat.
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

    /// Empties it: it waits, and the next attempt gets a new number.
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

extension Seat {
    var isWaiting: Bool {
        if case .waiting = state { true } else { false }
    }

    /// Whether a report waits for it only while somebody has it.
    var isOptional: Bool { spec?.isRequired == false }

    /// Who has it, or had it when it was delivered; nil: it waits.
    var occupant: Specialist.ID? {
        switch state {
        case .waiting: nil
        case .held(let holding), .delivered(let holding, _, _): holding.specialist
        }
    }

    /// Where the occupant worked when the seat was given.
    var affiliation: Affiliation? {
        switch state {
        case .waiting: nil
        case .held(let holding), .delivered(let holding, _, _): holding.affiliation
        }
    }
}

package import OpinionMatching

/// A request that is still to be answered.
///
/// A value in a box: passing it on costs one reference, and it is changed where it lies while nobody
/// else holds it. Requests are looked at far more often than they change.
package struct OpenRequest: Sendable {
    private var box: Box

    package init(
        submission: Submission,
        cause: Cause,
        seats: [Seat],
        barred: [Specialist.ID] = [],
        reluctant: [Specialist.ID] = [],
        assignedAt: Moment? = nil,
        seatsPlanned: Int? = nil,
        awaitsRecords: Bool = false,
        recordsAt: Moment? = nil,
        waitTold: WaitMarks = WaitMarks(),
        askedFamily: CancerFamily? = nil,
        isToldOverdue: Bool = false
    ) {
        var contents = Contents(
            submission: submission,
            cause: cause,
            seats: SmallList(seats),
            barred: barred,
            reluctant: reluctant,
            seatsPlanned: Int32(clamping: seatsPlanned ?? seats.count),
            awaitsRecords: awaitsRecords,
            askedFamily: askedFamily,
            isToldOverdue: isToldOverdue
        )
        contents.assignedAt = assignedAt
        contents.recordsAt = recordsAt
        contents.waitTold = waitTold
        box = Box(contents)
    }

    package var submission: Submission { box.contents.submission }
    /// The event that opened or last amended it.
    package var cause: Cause { box.contents.cause }
    package var seats: [Seat] { box.contents.seats.array }
    /// Looks at each of ``seats`` where it lies.
    package func forEachSeat(_ body: (borrowing Seat) -> Void) { box.contents.seats.forEach(body) }
    var seatList: SmallList<Seat> { box.contents.seats }
    /// Who may not be asked again: declined for conflict, or gave a seat back.
    package var barred: [Specialist.ID] { box.contents.barred }
    /// Who declined for another reason: asked again only when nobody else can.
    package var reluctant: [Specialist.ID] { box.contents.reluctant }
    /// See ``Request/pauses``.
    package var pauses: [Pause] { box.contents.pauses }
    package var assignedAt: Moment? { box.contents.assignedAt }
    /// Seats that it ever had: the next one's number is one more.
    package var seatsPlanned: Int { Int(box.contents.seatsPlanned) }
    /// Whether nobody is asked before the records are complete that the policy requires.
    package var awaitsRecords: Bool { box.contents.awaitsRecords }
    /// When records became complete that it had to wait for.
    package var recordsAt: Moment? { box.contents.recordsAt }
    /// What was told of its waiting, for somebody or for records.
    package var waitTold: WaitMarks { box.contents.waitTold }
    /// What the intake asks about, where the panel has found another family; nil: it hasn't.
    package var askedFamily: CancerFamily? { box.contents.askedFamily }
    /// Whether it was told that it was due.
    package var isToldOverdue: Bool { box.contents.isToldOverdue }

    /// What a seat asks by the policy, kept while one waits; derived, not written.
    var plan: Plan? { box.contents.plan }

    /// A need in a box: looked at for each seat that waits whenever a unit is freed, and never copied.
    final class Plan: Hashable, Sendable {
        let need: Need
        init(_ need: Need) { self.need = need }
        static func == (left: Plan, right: Plan) -> Bool { left.need == right.need }
        func hash(into hasher: inout Hasher) { hasher.combine(need) }
    }

    mutating func change(_ body: (inout Contents) -> Void) {
        if !isKnownUniquelyReferenced(&box) { box = Box(box.contents) }
        body(&box.contents)
    }

    /// Waiting as soon as one seat waits.
    var status: RequestStatus {
        if awaitsRecords { return .awaitingRecords }
        var status = RequestStatus.assigned
        forEachSeat { seat in
            guard status == .assigned, case .waiting(let waiting) = seat.state else { return }
            status = waiting.isUnmatchable ? .unmatchable : .waiting
        }
        return status
    }

    /// Whether every seat has delivered.
    var isDelivered: Bool { !box.contents.seats.contains { !$0.isDelivered } }

    /// Since when the seat has waited that has waited longest; nil: none waits.
    var waitingSince: Moment? {
        var since: Moment?
        forEachSeat { seat in
            guard case .waiting(let waiting) = seat.state else { return }
            since = min(since ?? waiting.since, waiting.since)
        }
        return since
    }

    struct Contents: Hashable, Sendable {
        var submission: Submission
        var cause: Cause
        var seats: SmallList<Seat>
        var awaitsRecords: Bool
        var askedFamily: CancerFamily?
        var isToldOverdue: Bool
        var seatsPlanned: Int32
        private var aside = Sparse<RareFields>()
        private var packedAssignedAt = PackedMoment()
        var plan: Plan?

        /// What few requests have.
        private struct RareFields: Hashable, Sendable, SparseValue {
            var barred: [Specialist.ID] = []
            var reluctant: [Specialist.ID] = []
            var pauses: [Pause] = []
            var recordsAt: Moment?
            var waitTold = WaitMarks()
        }

        init(
            submission: Submission,
            cause: Cause,
            seats: SmallList<Seat>,
            barred: [Specialist.ID],
            reluctant: [Specialist.ID],
            seatsPlanned: Int32,
            awaitsRecords: Bool,
            askedFamily: CancerFamily?,
            isToldOverdue: Bool
        ) {
            self.submission = submission
            self.cause = cause
            self.seats = seats
            self.seatsPlanned = seatsPlanned
            self.awaitsRecords = awaitsRecords
            self.askedFamily = askedFamily
            self.isToldOverdue = isToldOverdue
            aside.value.barred = barred
            aside.value.reluctant = reluctant
        }

        var barred: [Specialist.ID] {
            get { aside.value.barred }
            set { aside.value.barred = newValue }
        }
        var reluctant: [Specialist.ID] {
            get { aside.value.reluctant }
            set { aside.value.reluctant = newValue }
        }
        var pauses: [Pause] {
            get { aside.value.pauses }
            set { aside.value.pauses = newValue }
        }
        var assignedAt: Moment? {
            get { packedAssignedAt.moment }
            set { packedAssignedAt.moment = newValue }
        }
        var recordsAt: Moment? {
            get { aside.value.recordsAt }
            set { aside.value.recordsAt = newValue }
        }
        var waitTold: WaitMarks {
            get { aside.value.waitTold }
            set { aside.value.waitTold = newValue }
        }

        /// Adds a seat that is to be filled.
        mutating func addSeat(for spec: SeatSpec?, at now: Moment) {
            seatsPlanned += 1
            let (id, waiting) = (Int(seatsPlanned), Seat.Waiting(since: now))
            seats.append(Seat(id: id, attempt: 0, state: .waiting(waiting), spec: spec))
        }

        /// Who declines again and again is remembered once.
        mutating func noteReluctant(_ id: Specialist.ID) {
            if !reluctant.contains(id) { reluctant.append(id) }
        }

        /// Once nobody waits, what the seats ask is worked out when it is asked for; once all are taken, the
        /// next wait is a new one.
        mutating func endWait() {
            guard !seats.contains(where: \.isWaiting) else { return }
            plan = nil
            if !seats.contains(where: { $0.waitsSince != nil }) { waitTold = WaitMarks() }
        }
    }

    /// Shared between copies and changed only by its one owner, so it is safe to send.
    private final class Box: @unchecked Sendable {
        var contents: Contents
        init(_ contents: Contents) { self.contents = contents }
    }
}

extension OpenRequest: Hashable {
    package static func == (left: OpenRequest, right: OpenRequest) -> Bool {
        left.submission == right.submission && left.cause == right.cause
            && left.seats == right.seats && left.barred == right.barred
            && left.reluctant == right.reluctant && left.pauses == right.pauses
            && left.assignedAt == right.assignedAt
            && left.seatsPlanned == right.seatsPlanned
            && left.awaitsRecords == right.awaitsRecords && left.recordsAt == right.recordsAt
            && left.waitTold == right.waitTold && left.askedFamily == right.askedFamily
            && left.isToldOverdue == right.isToldOverdue
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(submission)
        hasher.combine(seats)
    }
}

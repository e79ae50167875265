package import OpinionMatching

/// A request that is still to be answered.
///
/// A value in a box: passing it on copies one reference, and it is changed in place while nobody else holds it.
/// Requests are looked at far more often than they change.
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
    /// Calls `body` with each of ``seats``, without copying them.
    package func forEachSeat(_ body: (borrowing Seat) -> Void) { box.contents.seats.forEach(body) }
    var seatList: SmallList<Seat> { box.contents.seats }
    /// Specialists who are not asked again: they declined for conflict, or gave a seat back.
    package var barred: [Specialist.ID] { box.contents.barred }
    /// Specialists who declined for another reason: asked again only when nobody else can take the seat.
    package var reluctant: [Specialist.ID] { box.contents.reluctant }
    /// See ``Request/pauses``.
    package var pauses: [Pause] { box.contents.pauses }
    package var assignedAt: Moment? { box.contents.assignedAt }
    /// Seats that it has ever had: the next one gets the number after this.
    package var seatsPlanned: Int { Int(box.contents.seatsPlanned) }
    /// Whether nobody is asked before the records are complete that the policy requires.
    package var awaitsRecords: Bool { box.contents.awaitsRecords }
    /// When records became complete that it had to wait for.
    package var recordsAt: Moment? { box.contents.recordsAt }
    /// What was announced of its wait, for a specialist or for records.
    package var waitTold: WaitMarks { box.contents.waitTold }
    /// The family that the intake asked about, where the panel has found another; nil: it hasn't.
    package var askedFamily: CancerFamily? { box.contents.askedFamily }
    /// Whether it was announced as overdue.
    package var isToldOverdue: Bool { box.contents.isToldOverdue }

    /// What all its seats ask, kept at hand while one waits; derived, not written.
    var sharedNeed: NeedBox? { box.contents.sharedNeed }

    /// A need in a box: it is looked at whenever a unit is freed, and never copied.
    final class NeedBox: Hashable, Sendable {
        let need: Need
        init(_ need: Need) { self.need = need }
        static func == (left: NeedBox, right: NeedBox) -> Bool { left.need == right.need }
        func hash(into hasher: inout Hasher) { hasher.combine(need) }
    }

    mutating func change(_ body: (inout Contents) -> Void) {
        if !isKnownUniquelyReferenced(&box) { box = Box(box.contents) }
        body(&box.contents)
    }

    /// Its status: that of the first waiting seat, else assigned.
    var status: RequestStatus {
        if awaitsRecords { return .awaitingRecords }
        var status = RequestStatus.assigned
        forEachSeat { seat in
            guard status == .assigned, case .waiting(let waiting) = seat.state else { return }
            status = waiting.isUnmatchable ? .unmatchable : .waiting
        }
        return status
    }

    /// Where the seat of an assignment is in the list; nil: nobody holds it by that assignment.
    func heldSeat(_ assignment: AssignmentID?) -> Int? {
        guard let assignment else { return nil }
        return seatList.firstIndex { $0.assignment == assignment && $0.holding != nil }
    }

    /// Whether every seat has delivered.
    var isDelivered: Bool { !box.contents.seats.contains { !$0.isDelivered } }

    /// Since when its longest waiting seat has waited; nil: none waits.
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
        private var rare = Sparse<RareFields>()
        private var packedAssignedAt = PackedMoment()
        var sharedNeed: NeedBox?

        /// What few requests have: in a box of its own.
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
            rare.value.barred = barred
            rare.value.reluctant = reluctant
        }

        var barred: [Specialist.ID] {
            get { rare.value.barred }
            set { rare.value.barred = newValue }
        }
        var reluctant: [Specialist.ID] {
            get { rare.value.reluctant }
            set { rare.value.reluctant = newValue }
        }
        var pauses: [Pause] {
            get { rare.value.pauses }
            set { rare.value.pauses = newValue }
        }
        var assignedAt: Moment? {
            get { packedAssignedAt.moment }
            set { packedAssignedAt.moment = newValue }
        }
        var recordsAt: Moment? {
            get { rare.value.recordsAt }
            set { rare.value.recordsAt = newValue }
        }
        var waitTold: WaitMarks {
            get { rare.value.waitTold }
            set { rare.value.waitTold = newValue }
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

/// The seats of one network that nobody could take yet, the most urgent first.
///
/// The order of two seats never changes while they wait, so the queue needs no re-sorting. A request of lower priority
/// counts as having begun to wait later, by a fixed delay. A request is never overtaken by one that began to wait later by
/// more than the difference of their delays and an hour, so no request starves. Within the same hour, the one that is due sooner goes first.
package struct WaitingQueue: Sendable {
    /// A waiting seat, with the numbers by which its owner knows it.
    package struct Ticket: Hashable, Comparable, Sendable {
        /// The hour since 1970 in which it began to wait, plus the delay of its priority.
        package let hour: Int64
        package let due: Moment
        /// Breaks ties independently of arrival and name.
        package let tie: UInt64
        package let request: Int32
        package let seat: Int32

        package init(
            since: Moment,
            delay: Int64,
            due: Moment,
            tie: UInt64,
            request: Int32,
            seat: Int32
        ) {
            hour = (since.milliseconds + delay) / 3_600_000
            self.due = due
            self.tie = tie
            self.request = request
            self.seat = seat
        }

        package static func < (left: Ticket, right: Ticket) -> Bool {
            if left.hour != right.hour { return left.hour < right.hour }
            if left.due != right.due { return left.due < right.due }
            if left.tie != right.tie { return left.tie < right.tie }
            return (left.request, left.seat) < (right.request, right.seat)
        }
    }

    /// What a seat waits for: a freed unit, or a change of the roster when a freed unit can't help.
    package enum Awaited: Sendable { case unit, roster }

    private typealias Lines = [SortedRuns<Ticket>]
    private static let none = Lines(repeating: SortedRuns(), count: CancerFamily.allCases.count)

    private var forUnit = Self.none
    private var forRoster = Self.none
    /// How many seats have ever begun to wait, by family.
    private var arrived = [UInt64](repeating: 0, count: CancerFamily.allCases.count)

    package init() {}

    package var count: Int { (forUnit + forRoster).reduce(0) { $0 + $1.count } }
    package var isEmpty: Bool { count == 0 }
    /// Whether no seat waits for a unit.
    package var wantsNoUnit: Bool { forUnit.allSatisfy { $0.count == 0 } }

    /// How many seats have ever begun to wait for a specialist of these families.
    ///
    /// As long as the number stays the same, a specialist whom no waiting seat could ever take need not be tried again.
    package func arrivals(in families: FamilySet) -> UInt64 {
        var sum: UInt64 = 0
        families.forEach { sum += arrived[$0] }
        return sum
    }

    /// - Complexity: O(log *n*) comparisons.
    package mutating func insert(_ ticket: Ticket, for family: CancerFamily, _ awaited: Awaited) {
        arrived[Int(family.rawValue)] += 1
        switch awaited {
        case .unit: forUnit[Int(family.rawValue)].insert(ticket)
        case .roster: forRoster[Int(family.rawValue)].insert(ticket)
        }
    }

    /// - Complexity: O(log *n*) comparisons.
    package mutating func remove(_ ticket: Ticket, for family: CancerFamily, _ awaited: Awaited) {
        switch awaited {
        case .unit: forUnit[Int(family.rawValue)].remove(ticket)
        case .roster: forRoster[Int(family.rawValue)].remove(ticket)
        }
    }

    /// The seats that wait for a specialist of these families, the most urgent first.
    ///
    /// For ``Awaited/unit``, seats that wait for a change of the roster are left out.
    /// - Complexity: O(families) for each ticket.
    package func line(of families: FamilySet, _ awaited: Awaited) -> Line {
        var cursors: [SortedRuns<Ticket>.Cursor] = []
        families.forEach { family in
            if forUnit[family].count > 0 { cursors.append(forUnit[family].makeCursor()) }
            guard awaited == .roster, forRoster[family].count > 0 else { return }
            cursors.append(forRoster[family].makeCursor())
        }
        return Line(cursors: cursors)
    }

    /// Tickets in their order, as they were when the line was made.
    package struct Line: Sequence, IteratorProtocol {
        fileprivate var cursors: [SortedRuns<Ticket>.Cursor]

        package mutating func next() -> Ticket? {
            var best: (cursor: Int, ticket: Ticket)?
            for index in cursors.indices {
                guard let ticket = cursors[index].current else { continue }
                if let found = best, found.ticket < ticket { continue }
                best = (index, ticket)
            }
            if let best { cursors[best.cursor].advance() }
            return best?.ticket
        }
    }

    /// All tickets, the most urgent first.
    package var tickets: [Ticket] { (forUnit + forRoster).flatMap(\.elements).sorted() }
}

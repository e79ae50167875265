/// The seats of one network that nobody could take yet, the most pressing first.
///
/// How pressing a seat is never changes while it waits, so the queue needs no re-sorting: each
/// priority is worth a fixed head start, and whoever has waited longer than the difference of two
/// head starts is served first. That is the bound: nobody is overtaken by a request that began to
/// wait later than that difference and an hour after it (within the hour the sooner due goes first),
/// so no request starves.
package struct WaitingQueue: Sendable {
    /// A seat that waits, by the numbers its owner knows it by.
    package struct Ticket: Hashable, Comparable, Sendable {
        /// Hours since 1970 at which it began to wait, put off by the head start of its priority.
        package let hour: Int64
        package let due: Moment
        /// Breaks ties in an order that neither arrival nor name decides.
        package let tie: UInt64
        package let request: Int32
        package let seat: Int32

        package init(
            since: Moment,
            headStart: Int64,
            due: Moment,
            tie: UInt64,
            request: Int32,
            seat: Int32
        ) {
            hour = (since.milliseconds + headStart) / 3_600_000
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

    private var lines = [SortedRuns<Ticket>](
        repeating: SortedRuns(),
        count: CancerFamily.allCases.count
    )

    package init() {}

    package var count: Int { lines.reduce(0) { $0 + $1.count } }
    package var isEmpty: Bool { lines.allSatisfy { $0.count == 0 } }

    /// - Complexity: O(log *n*) comparisons.
    package mutating func insert(_ ticket: Ticket, for family: CancerFamily) {
        lines[Int(family.rawValue)].insert(ticket)
    }

    /// - Complexity: O(log *n*) comparisons.
    package mutating func remove(_ ticket: Ticket, for family: CancerFamily) {
        lines[Int(family.rawValue)].remove(ticket)
    }

    /// The most pressing ticket of the families that `accept` accepts.
    ///
    /// - Complexity: one call of `accept` for each ticket before that one.
    package func first(
        of families: [CancerFamily],
        where accept: (Ticket) -> Bool
    ) -> Ticket? {
        var cursors = families.map { lines[Int($0.rawValue)].makeCursor() }
        while true {
            var best: (cursor: Int, ticket: Ticket)?
            for index in cursors.indices {
                guard let ticket = cursors[index].current else { continue }
                if let found = best, found.ticket < ticket { continue }
                best = (index, ticket)
            }
            guard let best else { return nil }
            if accept(best.ticket) { return best.ticket }
            cursors[best.cursor].advance()
        }
    }

    /// All tickets, the most pressing first.
    package var tickets: [Ticket] { lines.flatMap(\.elements).sorted() }
}

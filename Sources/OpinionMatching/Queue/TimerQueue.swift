/// Timers in the order in which they are due, each known by its owner's number.
///
/// It is in this module rather than where it is used, so that the compiler specializes the sorting for it.
package struct TimerQueue: Sendable {
    private struct Entry: Comparable {
        let at: Moment
        let number: Int32

        static func < (left: Entry, right: Entry) -> Bool {
            left.at != right.at ? left.at < right.at : left.number < right.number
        }
    }

    private var entries = SortedRuns<Entry>()

    package init() {}

    /// When the first timer is due; nil when there is none.
    package var first: Moment? { entries.makeCursor().current?.at }

    /// - Complexity: O(log *n*) comparisons.
    package mutating func insert(_ number: Int32, at moment: Moment) {
        entries.insert(Entry(at: moment, number: number))
    }

    /// - Complexity: O(log *n*) comparisons.
    package mutating func remove(_ number: Int32, at moment: Moment) {
        entries.remove(Entry(at: moment, number: number))
    }

    /// The first timers that are due by a moment, in order.
    ///
    /// - Parameters:
    ///   - now: The moment.
    ///   - max: The most to return.
    ///   - precedes: The order among timers that are due at the same moment.
    /// - Returns: Their numbers. The timers stay in the queue.
    /// - Complexity: O(`max` log `max`), and a comparison for each timer due at the moment of the last one returned.
    package func due(
        by now: Moment,
        max: Int,
        _ precedes: (Int32, Int32) -> Bool
    ) -> [Int32] {
        var due: [Int32] = []
        var cursor = entries.makeCursor()
        while due.count < max, let at = cursor.current?.at, at <= now {
            var tied = First(max: max - due.count)
            while let entry = cursor.current, entry.at == at {
                tied.offer(entry.number, precedes)
                cursor.advance()
            }
            due += tied.sorted(precedes)
        }
        return due
    }

    /// The first `max` of many numbers in an order, in a buffer for twice as many.
    private struct First {
        let max: Int
        private var numbers: [Int32] = []
        /// The last of the first `max`; nil while there is room for more.
        private var last: Int32?

        init(max: Int) { self.max = max }

        mutating func offer(_ number: Int32, _ precedes: (Int32, Int32) -> Bool) {
            if let last, !precedes(number, last) { return }
            numbers.append(number)
            guard numbers.count == 2 * max else { return }
            numbers = sorted(precedes)
            last = numbers.last
        }

        func sorted(_ precedes: (Int32, Int32) -> Bool) -> [Int32] {
            Array(numbers.sorted(by: precedes).prefix(max))
        }
    }
}

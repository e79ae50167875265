/// Which of many things are due when, each known by a number of its owner.
///
/// Kept sorted; here rather than where it is used, so that the sorting is compiled for it.
package struct Timetable: Sendable {
    private struct Entry: Comparable {
        let at: Moment
        let number: Int32

        static func < (left: Entry, right: Entry) -> Bool {
            left.at != right.at ? left.at < right.at : left.number < right.number
        }
    }

    private var entries = SortedRuns<Entry>()

    package init() {}

    /// When the next is due; nil: nothing ever is.
    package var first: Moment? { entries.makeCursor().current?.at }

    /// - Complexity: O(log *n*) comparisons.
    package mutating func insert(_ number: Int32, at moment: Moment) {
        entries.insert(Entry(at: moment, number: number))
    }

    /// - Complexity: O(log *n*) comparisons.
    package mutating func remove(_ number: Int32, at moment: Moment) {
        entries.remove(Entry(at: moment, number: number))
    }

    /// All that is due by a moment, in no order that means anything among equals.
    package func due(by now: Moment) -> [(number: Int32, at: Moment)] {
        var due: [(number: Int32, at: Moment)] = []
        var cursor = entries.makeCursor()
        while let entry = cursor.current, entry.at <= now {
            due.append((entry.number, entry.at))
            cursor.advance()
        }
        return due
    }
}

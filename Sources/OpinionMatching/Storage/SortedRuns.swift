/// A sorted collection in runs of bounded length: an insertion moves the elements of one run only.
struct SortedRuns<Element: Comparable & Sendable>: Sendable {
    /// The most elements of a run; a longer one is split in two.
    static var runMax: Int { 512 }

    private var runs: [[Element]] = []
    private(set) var count = 0

    var elements: some Sequence<Element> { runs.joined() }

    mutating func insert(_ element: Element) {
        count += 1
        guard !runs.isEmpty else { return runs.append([element]) }
        let run = Swift.min(runIndex(of: element), runs.count - 1)
        runs[run].insert(element, at: Self.position(of: element, in: runs[run]))
        if runs[run].count > Self.runMax { split(run) }
    }

    mutating func remove(_ element: Element) {
        let run = runIndex(of: element)
        guard run < runs.count else { return }
        let position = Self.position(of: element, in: runs[run])
        guard position < runs[run].count, runs[run][position] == element else { return }
        runs[run].remove(at: position)
        if runs[run].isEmpty { runs.remove(at: run) }
        count -= 1
    }

    func makeCursor() -> Cursor { Cursor(runs: runs) }

    /// A position in the collection as it was when the cursor was made.
    struct Cursor {
        fileprivate let runs: [[Element]]
        private var run = 0
        private var position = 0

        fileprivate init(runs: [[Element]]) { self.runs = runs }

        var current: Element? { run < runs.count ? runs[run][position] : nil }

        mutating func advance() {
            position += 1
            guard position == runs[run].count else { return }
            run += 1
            position = 0
        }
    }

    /// The index of the first run whose last element isn't less than an element.
    private func runIndex(of element: Element) -> Int {
        Self.partition(runs.count) { runs[$0][runs[$0].count - 1] < element }
    }

    private static func position(of element: Element, in run: [Element]) -> Int {
        partition(run.count) { run[$0] < element }
    }

    /// The first index for which `isBefore` is false.
    private static func partition(_ count: Int, where isBefore: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func split(_ run: Int) {
        let half = runs[run].count / 2
        runs.insert(Array(runs[run][half...]), at: run + 1)
        runs[run].removeSubrange(half...)
    }
}

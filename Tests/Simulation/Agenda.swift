/// What is still to happen, in the order of time; what is due together, in the order it was noted.
struct Agenda {
    struct Item {
        let at: Int64
        let number: Int
        let action: () -> Void
    }

    private var heap: [Item] = []
    private var count = 0

    mutating func note(at time: Int64, _ action: @escaping () -> Void) {
        count += 1
        heap.append(Item(at: time, number: count, action: action))
        var child = heap.count - 1
        while child > 0, Self.precedes(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> Item? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        sink()
        return first
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if Self.precedes(heap[child], heap[least]) { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private static func precedes(_ left: Item, _ right: Item) -> Bool {
        (left.at, left.number) < (right.at, right.number)
    }
}

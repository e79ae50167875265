/// A list that grows without moving what it holds: an array of arrays of fixed size.
///
/// A million requests in one array would be copied whole each time it doubles, and everybody would wait.
package struct BlockList<Element: Sendable>: Sendable {
    private static var shift: Int { 10 }
    private static var chunkMax: Int { 1 << shift }

    private var chunks: [[Element]] = []
    package private(set) var count = 0

    package init() {}

    package mutating func append(_ element: Element) {
        if count == chunks.count << Self.shift {
            chunks.append([])
            // The first ones grow as they must, so that a small shard stays small.
            if count > 0 { chunks[chunks.count - 1].reserveCapacity(Self.chunkMax) }
        }
        chunks[count >> Self.shift].append(element)
        count += 1
    }
}

extension BlockList: RandomAccessCollection, MutableCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(index: Int) -> Element {
        _read { yield chunks[index >> Self.shift][index & (Self.chunkMax - 1)] }
        _modify { yield &chunks[index >> Self.shift][index & (Self.chunkMax - 1)] }
    }
}

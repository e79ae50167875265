/// A list that grows without moving what it holds: an array of blocks of fixed size.
///
/// A million requests in one array would be copied whole each time the array doubles, and every event would
/// wait for that.
struct BlockList<Element: Sendable>: Sendable {
    private static var shift: Int { 10 }
    private static var blockSize: Int { 1 << shift }

    private var blocks: [[Element]] = []
    private(set) var count = 0

    /// - Complexity: O(1); the first block grows as an array does, so that a small shard stays small.
    mutating func append(_ element: Element) {
        if count == blocks.count << Self.shift {
            blocks.append([])
            if count > 0 { blocks[blocks.count - 1].reserveCapacity(Self.blockSize) }
        }
        blocks[count >> Self.shift].append(element)
        count += 1
    }

    subscript(index: Int) -> Element {
        @inline(__always)
        _read { yield blocks[index >> Self.shift][index & (Self.blockSize - 1)] }
        @inline(__always)
        _modify { yield &blocks[index >> Self.shift][index & (Self.blockSize - 1)] }
    }
}

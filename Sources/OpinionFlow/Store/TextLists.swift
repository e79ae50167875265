/// Lists of short texts in one buffer: what a request says in words.
///
/// A request of ten words costs one allocation instead of fourteen, and its words are compared, hashed
/// and written without becoming strings. Each list is its count, then length and UTF-8 of each text;
/// counts and lengths take two bytes.
package struct TextLists: Hashable, Sendable {
    private var bytes: [UInt8] = []

    package init() {}

    /// Texts of a list, and bytes of a text, at most.
    package static let most = Int(UInt16.max)

    // MARK: Appending

    /// Begins the next list; its count is told by ``endList(of:at:)``.
    package mutating func beginList() -> Int {
        bytes.append(0)
        bytes.append(0)
        return bytes.count - 2
    }

    /// Appends a text to the list that was begun last.
    package mutating func append(_ text: ArraySlice<UInt8>) {
        append(number: text.count)
        bytes.append(contentsOf: text)
    }

    private mutating func append(_ text: String) {
        append(number: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func endList(of count: Int, at begin: Int) {
        precondition(count <= Self.most, "\(count) texts are too many for a list")
        bytes[begin] = UInt8(truncatingIfNeeded: count)
        bytes[begin + 1] = UInt8(truncatingIfNeeded: count >> 8)
    }

    package mutating func appendList(_ texts: [String]) {
        let begin = beginList()
        for text in texts { append(text) }
        endList(of: texts.count, at: begin)
    }

    package mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

    private mutating func append(number: Int) {
        precondition(number <= Self.most, "\(number) bytes are too many for a text")
        bytes.append(UInt8(truncatingIfNeeded: number))
        bytes.append(UInt8(truncatingIfNeeded: number >> 8))
    }

    // MARK: Reading

    /// The texts of a list, by its place among the lists.
    ///
    /// - Complexity: O(texts of the lists before it).
    package subscript(list: Int) -> Texts {
        var position = 0
        for _ in 0..<list { position = after(position) }
        return Texts(bytes: bytes, left: number(at: position), position: position + 2)
    }

    /// The text of a list of at most one.
    package func only(_ list: Int) -> String? {
        var texts = self[list]
        return texts.next().map { String(decoding: $0, as: UTF8.self) }
    }

    private func after(_ list: Int) -> Int {
        var position = list + 2
        for _ in 0..<number(at: list) { position += 2 + number(at: position) }
        return position
    }

    private func number(at position: Int) -> Int {
        Int(bytes[position]) | Int(bytes[position + 1]) << 8
    }

    /// The texts of one list, as UTF-8.
    package struct Texts: Sequence, IteratorProtocol {
        fileprivate let bytes: [UInt8]
        fileprivate(set) var left: Int
        fileprivate var position: Int

        package mutating func next() -> ArraySlice<UInt8>? {
            guard left > 0 else { return nil }
            left -= 1
            let begin = position + 2
            position = begin + (Int(bytes[position]) | Int(bytes[position + 1]) << 8)
            return bytes[begin..<position]
        }

        package var underestimatedCount: Int { left }

        package var strings: [String] {
            var strings: [String] = []
            strings.reserveCapacity(left)
            for text in self { strings.append(String(decoding: text, as: UTF8.self)) }
            return strings
        }
    }
}

internal import CSimdJSON

/// Parses JSON strictly: no byte order mark, nothing after the value, nothing beyond the limits.
///
/// What RFC 8259 allows but could be read in two ways (§4, §6, §8.2) is refused, too: a member named twice (compared
/// after unescaping), NUL or half of a surrogate pair in a string, an integer outside `Int64`, a number that overflows
/// a double. A lenient reader marks such values, and strings that are too long, instead: they are ``JSONValue/Kind/flawed``
/// when asked for, and where nobody asks nothing is lost.
///
/// A reader keeps its buffers; make one a thread. What it returns doesn't depend on it.
///
/// This file and that of ``JSONBuffer`` are the only ones of the module that touch memory by pointer.
///
/// - Complexity: O(*n*), about 1 µs for a request of 900 bytes; allocates nothing while what was
///   returned for the text before is no longer held.
@safe
package final class JSONReader {
    private let parser: OpaquePointer
    private var last = JSONTree(nodes: [], text: [])
    package let limits: JSONLimits

    /// - Parameters:
    ///   - limits: How much is read.
    ///   - isLenient: Marks what could be read in two ways, and strings that are too long; names may be of any length.
    package init(limits: JSONLimits = JSONLimits(), isLenient: Bool = false) {
        limits.check()
        guard let parser = unsafe csj_parser_create(csj_limits(limits), isLenient ? 1 : 0) else {
            preconditionFailure("no memory for a JSON reader of \(limits.members) members")
        }
        unsafe self.parser = parser
        self.limits = limits
    }

    deinit {
        unsafe csj_parser_destroy(parser)
    }

    /// Parses the whole of `bytes` as one JSON value.
    ///
    /// - Throws: ``JSONRefusal`` with a pointer to the culprit where it has one.
    package func parse(_ bytes: [UInt8]) throws(JSONRefusal) -> JSONTree {
        let result = unsafe csj_parse(parser, bytes, bytes.count)
        let status = unsafe Int(result.status)
        guard status == CSJ_OK else {
            throw JSONRefusal(status: status, pointer: unsafe Self.pointer(of: result))
        }
        return unsafe take(
            UnsafeBufferPointer(start: result.nodes, count: Int(result.node_count)),
            UnsafeBufferPointer(start: result.text, count: Int(result.text_count))
        )
    }

    /// Fills the tree of the last text anew if nobody holds it any more, else makes another.
    private func take(
        _ nodes: UnsafeBufferPointer<csj_node>,
        _ text: UnsafeBufferPointer<UInt8>
    ) -> JSONTree {
        if isKnownUniquelyReferenced(&last) {
            unsafe last.fill(nodes, text)
        } else {
            last = unsafe JSONTree(nodes: [csj_node](nodes), text: [UInt8](text))
        }
        return last
    }

    private static func pointer(of result: csj_result) -> String {
        unsafe String(
            decoding: UnsafeRawBufferPointer(
                start: result.pointer,
                count: Int(result.pointer_count)
            ),
            as: UTF8.self
        )
    }
}

extension csj_limits {
    fileprivate init(_ limits: JSONLimits) {
        self.init(
            bytes: UInt32(limits.bytes),
            depth: UInt32(limits.depth),
            members: UInt32(limits.members),
            key_bytes: UInt32(limits.keyBytes),
            string_bytes: UInt32(limits.stringBytes)
        )
    }
}

extension JSONRefusal {
    fileprivate init(status: Int, pointer: String) {
        switch status {
        case CSJ_SYNTAX: self.init(kind: .syntax, pointer: pointer)
        case CSJ_TOO_LARGE: self.init(kind: .tooLarge, pointer: pointer)
        default: preconditionFailure("no memory to parse JSON, status \(status)")
        }
    }
}

extension JSONTree {
    /// The index of an object's member; 0 when there is none, as the root is nobody's member.
    func member(_ name: StaticString, of object: Int) -> Int {
        name.withUTF8Buffer { name in
            unsafe Int(
                csj_find(
                    nodes,
                    text,
                    UInt32(truncatingIfNeeded: object),
                    name.baseAddress,
                    name.count
                )
            )
        }
    }

    func contentHash(of node: Int) -> UInt64 {
        unsafe csj_content_hash(nodes, text, UInt32(truncatingIfNeeded: node))
    }

    func isText(_ range: Range<Int>, _ other: StaticString) -> Bool {
        other.withUTF8Buffer { unsafe isText(range, $0) }
    }

    func isText(_ range: Range<Int>, _ other: String) -> Bool {
        text[range].isText(other)
    }

    /// A string of the text; what simdjson has checked is UTF-8.
    func string(_ range: Range<Int>) -> String {
        unsafe text.withUnsafeBufferPointer { text in
            unsafe String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)
        }
    }

    /// Whether all bytes are printable ASCII and none a space.
    func isGraphic(_ range: Range<Int>) -> Bool {
        unsafe text.withUnsafeBufferPointer { text in
            let part = unsafe UnsafeBufferPointer(rebasing: text[range])
            return unsafe csj_is_graphic(part.baseAddress, part.count) != 0
        }
    }

    private func isText(_ range: Range<Int>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard range.count == other.count else { return false }
        return unsafe text.withUnsafeBufferPointer { text in
            let part = unsafe UnsafeBufferPointer(rebasing: text[range])
            return unsafe csj_is_same(part.baseAddress, other.baseAddress, part.count) != 0
        }
    }

    /// Takes another text's place; only for whoever holds the only reference.
    fileprivate func fill(
        _ nodes: UnsafeBufferPointer<csj_node>,
        _ text: UnsafeBufferPointer<UInt8>
    ) {
        self.nodes.removeAll(keepingCapacity: true)
        unsafe self.nodes.append(contentsOf: nodes)
        self.text.removeAll(keepingCapacity: true)
        unsafe self.text.append(contentsOf: text)
    }
}

extension ArraySlice<UInt8> {
    /// Whether these are exactly the bytes of a string.
    func isText(_ other: String) -> Bool {
        guard count == other.utf8.count else { return false }
        let isSame = unsafe other.utf8.withContiguousStorageIfAvailable { other in
            unsafe withUnsafeBufferPointer { text in
                unsafe csj_is_same(text.baseAddress, other.baseAddress, text.count) != 0
            }
        }
        return isSame ?? elementsEqual(other.utf8)
    }
}

/// A hash of bytes that is the same in every process and on every machine.
enum BytesHash {
    /// - Complexity: O(bytes), 8 at a time: 60 ns for 500 bytes.
    static func of(_ bytes: ArraySlice<UInt8>, seed: UInt64 = 0) -> UInt64 {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe csj_hash(bytes.baseAddress, bytes.count, seed)
        }
    }

    static func of(_ text: String, seed: UInt64) -> UInt64 {
        let hash = unsafe text.utf8.withContiguousStorageIfAvailable { text in
            unsafe csj_hash(text.baseAddress, text.count, seed)
        }
        return hash ?? of([UInt8](text.utf8)[...], seed: seed)
    }
}

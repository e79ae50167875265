internal import CSimdJSON

/// A parsed JSON text: all its values in document order, and the bytes of its strings.
///
/// It owns what it holds and never changes while anybody holds it, so it may be kept and shared for
/// as long as needed: its reader fills it anew only when it holds the only reference.
package final class JSONTree: @unchecked Sendable {
    var nodes: [csj_node]
    var text: [UInt8]

    init(nodes: [csj_node], text: [UInt8]) {
        self.nodes = nodes
        self.text = text
    }

    package var root: JSONValue { JSONValue(tree: self, index: 0) }

    /// The index after a value and everything in it.
    func after(_ index: Int) -> Int {
        let node = nodes[index]
        return node.kind >= UInt8(CSJ_ARRAY) ? node.low : index + 1
    }
}

extension csj_node {
    var valueKind: JSONValue.Kind {
        switch Int(kind) {
        case CSJ_NULL: .null
        case CSJ_BOOL: .bool
        case CSJ_INTEGER: .integer
        case CSJ_DOUBLE: .double
        case CSJ_STRING: .string
        case CSJ_ARRAY: .array
        default: .object
        }
    }
    /// Of a string its length, of a container the index after its last value.
    var low: Int { Int(truncatingIfNeeded: UInt32(truncatingIfNeeded: value)) }
    /// Of a string its place in the text, of a container how many it holds.
    var high: Int { Int(truncatingIfNeeded: value >> 32) }
    var textRange: Range<Int> { high..<(high + low) }
    var keyRange: Range<Int> { Int(key_offset)..<(Int(key_offset) + Int(key_length)) }
}

/// One value of a JSON text.
///
/// Each accessor answers nil for a value of another kind, so that a chain of them ends in one check.
/// None allocates but ``string`` (of more than 15 bytes) and the names of ``members``.
package struct JSONValue: Sendable {
    package enum Kind: Hashable, Sendable {
        case object, array, string, integer, double, bool, null
        /// What could be read in two ways, or a string that is too long; only from a lenient reader.
        case flawed
    }

    let tree: JSONTree
    let index: Int

    private var node: csj_node { tree.nodes[index] }

    package var kind: Kind { node.flaws == 0 ? node.valueKind : .flawed }

    /// Whether its kind is ``Kind/flawed``.
    var isFlawed: Bool { node.flaws != 0 }

    /// Whether nothing is wrong with it but its length.
    package var isTooLong: Bool { node.flaws == UInt8(CSJ_LONG) }

    /// The UTF-8 of a string of any length.
    var anyTextBytes: ArraySlice<UInt8>? {
        isTooLong ? tree.text[node.textRange] : textBytes
    }

    // MARK: Containers

    /// The member of this name; nil when there is none or this is no object.
    ///
    /// - Complexity: O(*n*) in the members of the object, whatever lies inside them; about 25 ns in
    ///   an event.
    package subscript(_ name: StaticString) -> JSONValue? {
        guard kind == .object else { return nil }
        let member = tree.member(name, of: index)
        return member == 0 ? nil : JSONValue(tree: tree, index: member)
    }

    /// How many members or elements there are; 0 for what is neither object nor array.
    package var count: Int { isContainer ? node.high : 0 }

    /// The elements of an array in order; nil when this is none.
    package var elements: JSONElements? {
        kind == .array ? JSONElements(tree: tree, position: index + 1, end: node.low) : nil
    }

    /// The members of an object as they were written; nil when this is none.
    package var members: JSONMembers? {
        kind == .object ? JSONMembers(tree: tree, position: index + 1, end: node.low) : nil
    }

    private var isContainer: Bool { kind == .object || kind == .array }

    // MARK: Scalars

    /// The text of a string.
    package var string: String? {
        kind == .string ? tree.string(node.textRange) : nil
    }

    /// The UTF-8 of a string, shared with the tree.
    package var textBytes: ArraySlice<UInt8>? {
        kind == .string ? tree.text[node.textRange] : nil
    }

    /// A whole number, however it is written: `1.0` and `1e0` are integers to JSON Schema, too.
    package var integer: Int64? {
        switch kind {
        case .integer: Int64(bitPattern: node.value)
        case .double: Int64(exactly: Double(bitPattern: node.value))
        case .object, .array, .string, .bool, .null, .flawed: nil
        }
    }

    /// Any number.
    package var double: Double? {
        switch kind {
        case .integer: Double(Int64(bitPattern: node.value))
        case .double: Double(bitPattern: node.value)
        case .object, .array, .string, .bool, .null, .flawed: nil
        }
    }

    package var bool: Bool? { kind == .bool ? node.value != 0 : nil }

    package var isNull: Bool { kind == .null }

    /// Whether this is a string of exactly these bytes; about 5 ns.
    package func isText(_ other: StaticString) -> Bool {
        kind == .string && tree.isText(node.textRange, other)
    }

    /// Whether this is a string of exactly these bytes, unlike `==` of two strings, which knows that
    /// `é` can be written in two ways.
    package func isText(_ other: String) -> Bool {
        kind == .string && tree.isText(node.textRange, other)
    }

    /// A string of 1 to `most` printable ASCII characters, no space; nil for any other value.
    package func graphicBytes(most: Int) -> ArraySlice<UInt8>? {
        guard kind == .string else { return nil }
        let range = node.textRange
        guard (1...most).contains(range.count), tree.isGraphic(range) else { return nil }
        return tree.text[range]
    }

    // MARK: Content

    /// A number that is the same for the same content, whatever its spelling, process and machine.
    ///
    /// Order of members, white space and escapes don't count, and `1`, `1.0` and `1e0` are one
    /// number. Numbers with a fraction or beyond `Int64` are compared as doubles. Different contents
    /// collide by chance only; it is not cryptographic, and whoever wants to can find two that do.
    ///
    /// - Complexity: O(*n*), about 0.3 µs for the data of a request.
    package var contentHash: UInt64 { tree.contentHash(of: index) }
}

/// The elements of an array, in order.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
    let tree: JSONTree
    var position: Int
    let end: Int

    package mutating func next() -> JSONValue? {
        guard position < end else { return nil }
        defer { position = tree.after(position) }
        return JSONValue(tree: tree, index: position)
    }
}

/// The members of an object, as they were written.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    let tree: JSONTree
    var position: Int
    let end: Int

    package mutating func next() -> (key: String, value: JSONValue)? {
        guard position < end else { return nil }
        defer { position = tree.after(position) }
        let key = String(decoding: tree.text[tree.nodes[position].keyRange], as: UTF8.self)
        return (key, JSONValue(tree: tree, index: position))
    }
}

/// How much JSON is read at most.
package struct JSONLimits: Hashable, Sendable {
    /// Of the whole text.
    package var bytes: Int
    /// Objects and arrays inside each other; a text without any has depth 0.
    package var depth: Int
    /// Members of objects and elements of arrays, together.
    package var members: Int
    /// Of one member's name, without escapes; a lenient reader has no such limit.
    package var keyBytes: Int
    /// Of one string, without escapes.
    package var stringBytes: Int

    package init(
        bytes: Int = 262_144,
        depth: Int = 32,
        members: Int = 4_096,
        keyBytes: Int = 128,
        stringBytes: Int = 8_192
    ) {
        self.bytes = bytes
        self.depth = depth
        self.members = members
        self.keyBytes = keyBytes
        self.stringBytes = stringBytes
    }

    /// Limits on the limits: positions fit in 32 bits, names in 16, and recursion on a stack.
    func check() {
        precondition((1...(1 << 28)).contains(bytes), "bytes \(bytes) is not in 1...2^28")
        precondition((0...1_024).contains(depth), "depth \(depth) is not in 0...1024")
        precondition((0...(1 << 24)).contains(members), "members \(members) is not in 0...2^24")
        precondition((1...65_535).contains(keyBytes), "keyBytes \(keyBytes) is not in 1...65535")
        precondition(
            (1...(1 << 28)).contains(stringBytes),
            "stringBytes \(stringBytes) is not in 1...2^28"
        )
    }
}

/// Why a text was not taken as JSON.
///
/// It quotes nothing of the text but plain member names.
package struct JSONRefusal: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Not JSON, not UTF-8, or ambiguous: a member named twice, a number out of range.
        case syntax
        /// Larger than a limit: bytes, depth, members, a name or a string.
        case tooLarge
    }

    package var kind: Kind
    /// JSON pointer to the culprit where it is known, else empty.
    ///
    /// It ends before the first member whose name is anything but letters, digits, `_`, `-` and `.`,
    /// or longer than 64 bytes: such a name could hold what doesn't belong in a header or a log.
    package var pointer: String

    package init(kind: Kind, pointer: String) {
        self.kind = kind
        self.pointer = pointer
    }
}

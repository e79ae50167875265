internal import OpinionMatching

/// A moment that may be missing, in eight bytes instead of sixteen.
///
/// A million open requests have one each.
struct PackedMoment: Hashable, Sendable {
    private var milliseconds = Self.none

    private static let none = Int64.min

    var moment: Moment? {
        get { milliseconds == Self.none ? nil : Moment(milliseconds: milliseconds) }
        set { milliseconds = newValue?.milliseconds ?? Self.none }
    }
}

/// The hash of a content that may be missing, in eight bytes.
///
/// A content whose hash is 0 counts as missing: one of 2⁶⁴ has it, and is then never known again.
struct PackedContent: Hashable, Sendable {
    private var bits: UInt64 = 0

    var content: UInt64? {
        get { bits == 0 ? nil : bits }
        set { bits = newValue ?? 0 }
    }
}

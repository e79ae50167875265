/// A set of cancer families: one bit each.
package struct FamilySet: Hashable, Sendable {
    private var bits: UInt32 = 0

    package init() {}

    package init(_ families: some Sequence<CancerFamily>) {
        for family in families { insert(family) }
    }

    package mutating func insert(_ family: CancerFamily) { bits |= 1 << UInt32(family.rawValue) }

    package mutating func remove(_ family: CancerFamily) {
        bits &= ~(1 << UInt32(family.rawValue))
    }

    package var isEmpty: Bool { bits == 0 }
    package var count: Int { bits.nonzeroBitCount }

    /// The families in ascending order of their raw values.
    package var families: [CancerFamily] { CancerFamily.allCases.filter(contains) }

    package func contains(_ family: CancerFamily) -> Bool {
        bits & 1 << UInt32(family.rawValue) != 0
    }

    /// Calls `body` with the raw value of each family, in ascending order.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        bits.forEachBit(body)
    }
}

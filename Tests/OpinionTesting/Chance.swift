/// Randomness that a seed repeats: SplitMix64, the same on every machine.
package struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Mixed, or the numbers of one seed would be those of the one before without the first.
    package init(seed: UInt64) { state = Self.mix(seed &+ 0x1234_5678_9abc_def1) }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return Self.mix(state)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// 0 up to, not including, `count`.
    package mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    package mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True that many times in a hundred.
    package mutating func percent(_ share: Int) -> Bool { below(100) < share }

    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// Each of the elements with that share in a hundred, in their order.
    package mutating func some<Element>(_ elements: [Element], _ share: Int) -> [Element] {
        elements.filter { _ in percent(share) }
    }

    package mutating func shuffle<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for index in elements.indices.dropFirst().reversed() {
            elements.swapAt(index, below(index + 1))
        }
        return elements
    }
}

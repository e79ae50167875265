internal import OpinionMatching

/// Numbers that a seed decides: the same seed gives the same workload on any machine.
///
/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return StableHash.mix(state)
    }

    /// Whether something happens that happens so often, 0 to 1.
    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

    package mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &self)]
    }

    /// An index, each as likely as its weight.
    mutating func pick(weights: [Double]) -> Int {
        var rest = Double.random(in: 0..<weights.reduce(0, +), using: &self)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.count - 1
    }

    /// Some of them, each as likely as `share`, in their order.
    mutating func some<Element>(_ choices: [Element], share: Double) -> [Element] {
        var picked: [Element] = []
        for choice in choices where chance(share) { picked.append(choice) }
        return picked
    }
}

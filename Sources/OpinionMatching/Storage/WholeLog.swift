/// Logarithms to base 2 in whole numbers, the same on every machine.
package enum WholeLog {
    /// The logarithm of 2.
    package static let one = 256

    /// The logarithm in 256ths, with an error of at most five; it never falls as the number grows.
    ///
    /// Between two powers of 2 it follows the parabola through both and their middle: x + 0.34·x·(1 − x).
    @inline(__always)
    package static func of(_ number: Int) -> Int {
        precondition(number > 0, "the logarithm of \(number)")
        let power = Int.bitWidth - 1 - number.leadingZeroBitCount
        // The eight bits after the leading one.
        let fraction = (8 < power ? number >> (power - 8) : number << (8 - power)) & 255
        return power * one + fraction + ((fraction * (256 - fraction) * 88) >> 16)
    }
}

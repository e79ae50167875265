extension FixedWidthInteger {
    /// Calls `body` with the index of each set bit, the lowest first.
    @inline(__always)
    func forEachBit(_ body: (Int) -> Void) {
        var left = self
        while left != 0 {
            body(left.trailingZeroBitCount)
            left &= left &- 1
        }
    }
}

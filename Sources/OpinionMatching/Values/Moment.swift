/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// The core never reads a clock; each event brings its own moment.
package struct Moment: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static let distantPast = Moment(milliseconds: .min / 4)
    package static let distantFuture = Moment(milliseconds: .max / 4)

    package static func < (left: Moment, right: Moment) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The UTC day that it is in.
    package var day: Day {
        let length = Day.milliseconds
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: length)
        return Day(number: Int32(clamping: remainder < 0 ? quotient - 1 : quotient))
    }

    /// The moment some milliseconds later.
    package func advanced(by milliseconds: Int64) -> Moment {
        Moment(milliseconds: self.milliseconds + milliseconds)
    }
}

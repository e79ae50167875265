/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// The core never asks for one; each event brings its own.
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

    /// The UTC day in which it lies.
    package var day: Day {
        let length = Day.milliseconds
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: length)
        return Day(number: Int32(clamping: remainder < 0 ? quotient - 1 : quotient))
    }

    /// The moment that many milliseconds later.
    package func advanced(by milliseconds: Int64) -> Moment {
        Moment(milliseconds: self.milliseconds + milliseconds)
    }
}

/// A calendar day in UTC: days since 1970-01-01.
package struct Day: Hashable, Comparable, Sendable {
    package static let milliseconds: Int64 = 86_400_000

    package var number: Int32

    package init(number: Int32) {
        self.number = number
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// Its week, which begins on a Monday (ISO 8601); weeks are numbered on from 0, the one of 1970-01-01.
    package var week: Int32 {
        let days = Int64(number) + 3
        return Int32(days >= 0 ? days / 7 : (days - 6) / 7)
    }

    /// The first moment of the next week.
    package var weekEnd: Moment {
        Moment(milliseconds: (Int64(week) * 7 + 4) * Self.milliseconds)
    }

    /// Its first moment.
    package var begin: Moment { Moment(milliseconds: Int64(number) * Self.milliseconds) }
    /// The first moment after it.
    package var end: Moment { begin.advanced(by: Self.milliseconds) }
}

/// A calendar day in UTC: days since 1970-01-01.
package struct Day: Hashable, Comparable, Sendable {
    /// The length of a day.
    package static let milliseconds: Int64 = 86_400_000

    package var number: Int32

    package init(number: Int32) {
        self.number = number
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// Its ISO 8601 week, which begins on a Monday, as the number of weeks since the one of 1970-01-01.
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

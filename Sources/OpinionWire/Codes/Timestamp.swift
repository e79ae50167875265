/// Moments and dates as RFC 3339 writes them, and as the milliseconds and days since 1970 that we count in.
///
/// Days are counted by Howard Hinnant's `days_from_civil` and `civil_from_days`
/// (<https://howardhinnant.github.io/date_algorithms.html>): the proleptic Gregorian calendar, no time
/// zones, no locale. Years are 0000 to 9999.
package enum Timestamp {
    package static let earliest: Int64 = -62_167_219_200_000
    package static let latest: Int64 = 253_402_300_799_999
    package static let dayMilliseconds: Int64 = 86_400_000

    // MARK: Reading

    /// Milliseconds since 1970 of `2026-11-22T10:00:00.000Z` and the other spellings RFC 3339 allows.
    ///
    /// Any offset, any number of digits of a second (cut to milliseconds), `t` and `z` for `T` and `Z`. A
    /// leap second, 23:59:60 UTC, is the last millisecond before it.
    ///
    /// - Complexity: about 50 ns; allocates nothing.
    package static func milliseconds(_ text: ArraySlice<UInt8>) -> Int64? {
        var scanner = Scanner(text)
        return scanner.moment()
    }

    /// Milliseconds since 1970, as ``milliseconds(_:)-(ArraySlice<UInt8>)``.
    package static func milliseconds(_ text: String) -> Int64? {
        milliseconds([UInt8](text.utf8)[...])
    }

    /// Days since 1970 of a date such as `2028-03-31`.
    package static func day(_ text: ArraySlice<UInt8>) -> Int64? {
        var scanner = Scanner(text)
        guard let day = scanner.date(), scanner.isAtEnd else { return nil }
        return day
    }

    /// Days since 1970, as ``day(_:)-(ArraySlice<UInt8>)``.
    package static func day(_ text: String) -> Int64? {
        day([UInt8](text.utf8)[...])
    }

    /// The UTC day that a moment lies in, before 1970 too.
    package static func day(of milliseconds: Int64) -> Int64 {
        floorDivide(milliseconds, by: dayMilliseconds)
    }

    /// The UTC year that a moment lies in.
    package static func year(of milliseconds: Int64) -> Int64 {
        civil(day: day(of: milliseconds)).year
    }

    // MARK: Writing

    /// `2026-11-22T10:00:00.000Z`: always UTC, always milliseconds, 24 bytes.
    ///
    /// A moment before year 0000 or after 9999 is written as the nearest one that can be.
    package static func string(_ milliseconds: Int64) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(Text.count)
        let digits = Self.text(milliseconds)
        for index in digits.indices { text.append(digits[index]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a moment, without an allocation.
    package typealias Text = InlineArray<24, UInt8>

    /// The bytes of ``string(_:)``.
    package static func text(_ milliseconds: Int64) -> Text {
        let moment = min(max(milliseconds, earliest), latest)
        let day = day(of: moment)
        let (year, month, monthDay) = civil(day: day)
        let time = moment - day * dayMilliseconds
        var text = blank
        writePair(year / 100, to: &text, at: 0)
        writePair(year % 100, to: &text, at: 2)
        writePair(month, to: &text, at: 5)
        writePair(monthDay, to: &text, at: 8)
        writePair(time / 3_600_000, to: &text, at: 11)
        writePair(time / 60_000 % 60, to: &text, at: 14)
        writePair(time / 1_000 % 60, to: &text, at: 17)
        writePair(time / 10 % 100, to: &text, at: 20)
        text[22] = digit(time % 10)
        return text
    }

    /// `2028-03-31`, from days since 1970.
    package static func dateString(_ day: Int64) -> String {
        let moment = string(min(max(day, -719_528), 2_932_896) * dayMilliseconds)
        return String(moment.prefix(10))
    }

    /// The text of the year 0 that isn't: `0000-00-00T00:00:00.000Z`.
    private static let blank = Text { index in
        switch index {
        case 4, 7: UInt8(ascii: "-")
        case 10: UInt8(ascii: "T")
        case 13, 16: UInt8(ascii: ":")
        case 19: UInt8(ascii: ".")
        case 23: UInt8(ascii: "Z")
        default: UInt8(ascii: "0")
        }
    }

    /// Two digits of a number below 100.
    private static func writePair(_ number: Int64, to text: inout Text, at place: Int) {
        text[place] = digit(number / 10)
        text[place + 1] = digit(number % 10)
    }

    private static func digit(_ number: Int64) -> UInt8 {
        UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number)
    }

    // MARK: The calendar

    /// Days since 1970 of a date; `days_from_civil`.
    fileprivate static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, by: 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date of a day since 1970; `civil_from_days`.
    fileprivate static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let day = day + 719_468
        let era = floorDivide(day, by: 146_097)
        let dayOfEra = day - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month,
            dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    fileprivate static func dayMax(year: Int64, month: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func floorDivide(_ number: Int64, by divisor: Int64) -> Int64 {
        number / divisor - (number % divisor < 0 ? 1 : 0)
    }
}

/// Reads a text of fixed form from its front; each step answers nil for what isn't there.
private struct Scanner {
    private let text: ArraySlice<UInt8>
    private var place: Int

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        place = text.startIndex
    }

    var isAtEnd: Bool { place == text.endIndex }

    /// The whole of a moment, with nothing behind it.
    mutating func moment() -> Int64? {
        guard let day = date(), take("T") || take("t"), let time = time(), let offset = offset(),
            isAtEnd
        else { return nil }
        let moment = day * Timestamp.dayMilliseconds + time.milliseconds - offset
        guard !time.isLeapSecond || Self.endsDay(moment) else { return nil }
        return moment >= Timestamp.earliest && moment <= Timestamp.latest ? moment : nil
    }

    mutating func date() -> Int64? {
        guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
            let day = number(digits: 2), month >= 1, month <= 12,
            day >= 1, day <= Timestamp.dayMax(year: year, month: month)
        else { return nil }
        return Timestamp.day(year: year, month: month, day: day)
    }

    /// A leap second exists only as the last second of a day, UTC.
    private static func endsDay(_ moment: Int64) -> Bool {
        (moment + 1) % Timestamp.dayMilliseconds == 0
    }

    private mutating func time() -> (milliseconds: Int64, isLeapSecond: Bool)? {
        guard let hour = number(digits: 2), take(":"), let minute = number(digits: 2), take(":"),
            let second = number(digits: 2), let fraction = fraction(),
            hour <= 23, minute <= 59, second <= 60
        else { return nil }
        let minutes = (hour * 60 + minute) * 60_000
        if second == 60 { return (minutes + 59_999, true) }
        return (minutes + second * 1_000 + fraction, false)
    }

    /// Milliseconds; 0 when there is no fraction.
    private mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        var milliseconds: Int64 = 0
        var weight: Int64 = 100
        let start = place
        while let digit = digit() {
            milliseconds += digit * weight
            weight /= 10
        }
        return place > start ? milliseconds : nil
    }

    private mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let isWest = take("-")
        guard isWest || take("+"), let hours = number(digits: 2), take(":"),
            let minutes = number(digits: 2), hours <= 23, minutes <= 59
        else { return nil }
        return (isWest ? -1 : 1) * (hours * 60 + minutes) * 60_000
    }

    private mutating func number(digits: Int) -> Int64? {
        var number: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    private mutating func digit() -> Int64? {
        guard place < text.endIndex else { return nil }
        let digit = Int64(text[place]) - 0x30
        guard digit >= 0, digit <= 9 else { return nil }
        place += 1
        return digit
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < text.endIndex, UInt32(text[place]) == character.value else { return false }
        place += 1
        return true
    }
}

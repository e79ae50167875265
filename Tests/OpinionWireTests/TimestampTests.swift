import OpinionWire
import Testing

@Suite("Moments and dates")
struct TimestampTests {
    @Test(
        "RFC 3339 is read to the millisecond",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000Z", 0),
            ("2026-11-22T10:00:00.000Z", 1_795_341_600_000),
            ("2026-11-22T10:00:00Z", 1_795_341_600_000),
            ("2026-11-22t10:00:00z", 1_795_341_600_000),
            ("2026-11-22T15:30:00+05:30", 1_795_341_600_000),
            ("2026-11-22T02:00:00.000-08:00", 1_795_341_600_000),
            ("2026-11-22T10:00:00-00:00", 1_795_341_600_000),
            ("2026-11-22T10:00:00.1Z", 1_795_341_600_100),
            ("2026-11-22T10:00:00.12Z", 1_795_341_600_120),
            ("2026-11-22T10:00:00.1239Z", 1_795_341_600_123),
            ("2026-11-22T10:00:00.999999999Z", 1_795_341_600_999),
            ("2026-11-22T10:00:00.000999Z", 1_795_341_600_000),
            ("2026-11-22T10:00:00.0000000001Z", 1_795_341_600_000),
            ("2026-11-22T10:00:00.\(String(repeating: "9", count: 500))Z", 1_795_341_600_999),
            ("1969-12-31T23:59:59.999Z", -1), ("1969-12-31T00:00:00Z", -86_400_000),
            ("2000-02-29T12:00:00Z", 951_825_600_000), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("2400-02-29T00:00:00Z", 13_574_563_200_000),
            ("1900-02-28T00:00:00Z", -2_203_977_600_000),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
            ("0000-01-01T01:00:00+01:00", -62_167_219_200_000),
            ("2038-01-19T03:14:08Z", 2_147_483_648_000),
            ("2016-12-31T23:59:60Z", 1_483_228_799_999),
            ("2016-12-31T23:59:60.5Z", 1_483_228_799_999),
            ("2017-01-01T05:29:60+05:30", 1_483_228_799_999),
            ("2016-12-31T15:59:60-08:00", 1_483_228_799_999),
        ] as [(String, Int64)]
    )
    func reads(text: String, milliseconds: Int64) {
        #expect(Timestamp.milliseconds(text) == milliseconds)
        #expect(
            Timestamp.milliseconds(Array("x\(text)x".utf8).dropFirst().dropLast()) == milliseconds
        )
    }

    @Test(
        "what is no moment is refused",
        arguments: [
            "", "2026", "2026-11-22", "2026-11-22T10:00Z", "2026-11-22T10:00:00",
            "2026-11-22 10:00:00Z",
            "2026-11-22T10:00:00.Z", "2026-11-22T10:00:00,5Z",
            "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
            "2026-01-32T00:00:00Z",
            "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-06-31T00:00:00Z", "2026-09-31T00:00:00Z", "2026-11-31T00:00:00Z",
            "2024-02-30T00:00:00Z",
            "2026-11-22T24:00:00Z", "2026-11-22T10:60:00Z", "2026-11-22T10:00:61Z",
            "2026-11-22T10:00:60Z",
            "2026-11-22T23:59:60+01:00", "2026-11-22T10:00:00+24:00", "2026-11-22T10:00:00+05:60",
            "2026-11-22T10:00:00+0530", "2026-11-22T10:00:00+05", "2026-11-22T10:00:00 Z",
            "2026-11-22T10:00:00ZZ", "2026-11-22T10:00:00Z ", " 2026-11-22T10:00:00Z",
            "26-11-22T10:00:00Z",
            "12026-11-22T10:00:00Z", "+2026-11-22T10:00:00Z", "-2026-11-22T10:00:00Z",
            "2026-1-2T10:00:00Z",
            "2026-11-22T1:00:00Z", "2026/11/22T10:00:00Z", "20261122T100000Z",
            "2026-W47-7T10:00:00Z",
            "2026-11-22T10:00:00Zulu", "２026-11-22T10:00:00Z", "0000-01-01T00:59:59+01:00",
            "9999-12-31T23:59:59-00:01", "2026-11-22T10:00:00+-5:30", "2026-11-22T-1:00:00Z",
            "null", "1795341600",
        ]
    )
    func refuses(text: String) {
        #expect(Timestamp.milliseconds(text) == nil)
    }

    @Test(
        "a date is read alone",
        arguments: [
            ("1970-01-01", 0), ("2028-03-31", 21_274), ("1969-12-31", -1), ("0000-01-01", -719_528),
            ("9999-12-31", 2_932_896), ("2000-02-29", 11_016), ("2028-3-31", nil),
            ("2028-03-32", nil),
            ("2027-02-29", nil), ("2028-03-31T00:00:00Z", nil), ("2028-03-31 ", nil),
            ("2028-03", nil),
            ("20280331", nil), ("", nil), ("2028-03-31Z", nil),
        ] as [(String, Int64?)]
    )
    func dates(text: String, day: Int64?) {
        #expect(Timestamp.day(text) == day)
        if let day { #expect(Timestamp.dateString(day) == text) }
    }

    @Test("a moment cut short or followed by anything is refused")
    func truncation() {
        let text = Array("2026-11-22T10:00:00.123+05:30".utf8)
        for end in text.indices { #expect(Timestamp.milliseconds(text[..<end]) == nil, "\(end)") }
        for byte in UInt8.min...UInt8.max {
            #expect(Timestamp.milliseconds((text + [byte])[...]) == nil)
        }
    }

    @Test("moments are written in UTC with milliseconds")
    func writes() {
        #expect(Timestamp.string(1_795_341_600_007) == "2026-11-22T10:00:00.007Z")
        #expect(Timestamp.string(-1) == "1969-12-31T23:59:59.999Z")
        #expect(Timestamp.string(.max) == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp.string(.min) == "0000-01-01T00:00:00.000Z")
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes) { json in
            json.beginObject()
            json.member("dueBy", time: 1_795_341_600_007)
            json.endObject()
        }
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"dueBy":"2026-11-22T10:00:00.007Z"}"#)
    }

    @Test("every day of ten thousand years is written and read back, and follows the one before")
    func everyDay() {
        for day in Int64(-719_528)...2_932_896 where day % 11 == 0 || day.magnitude < 40_000 {
            let text = Timestamp.dateString(day)
            #expect(Timestamp.day(text) == day)
        }
        #expect(Timestamp.day(of: -1) == -1)
        #expect(Timestamp.day(of: -86_400_000) == -1)
        #expect(Timestamp.day(of: -86_400_001) == -2)
        #expect(Timestamp.day(of: 86_399_999) == 0)
        #expect(Timestamp.year(of: 1_795_341_600_000) == 2026)
        #expect(Timestamp.year(of: -1) == 1969)
    }

    @Test("what is written is read back, with any offset, for 20,000 seeds")
    func roundTrip() {
        var random = SplitMix(state: 11)
        for seed in 0..<20_000 {
            let day = 86_400_000 as Int64
            let moment = Int64.random(
                in: (Timestamp.earliest + day)...(Timestamp.latest - day),
                using: &random
            )
            #expect(Timestamp.milliseconds(Timestamp.string(moment)) == moment, "\(seed)")
            let minutes = Int64.random(in: -1_439...1_439, using: &random)
            let local = Timestamp.string(moment + minutes * 60_000).dropLast()
            let (hour, minute) = (abs(minutes) / 60, abs(minutes) % 60)
            let offset = (minutes < 0 ? "-" : "+") + padded(hour) + ":" + padded(minute)
            #expect(Timestamp.milliseconds(local + offset) == moment, "\(seed) at \(offset)")
        }
    }

    private func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

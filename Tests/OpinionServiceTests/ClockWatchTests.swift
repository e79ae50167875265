import OpinionMatching
import OpinionService
import OpinionWire
import Testing

/// Clocks that can't be trusted.
@Suite("Clock")
struct ClockWatchTests {
    /// A wall clock and an uptime that the test moves.
    private final class Hands: Clock {
        var wall: Int64 = 1_795_341_600_000
        var uptime = 1_000.0
        var now: Moment { Moment(milliseconds: wall) }
        var nanoseconds: UInt64 { 0 }

        func pass(seconds: Double) {
            uptime += seconds
            wall += Int64(seconds * 1_000)
        }
    }

    private let hands = Hands()
    private var watch = ClockWatch()

    private mutating func told() -> Int64 { watch.now(hands).milliseconds }

    @Test("time goes on as the wall clock does, also when that drifts")
    mutating func steady() {
        for _ in 0..<1_000 {
            hands.pass(seconds: 1)
            hands.wall += 3
            #expect(told() == hands.wall)
            #expect(watch.fault(at: hands.uptime) == nil)
        }
    }

    @Test(
        "a jump is not believed before it has stood for five minutes",
        arguments: [86_400_000, -3_600_000]
    )
    mutating func jump(by milliseconds: Int64) {
        _ = told()
        hands.wall += milliseconds
        hands.pass(seconds: 1)
        #expect(told() == hands.wall - milliseconds)
        #expect(watch.fault(at: hands.uptime) == "clock-jumped")
        hands.pass(seconds: ClockWatch.steadySeconds - 1)
        #expect(told() == hands.wall - milliseconds)
        hands.pass(seconds: 2)
        #expect(told() == hands.wall)
        #expect(watch.fault(at: hands.uptime) == nil)
    }

    @Test("a jump that is taken back leaves nothing behind")
    mutating func undone() {
        _ = told()
        hands.wall += 7_200_000
        hands.pass(seconds: 1)
        _ = told()
        hands.wall -= 7_200_000
        hands.pass(seconds: 1)
        #expect(told() == hands.wall)
        #expect(watch.fault(at: hands.uptime) == nil)
    }

    @Test("a clock that goes on jumping is never believed")
    mutating func restless() {
        let begin = told()
        for step in 1...20 {
            hands.wall += 60_000
            hands.pass(seconds: 100)
            #expect(told() == begin + Int64(step) * 100_000)
            #expect(watch.fault(at: hands.uptime) == "clock-jumped")
        }
    }

    @Test("most of the last records are ahead of us: the clock disagrees, until they are not")
    mutating func records() {
        let now = watch.now(hands)
        for _ in 0..<ClockWatch.samplesMin { note(ahead: 120_000, now) }
        #expect(watch.fault(at: hands.uptime) == "clock-disagrees")
        #expect(watch.fault(at: hands.uptime + 301) == nil)
        for _ in 0..<64 { note(ahead: -5, now) }
        #expect(watch.fault(at: hands.uptime) == nil)
        for _ in 0..<20 { note(ahead: .max - now.milliseconds, now) }
        #expect(watch.fault(at: hands.uptime) == nil)
    }

    @Test("records that the broker timed before a moment that they came after: we are ahead of it")
    mutating func behind() {
        let now = watch.now(hands)
        let hour: Int64 = 3_600_000
        for _ in 0..<64 { note(ahead: -hour, now) }
        for _ in 0..<64 { note(ahead: -hour, now, writtenAfter: now) }
        for _ in 0..<64 { note(ahead: -hour, now, isTimedByBroker: true) }
        #expect(watch.fault(at: hands.uptime) == nil)
        for _ in 0..<64 { note(ahead: -hour, now, writtenAfter: now, isTimedByBroker: true) }
        #expect(watch.fault(at: hands.uptime) == "clock-disagrees")
    }

    private mutating func note(
        ahead milliseconds: Int64,
        _ now: Moment,
        writtenAfter edge: Moment? = nil,
        isTimedByBroker: Bool = false
    ) {
        let record = Record(
            topic: "t",
            partition: 0,
            offset: 0,
            timestamp: now.milliseconds + milliseconds,
            key: nil,
            value: nil,
            isTimedByBroker: isTimedByBroker
        )
        watch.note(record, at: now, writtenAfter: edge, hands.uptime)
    }
}

import OpinionMatching
import OpinionTesting
import Testing

/// What is due, and in which order.
@Suite("Timetable")
struct TimerQueueTests {
    @Test("the first of what is due, whatever is due together", arguments: 0..<200 as Range<UInt64>)
    func first(seed: UInt64) {
        var chance = Chance(seed: seed)
        let count = chance.within(1...60)
        // The names are in another order than the numbers, as after a restart.
        let names = chance.shuffle(Array(0..<1_000))
        var timetable = TimerQueue()
        var all: [(at: Int64, name: Int, number: Int32)] = []
        for number in 0..<count {
            let at = Int64(chance.below(8))
            timetable.insert(Int32(number), at: Moment(milliseconds: at))
            all.append((at, names[number], Int32(number)))
        }
        let (now, max) = (Int64(chance.below(8)), chance.within(1...20))
        let expected = all.filter { $0.at <= now }.sorted { ($0.at, $0.name) < ($1.at, $1.name) }
        let due = timetable.due(by: Moment(milliseconds: now), max: max) { left, right in
            names[Int(left)] < names[Int(right)]
        }
        #expect(due == expected.prefix(max).map(\.number))
    }
}

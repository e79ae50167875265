import OpinionFlow
import OpinionMatching
import OpinionTesting
import Testing

/// Many timers that go off together.
@Suite("Timers")
struct TimerTests {
    private static let count = 5_000

    @Test("of thousands that are due a tick tells as many as fit, and the next ones the rest")
    func bounded() {
        var shard = Shard(number: 0, policy: Story.policy)
        var outbox = Outbox()
        var expected: [(due: Int64, key: RequestKey)] = []
        var chance = Chance(seed: 7)
        for number in chance.shuffle(Array(0..<Self.count)) {
            // Most are due in the same hour, as requests of one import are.
            let due = Int64(1 + (number % 10 == 0 ? number % 3 : 1)) * 3_600_000
            let key = RequestKey(network: "net-\(number % 3)", request: "r\(number)")
            expected.append((due, key))
            submit(key, due: Story.begin.advanced(by: due), &shard, &outbox)
            outbox.removeAll()
        }
        expected.sort { ($0.due, $0.key) < ($1.due, $1.key) }
        let now = Story.begin.advanced(by: Day.milliseconds)
        var told: [RequestKey] = []
        var ticks = 0
        while let due = shard.nextTimer, due <= now, ticks < Self.count {
            shard.tick(at: now, into: &outbox)
            #expect(outbox.announcements.count <= Outbox.announcementsMax)
            told += outbox.announcements.map(\.key)
            outbox.removeAll()
            ticks += 1
        }
        #expect(told == expected.map(\.key))
        #expect(ticks == 3)
    }

    private func submit(
        _ key: RequestKey,
        due: Moment,
        _ shard: inout Shard,
        _ outbox: inout Outbox
    ) {
        let submission = Submission(submittedAt: Story.begin, due: due, family: .breast)
        let event = Event(
            key: key,
            fingerprint: EventFingerprint(
                identity: EventIdentity(source: "/test", id: key.request),
                content: StableHash.of(key.request)
            ),
            time: Story.begin,
            cause: Cause(eventID: key.request),
            message: .submitted(submission)
        )
        _ = shard.step(event, at: Story.begin, into: &outbox)
    }
}

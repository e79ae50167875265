import OpinionService
import OpinionWire
import Testing

@Suite("Whether a log is the one that was read")
struct LogFindingTests {
    private static let last = Fingerprint(offset: 41, timestamp: 1_000, hash: 0xabc)
    private static let other = Fingerprint(offset: 41, timestamp: 1_000, hash: 0xdef)
    private static let later = Fingerprint(offset: 45, timestamp: 2_000, hash: 0xabc)

    /// What was noted at offset 42, of a topic that is compacted or not.
    private static func mark(_ fingerprint: Fingerprint? = last, compacted: Bool = false) -> LogMark
    {
        LogMark(
            TopicPartition("t", 3),
            position: 42,
            fingerprint,
            isCompacted: compacted
        )
    }

    @Test("the same record at the same offset is the same log")
    func same() {
        #expect(LogFinding(Self.mark(), low: 0, high: 50, Self.last).verdict == .same)
    }

    @Test("another record there, or another time, is another log")
    func other() {
        #expect(LogFinding(Self.mark(), low: 0, high: 50, Self.other).verdict == .other)
        var timed = Self.last
        timed.timestamp += 1
        #expect(LogFinding(Self.mark(), low: 0, high: 50, timed).verdict == .other)
    }

    @Test("a log that ends before what was read is another one, whatever was noted")
    func shorter() {
        #expect(LogFinding(Self.mark(), low: 0, high: 41, nil).verdict == .other)
        #expect(LogFinding(Self.mark(nil), low: 0, high: 41, nil).verdict == .other)
    }

    @Test("a record that is gone though others follow is another log, unless compaction takes such")
    func gone() {
        #expect(LogFinding(Self.mark(), low: 0, high: 50, Self.later).verdict == .other)
        #expect(LogFinding(Self.mark(), low: 0, high: 50, nil).verdict == .other)
        let compacted = Self.mark(compacted: true)
        #expect(LogFinding(compacted, low: 0, high: 50, Self.later).verdict == .removed)
        #expect(LogFinding(compacted, low: 0, high: 50, Self.other).verdict == .other)
    }

    @Test("retention that has taken just that record is no fault")
    func retention() {
        #expect(LogFinding(Self.mark(), low: 42, high: 50, Self.later).verdict == .removed)
    }

    @Test("without a fingerprint the last record before the position is believed")
    func unknown() {
        var finding = LogFinding(Self.mark(nil), low: 0, high: 50, nil)
        #expect(finding.begin == 34)
        for offset in 34...42 {
            let isEnd = finding.take(record(Int64(offset)))
            #expect(isEnd == (offset >= 41))
        }
        #expect(finding.found?.offset == 41)
        #expect(finding.verdict == .unknown)
    }

    private func record(_ offset: Int64) -> Record {
        Record(topic: "t", partition: 3, offset: offset, timestamp: 0, key: nil, value: [1])
    }

    @Test("in another cluster a log has to show that it is the same")
    func otherCluster() {
        let removed = LogFinding(Self.mark(), low: 42, high: 50, Self.later)
        let same = LogFinding(Self.mark(), low: 0, high: 50, Self.last)
        #expect(LogVerdicts([removed], written: "a", asked: "a").strangers.isEmpty)
        #expect(LogVerdicts([removed], written: "a", asked: "b").strangers == [removed])
        #expect(LogVerdicts([removed, same], written: "a", asked: "b").strangers.isEmpty)
        #expect(LogVerdicts([removed], written: nil, asked: "b").strangers.isEmpty)
    }

    @Test("a refusal names place, fingerprints and the way out, and an accepted log is none")
    func stop() throws {
        let verdicts = LogVerdicts(
            [LogFinding(Self.mark(), low: 0, high: 50, Self.other)],
            written: "a",
            asked: "a"
        )
        let stop = try #require(verdicts.stop(accepting: []))
        #expect(stop.code == .stateMismatch)
        #expect(stop.reason == "other-log")
        for part in ["t/3", "hash abc", "hash def", "[t/3@def]"] {
            #expect((stop.message + stop.remedy).contains(part))
        }
        #expect(verdicts.stop(accepting: ["t/3@def"]) == nil)
        #expect(verdicts.stop(accepting: ["t/3@abc"]) != nil)
    }
}

import OpinionFlow
import OpinionMatching
import OpinionWire
import Testing

/// Dead letters and forwarded records: what came in goes out byte for byte.
@Suite("Records passed on")
struct PassingOnTests {
    private static let writer = EventWriter(groupID: "opiniond", policy: Examples.policy)

    private static let record = Record(
        topic: "test7.opinion.requests",
        partition: 4,
        offset: 9_007_199_254_740_993,
        timestamp: 1_795_341_600_000,
        key: [0x00, 0xff, 0x22],
        value: [0xc3, 0x28, 0x00, 0x0a, 0x7b],
        headers: [
            Header("content-type", Array("text/plain".utf8)), Header("x", nil), Header("x", []),
            Header("opiniond-dlq-reason", Array("old".utf8)), Header("é", [0xff]),
        ]
    )

    private func bytes(_ range: Range<Int>?, _ batch: RecordBatch) -> [UInt8]? {
        range.map { Array(batch.bytes[$0]) }
    }

    @Test("a dead letter is the record as received, and why", arguments: Refusal.Reason.allCases)
    func deadLetter(reason: Refusal.Reason) throws {
        var batch = RecordBatch()
        batch.bytes = [1, 2, 3]
        Self.writer.writeDeadLetter(Self.record, Refusal(reason, at: "/data/x"), into: &batch)
        let entry = try #require(batch.entries.first)
        #expect(batch.entries.count == 1)
        #expect(entry.topic == OutTopic.deadLetters.rawValue)
        #expect(entry.partition == nil)
        #expect(bytes(entry.key, batch) == Self.record.key)
        #expect(bytes(entry.value, batch) == Self.record.value)
        #expect(Array(entry.headers.prefix(5)) == Self.record.headers)
        #expect(
            Array(entry.headers.dropFirst(5)).lines == [
                "opiniond-dlq-reason: \(reason.rawValue)", "opiniond-dlq-pointer: /data/x",
                "opiniond-dlq-topic: test7.opinion.requests", "opiniond-dlq-partition: 4",
                "opiniond-dlq-offset: 9007199254740993",
                "opiniond-dlq-timestamp: 1795341600000",
            ]
        )
    }

    @Test("of a directive the dead letter says which rule the specialist breaks")
    func rule() throws {
        for (why, name) in [
            (Ineligibility.breaks(.capacity), "capacity"), (.unknown, "unknown"),
            (.inactive, "inactive"),
        ] {
            var batch = RecordBatch()
            let refusal = Refusal(why, at: "/data/specialistId")
            Self.writer.writeDeadLetter(Self.record, refusal, into: &batch)
            let lines = try #require(batch.entries.first).headers.lines
            #expect(lines.contains("opiniond-dlq-reason: not-eligible"))
            #expect(lines.last == "opiniond-dlq-rule: \(name)")
        }
    }

    @Test("null and empty stay what they are", arguments: [nil, [UInt8]()] as [[UInt8]?])
    func empty(bytes empty: [UInt8]?) throws {
        var record = Self.record
        (record.key, record.value, record.headers) = (empty, empty, [])
        var batch = RecordBatch()
        Self.writer.writeDeadLetter(record, Refusal(.notCloudEvent), into: &batch)
        Self.writer.writeForwarded(record, to: 2, of: .responses, into: &batch)
        #expect(batch.entries.map { bytes($0.key, batch) } == [empty, empty])
        #expect(batch.entries.map { bytes($0.value, batch) } == [empty, empty])
    }

    @Test(
        "a key or headers too large to be sent are left out, so that what can't be sent stops nobody"
    )
    func largeNames() throws {
        var large = Self.record
        large.key = Array(repeating: 1, count: EventWriter.deadLetterBytesMax + 1)
        var header = Self.record
        header.headers = [Header("x", large.key)]
        for record in [large, header] {
            var batch = RecordBatch()
            Self.writer.writeDeadLetter(
                record,
                Refusal(.tooLarge),
                digest: "ab12",
                into: &batch
            )
            let entry = try #require(batch.entries.first)
            #expect(entry.key == nil && entry.value == nil)
            #expect(entry.headers.lines.first == "opiniond-dlq-reason: too-large")
            #expect(batch.bytes.isEmpty)
        }
    }

    @Test("a record whose key or headers are too large is refused before it could be forwarded")
    func largeKey() {
        let reader = EventReader(ReaderSettings(policy: Examples.policy))
        var record = Self.record
        record.key = Array(repeating: 1, count: 8_193)
        #expect(throws: Refusal(.tooLarge)) {
            try reader.event(record, from: .requests)
        }
    }

    @Test("a value too large to be passed on is told by its digest")
    func large() throws {
        var batch = RecordBatch()
        Self.writer.writeDeadLetter(
            Self.record,
            Refusal(.tooLarge),
            digest: "ab12",
            into: &batch
        )
        let entry = try #require(batch.entries.first)
        #expect(entry.value == nil)
        #expect(bytes(entry.key, batch) == Self.record.key)
        #expect(
            entry.headers.lines.suffix(2) == [
                "opiniond-dlq-timestamp: 1795341600000", "opiniond-dlq-sha256: ab12",
            ]
        )
    }

    @Test("a forwarded record says where it came from", arguments: [OutTopic.requests, .responses])
    func forwarded(topic: OutTopic) throws {
        var batch = RecordBatch()
        Self.writer.writeForwarded(Self.record, to: 11, of: topic, into: &batch)
        let entry = try #require(batch.entries.first)
        #expect(entry.topic == topic.rawValue)
        #expect(entry.partition == 11)
        #expect(bytes(entry.key, batch) == Self.record.key)
        #expect(bytes(entry.value, batch) == Self.record.value)
        #expect(entry.timestamp == Self.record.timestamp)
        #expect(Array(entry.headers.dropLast()) == Self.record.headers)
        #expect(
            entry.headers.lines.last
                == "opiniond-forwarded: test7.opinion.requests/4/9007199254740993"
        )
    }

    @Test("what was valid is valid when it has been forwarded", arguments: [5, 32])
    func stillValid(headers: Int) throws {
        let reader = EventReader(ReaderSettings(policy: Examples.policy))
        var record = try #require(Examples.incoming.first { $0.type == EventType.submitted })
            .record()
        record.headers += (record.headers.count..<headers).map { Header("\($0 + 10)", []) }
        record.headers[headers - 1].value = Array(repeating: 0x78, count: 8_192 - record.nameBytes)
        let event = try reader.event(record, from: .requests)
        var batch = RecordBatch()
        Self.writer.writeForwarded(record, to: 1, of: .requests, into: &batch)
        record.headers = batch.entries[0].headers
        #expect(try reader.event(record, from: .requests) == event)
        record.headers.append(Header("one", Array("more".utf8)))
        #expect(throws: Refusal(.tooLarge)) { try reader.event(record, from: .requests) }
    }
}

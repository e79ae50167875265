import KafkaTransport
import OpinionWire
import Testing

@Suite("Records arrive as they were sent")
struct RecordTests {
    private static let headers = [
        Header("trace", Array("a".utf8)), Header("trace", Array("b".utf8)), Header("none", nil),
        Header("empty", []),
    ]

    @Test(
        "a record keeps key, value and headers",
        arguments: [
            (key: nil, value: nil, headers: []),
            (key: [], value: [], headers: []),
            (key: Array("k".utf8), value: nil, headers: headers),
            (key: nil, value: Array("v".utf8), headers: headers),
            (key: [0, 255], value: [UInt8](repeating: 7, count: 100_000), headers: []),
        ] as [(key: [UInt8]?, value: [UInt8]?, headers: [Header])]
    )
    func roundTrip(key: [UInt8]?, value: [UInt8]?, headers: [Header]) throws {
        let bench = try Bench()
        let producer = try bench.plainProducer()
        try producer.send(
            topic: "in",
            partition: 1,
            key: key,
            value: value,
            headers: headers,
            timestamp: 1_700_000_000_123
        )
        try producer.flush(timeoutMilliseconds: 10_000)
        let reader = try bench.reader()
        try reader.assign([(TopicPartition("in", 1), PartitionReader.beginning)])
        let record = try reader.gather { $0.contains { $0.record != nil } }.compactMap(\.record)
        #expect(
            record == [
                Record(
                    topic: "in",
                    partition: 1,
                    offset: 0,
                    timestamp: 1_700_000_000_123,
                    key: key,
                    value: value,
                    headers: headers
                )
            ]
        )
    }

    @Test("a batch keeps key, tombstone and headers, and the key chooses the partition")
    func batch() throws {
        let bench = try Bench()
        let producer = try bench.producer()
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        var batch = RecordBatch("one", partition: nil)
        batch.entries[0].value = nil
        batch.entries[0].headers = Self.headers
        try producer.begin()
        try producer.produce(batch)
        try producer.commit()
        let reader = try bench.reader()
        try reader.assign([0, 1].map { (TopicPartition("in", $0), PartitionReader.beginning) })
        let records = try reader.gather { $0.contains { $0.record != nil } }.compactMap(\.record)
        let record = try #require(records.first)
        #expect(record.key == Array("one".utf8))
        #expect(record.value == nil)
        #expect(record.headers == Self.headers)
        #expect(record.partition == Int32(murmur2(Array("one".utf8)) & 0x7fff_ffff) % 2)
    }

    @Test(
        "sending to a partition that does not exist is refused and may be tried again, with headers too"
    )
    func unknownPartition() throws {
        let bench = try Bench()
        let producer = try bench.producer()
        try producer.warmUp(timeoutMilliseconds: 10_000)
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        try producer.begin()
        var batch = RecordBatch("one", partition: 99)
        batch.entries[0].headers = Self.headers
        let error = #expect(throws: KafkaError.self) {
            try producer.produce(batch)
            try producer.commit()
        }
        #expect(error?.name == "_UNKNOWN_PARTITION")
        #expect(error?.reaction == .abort)
        #expect(error?.subject == .topics)
    }
}

/// The hash of Kafka's Java client (`org.apache.kafka.common.utils.Utils.murmur2`).
private func murmur2(_ data: [UInt8]) -> UInt32 {
    let m: UInt32 = 0x5bd1_e995
    var h: UInt32 = 0x9747_b28c ^ UInt32(data.count)
    for block in 0..<(data.count / 4) {
        var k = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[block * 4 + $1]) << (8 * UInt32($1)) }
        k = k &* m
        k ^= k >> 24
        h = (h &* m) ^ (k &* m)
    }
    let tail = data.suffix(data.count % 4)
    for (index, byte) in tail.enumerated() { h ^= UInt32(byte) << (8 * UInt32(index)) }
    if !tail.isEmpty { h = h &* m }
    h = (h ^ (h >> 13)) &* m
    return h ^ (h >> 15)
}

import OpinionTesting
import OpinionWire

/// Draws records from the seedbed and spoils most of them: values, members, bytes, headers, keys, places.
struct Mutator {
    var chance: Chance
    private let seedbed: Seedbed
    private var drawn = 0

    init(seed: UInt64, _ seedbed: Seedbed) {
        chance = Chance(seed: seed)
        self.seedbed = seedbed
    }

    /// A record for one of that many partitions; topics of inputs only.
    mutating func record(shards: Int, shardOf: (String) -> Int) -> Record {
        let plant = pick()
        var record = Record(
            topic: plant.topic,
            partition: plant.topic == Topic.specialists ? 0 : Int32(shardOf(plant.key)),
            offset: 0,
            timestamp: 1_795_341_600_000,
            key: Array(plant.key.utf8),
            value: plant.value,
            headers: plant.headers
        )
        number(&record, plant)
        guard chance.percent(65) else { return record }
        if chance.percent(60) { spoilPlaces(&record, plant) }
        for _ in 0..<chance.pick([0, 0, 1, 1, 3]) { spoil(&record, shards) }
        return record
    }

    private mutating func pick() -> Seedbed.Plant {
        switch chance.below(20) {
        case 0..<12: chance.pick(seedbed.requests)
        case 12..<18: chance.pick(seedbed.responses)
        default: chance.pick(seedbed.profiles)
        }
    }

    /// Gives the event an id of its own, now and then one that was there before.
    private mutating func number(_ record: inout Record, _ plant: Seedbed.Plant) {
        guard let digits = plant.idDigits else { return }
        drawn += chance.percent(90) ? 1 : 0
        var left = drawn
        let header = record.headers.firstIndex { $0.name == "ce_id" }
        for place in digits.reversed() {
            let digit = UInt8(ascii: "0") + UInt8(left % 10)
            left /= 10
            if let header {
                record.headers[header].value?[place] = digit
            } else {
                record.value?[place] = digit
            }
        }
    }

    // MARK: Values and members

    private mutating func spoilPlaces(_ record: inout Record, _ plant: Seedbed.Plant) {
        guard !plant.places.values.isEmpty, !plant.places.members.isEmpty,
            var value = record.value
        else { return }
        let member = chance.pick(plant.places.members)
        switch chance.below(10) {
        case 0..<6:
            value.replaceSubrange(chance.pick(plant.places.values), with: chance.pick(Self.values))
        case 6: value.insert(contentsOf: value[member] + [UInt8(ascii: ",")], at: member.lowerBound)
        case 7: value.removeSubrange(member)
        case 8:
            let other = chance.pick(plant.places.members)
            guard !member.overlaps(other) else { return }
            value.replaceSubrange(member, with: Array(value[other]))
        default:
            let name = Array(chance.pick(Self.names).utf8)
            value.insert(contentsOf: name + [UInt8(ascii: ",")], at: member.lowerBound)
        }
        record.value = value
    }

    /// What stands where something else should.
    private static let values: [[UInt8]] =
        [
            "null", "true", "false", "0", "-0", "-1", "1e0", "1.0", "1e999", "-1e-999", "0x10",
            "01",
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "NaN", "[]", "{}",
            "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"\\n\\r\\t\\u001b[31m\"", "\"\u{202e}drow\"", "\"\u{2066}\u{feff}\u{2028}\"",
            "\"level=critical msg=forged\"", "\"a b\"", "\"../../etc\"", "\"r1/1/1\"", "\"r2/0/0\"",
            "\"r3/1/99999999999999999999\"", "\"r4/-1/1\"", "\"2026-02-30T00:00:00Z\"",
            "\"2026-11-22T10:00:60Z\"", "\"9999-12-31T23:59:59.999Z\"", "\"0000-01-01T00:00:00Z\"",
            "\"2026-11-22T10:00:00+99:99\"", "\"1969-12-31T23:59:59Z\"", "\"C80.1\"", "\"C77\"",
            "\"C97\"", "\"c50\"", "\"D05.1\"", "\"panel\"", "\"net-1\"", "\"sp-1\"",
            "\"confirmed\"",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
            "[{\"id\":\"q1\"},{\"id\":\"q1\"}]", "[\"en\",\"en\",7]", "{\"code\":{\"code\":{}}}",
        ].map { Array($0.utf8) }
        + [
            [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
            [0x22, 0x00, 0x22], [0x22, 0x0a, 0x22],
            [0x22] + [UInt8](repeating: 0x61, count: 9_000) + [0x22],
            [0x22] + [UInt8](repeating: 0x61, count: 129) + [0x22],
        ]

    private static let names = [
        #""requestId":"r5""#, #""networkId":"net-9""#, #""\u0072equestId":"r5""#, #""":0"#,
        #""extra":{"deep":[1,2,{"x":null}]}"#, #""data":{}"#, #""specversion":"0.3""#,
        #""type":"org.opiniond.request.teleported.v1""#, #""a\nb":1"#, #""data_base64":"e30=""#,
    ]

    // MARK: Bytes and what surrounds them

    private mutating func spoil(_ record: inout Record, _ shards: Int) {
        switch chance.below(20) {
        case 0..<9: spoilBytes(&record)
        case 9..<15: spoilHeaders(&record)
        case 15: record.key = nil
        case 16:
            record.key = chance.pick([[], [0xff, 0x00], Array("net-2".utf8), [0x0a, 0x1b, 0x5b]])
        case 17:
            guard record.topic != Topic.specialists else { return }
            record.partition = Int32(chance.below(shards))
        case 18: record.timestamp = chance.pick([-1, 0, .max, .min, 1])
        default:
            record.value = chance.pick([nil, [], [0xef, 0xbb, 0xbf, 0x7b, 0x7d], [0x7b], [0x00]])
        }
    }

    private mutating func spoilBytes(_ record: inout Record) {
        guard var bytes = record.value, !bytes.isEmpty else { return }
        let at = chance.below(bytes.count)
        switch chance.below(7) {
        case 0: bytes[at] ^= 1 << UInt8(chance.below(8))
        case 1: bytes[at] = UInt8(chance.below(256))
        case 2: bytes.insert(UInt8(chance.below(256)), at: at)
        case 3: bytes.removeSubrange(at..<min(bytes.count, at + chance.within(1...9)))
        case 4: bytes.removeLast(bytes.count - at)
        case 5: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 40)], at: at)
        default:
            let other = pick().value ?? []
            bytes.replaceSubrange(at..., with: other.suffix(chance.below(other.count + 1)))
        }
        record.value = bytes
    }

    private mutating func spoilHeaders(_ record: inout Record) {
        let value = chance.pick(Self.headerValues)
        let name = chance.pick(Self.headerNames)
        guard !record.headers.isEmpty, chance.percent(60) else {
            return record.headers.append(Header(name, value))
        }
        let at = chance.below(record.headers.count)
        switch chance.below(6) {
        case 0: record.headers.remove(at: at)
        case 1: record.headers[at].value = value
        case 2: record.headers[at].name = name
        case 3: record.headers.insert(record.headers[at], at: at)
        case 4: record.headers += [Header](repeating: Header(name, value), count: 33)
        default: record.headers[at].value?.append(UInt8(chance.below(256)))
        }
    }

    private static let headerNames = [
        "ce_id", "ce_type", "ce_time", "ce_source", "ce_specversion", "content-type",
        "Content-Type",
        "traceparent", "tracestate", "opiniond-forwarded", "opiniond-dlq-reason", "", "é\n", "ce_",
    ]
    private static let headerValues: [[UInt8]?] =
        [nil, [], [0xff, 0xfe], [0x00], [UInt8](repeating: 0x41, count: 9_000)]
        + [
            "1.0", "application/cloudevents+json", "APPLICATION/CLOUDEVENTS+JSON; charset=UTF-8",
            "application/json", "a\r\nlevel=critical", "\u{1b}[2J", "opinion.requests/0/0",
            "00-00000000000000000000000000000000-0000000000000000-00", "k=v,k=v",
            "2026-11-22T10:00:00Z",
        ].map { Array($0.utf8) }
}

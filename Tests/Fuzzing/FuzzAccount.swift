import Foundation
import OpinionFlow
import OpinionService
import OpinionTesting
import OpinionWire

/// Keeps the books of a round: every record has exactly one fate, and what is written is sound.
final class FuzzAccount {
    private(set) var offences: [String] = []
    private(set) var fates: [String: Int] = [:]
    private let inputs: [String: Record]
    private let number: UInt64
    private let reader = EventReader(ReaderSettings(policy: FuzzRound.policy))
    private var letters: [String: String] = [:]
    private var forwarded: Set<String> = []
    private var states: [Int: [Record]] = [:]
    private var received = 0
    private var looked = 0

    /// Of what goes right, one in so many is looked at by another reader of JSON.
    private static let sample = 64

    init(_ records: [Record], _ number: UInt64) {
        inputs = Dictionary(uniqueKeysWithValues: records.map { ($0.place, $0) })
        self.number = number
    }

    private func expect(_ holds: Bool, _ offence: @autoclosure () -> String) {
        if !holds { offences.append("round \(number): \(offence())") }
    }

    // MARK: What is written

    func take(_ transaction: Transaction) {
        received += transaction.tally.received
        for record in transaction.batch.records { take(record, of: transaction.shard) }
    }

    private func take(_ record: Record, of shard: Int) {
        switch record.topic {
        case Topic.deadLetters: takeLetter(record)
        case Topic.requests, Topic.responses: takeForwarded(record)
        case Topic.state: states[shard, default: []].append(record)
        default: checkEvent(record)
        }
    }

    private func takeLetter(_ letter: Record) {
        let place = letter.origin
        expect(letters[place] == nil, "\(place) is dead twice")
        letters[place] = text(letter, "reason")
        guard let original = inputs[place] else { return expect(false, "\(place) never was") }
        expect(
            letter.key == original.key && letter.value == original.value,
            "\(place): other bytes"
        )
        let more = ["opiniond-dlq-rule", "opiniond-dlq-suggestion"]
        let added = more.contains(letter.headers.last?.name ?? "") ? 7 : 6
        expect(letter.headers.dropLast(added) == original.headers[...], "\(place): other headers")
        let pointer = text(letter, "pointer")
        expect(
            pointer.utf8.count <= 1_024 && pointer.utf8.allSatisfy { 0x21...0x7e ~= $0 },
            "\(place): a pointer that may not be told"
        )
    }

    /// Of the headers that we add: the last ones.
    private func text(_ letter: Record, _ name: String) -> String {
        let header = letter.headers.last { $0.name == "opiniond-dlq-\(name)" }
        return String(decoding: header?.value ?? [], as: UTF8.self)
    }

    private func takeForwarded(_ copy: Record) {
        let place = String(decoding: copy.headers.last?.value ?? [], as: UTF8.self)
        expect(forwarded.insert(place).inserted, "\(place) is forwarded twice")
        guard let original = inputs[place] else { return expect(false, "\(place) never was") }
        expect(copy.key == original.key && copy.value == original.value, "\(place): other bytes")
        expect(copy.headers.dropLast() == original.headers[...], "\(place): other headers")
    }

    private func checkEvent(_ record: Record) {
        let value = record.value ?? []
        expect(value.allSatisfy { $0 >= 0x20 }, "an event holds a control character")
        looked += 1
        if looked % Self.sample == 0 { expect(isJSON(value), "an event is no JSON") }
    }

    private func isJSON(_ bytes: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(bytes))) != nil
    }

    /// Without what RFC 8259 allows and others need not take, where nobody here reads it.
    private func mended(_ bytes: [UInt8]) -> [UInt8] {
        var text = String(decoding: bytes, as: UTF8.self)
        for doubtful in ["1e999", "\\ud800", "\\udc00", "\\u0000"] {
            text.replace(doubtful, with: "0")
        }
        return Array(text.utf8)
    }

    // MARK: At the end

    func close(_ service: Service) {
        let said = inputs.values.filter { $0.topic != Topic.specialists }
        expect(received == said.count, "\(received) of \(said.count) records were received")
        for (place, record) in inputs {
            fates[fate(of: record, place), default: 0] += 1
        }
        for shard in 0..<FuzzRound.shards { checkState(of: shard, service) }
        for line in FuzzLog.takeUnsafeLines() { expect(false, "a line of log: \(line)") }
    }

    private func fate(of record: Record, _ place: String) -> String {
        if let reason = letters[place] {
            expect(!forwarded.contains(place), "\(place) is dead and forwarded")
            return reason
        }
        if record.topic == Topic.specialists { return checkProfile(record, place) }
        guard let event = try? reader.event(record, from: inbox(of: record)) else {
            expect(false, "\(place) is bad and lost")
            return "lost"
        }
        let isHome = shard(of: event.key.network, among: FuzzRound.shards) == Int(record.partition)
        expect(isHome != forwarded.contains(place), "\(place) is forwarded wrongly")
        looked += 1
        if looked % Self.sample == 0, let value = record.value {
            expect(isJSON(mended(value)), "\(place) is taken, and is no JSON to others")
        }
        return isHome ? "taken" : "forwarded"
    }

    private func checkProfile(_ record: Record, _ place: String) -> String {
        guard record.value != nil, record.key?.isEmpty == false else { return "retired" }
        let isGood = (try? reader.profile(record)) != nil
        expect(isGood, "\(place) is a bad profile and lost")
        return "profile"
    }

    private func inbox(of record: Record) -> EventReader.Inbox {
        record.topic == Topic.requests ? .requests : .responses
    }

    /// What a restart would read is what is in memory.
    private func checkState(of shard: Int, _ service: Service) {
        var restoration = Restoration(of: shard, among: FuzzRound.shards, FuzzRound.site)
        do throws(Stop) {
            for record in states[shard] ?? [] { try restoration.take(record) }
            try restoration.finish(by: FuzzRound.policy, committed: [:])
        } catch {
            return expect(false, "shard \(shard): \(error.message)")
        }
        expect(
            service.shard(shard)?.snapshot == restoration.shard.snapshot,
            "shard \(shard) is not what was written of it"
        )
    }
}

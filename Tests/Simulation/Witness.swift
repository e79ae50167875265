import Foundation
import OpinionFlow
import OpinionService
import OpinionTesting
import OpinionWire

/// Looks at every transaction as it is committed, and at nothing else.
///
/// What it holds true is what the invariants of the architecture say of any moment: one history a
/// request, no units beyond a capacity, no hard rule broken, every input accounted for, state and digest
/// in step with the offsets.
final class Witness {
    private(set) var offences: [String] = []
    private let scene: () -> Scene
    private let read: (TopicPartition, Int64) -> (record: Record?, next: Int64)
    private var restorations: [Int32: Restoration]
    private var known: Set<String> = []
    private var histories: [String: History] = [:]
    private var told: [String: Int] = [:]
    private var held: [String: Set<String>] = [:]
    private var moved: [TopicPartition: Int64] = [:]

    /// - Parameters:
    ///   - shards: How many shards there are.
    ///   - site: Where the topics are.
    ///   - scene: What was sent so far.
    ///   - read: The first committed record at or behind an offset.
    init(
        shards: Int,
        _ site: KafkaSite,
        scene: @escaping () -> Scene,
        read: @escaping (TopicPartition, Int64) -> (record: Record?, next: Int64)
    ) {
        self.scene = scene
        self.read = read
        restorations = Dictionary(
            uniqueKeysWithValues: (0..<shards).map {
                (Int32($0), Restoration(of: $0, among: shards, site))
            }
        )
    }

    private func expect(_ holds: Bool, _ offence: @autoclosure () -> String) {
        if !holds { offences.append("at a commit: \(offence())") }
    }

    /// Takes a committed transaction in: what it wrote, in order, and the offsets that it moved.
    func take(_ records: [Record], _ offsets: [TopicPartition: Int64]) {
        var dead: Set<String> = []
        var forwarded: Set<String> = []
        for record in records {
            switch record.topic {
            case Topic.assignments, Topic.reports: take(event: record)
            case Topic.state: take(state: record)
            case Topic.deadLetters: dead.insert(record.origin)
            default: forwarded.insert(record.header("opiniond-forwarded") ?? "")
            }
        }
        for (place, end) in offsets {
            checkMeta(place, end)
            account(for: place, to: end, dead, forwarded)
        }
    }

    // MARK: Events

    private func take(event record: Record) {
        guard let event = try? OutEvent(record) else { return expect(false, "an unreadable event") }
        guard event.isNumbered else { return }
        let id = event.data.requestId
        expect(event.number == told[id, default: 0] + 1, "\(event.id) is out of turn")
        told[id, default: 0] += 1
        if let offence = histories[id, default: History()].take(event) {
            expect(false, "\(event.id): \(offence)")
        }
        checkUnits(event)
        if event.name == "assignment.made" { checkRules(event) }
    }

    /// Units are counted here once more, seat by seat.
    private func checkUnits(_ event: OutEvent) {
        if let seat = event.data.reports?.first {
            return free(event, seat.assignmentId, seat.specialistId)
        }
        guard let seat = event.data.assignmentId, let name = event.data.specialistId else { return }
        if event.name == "assignment.rescinded" { return free(event, seat, name) }
        guard event.name == "assignment.made" else { return }
        let holder = "\(event.data.networkId)/\(name)"
        let before = held[holder]?.count ?? 0
        let load = event.data.load
        expect(load?.unitsBefore == before, "\(event.id): \(before) units were held before")
        expect(before < load?.capacity ?? 0, "\(event.id): \(name) has no room")
        held[holder, default: []].insert(seat)
    }

    private func free(_ event: OutEvent, _ seat: String, _ name: String) {
        let isHeld = held["\(event.data.networkId)/\(name)"]?.remove(seat) != nil
        expect(isHeld, "\(event.id): \(name) did not hold \(seat)")
    }

    /// The rules that the scene can break: expertise, independence, exclusion.
    private func checkRules(_ event: OutEvent) {
        let name = event.data.specialistId ?? ""
        guard let request = scene().requests[event.data.requestId] else {
            return expect(false, "\(event.id) is about nothing that was sent")
        }
        expect(!request.excluded.contains(name), "\(event.id): \(name) is excluded")
        expect(request.firstOpinion != name, "\(event.id): \(name) gave the first opinion")
        let codes = scene().codes(of: request.id)
        let families = scene().families(of: name)
        expect(
            families.contains { Scene.families[$0].map(codes.contains) ?? false },
            "\(event.id): \(name) treats \(families), not \(codes)"
        )
    }

    // MARK: State

    private func take(state record: Record) {
        if let key = record.keyText, key != "meta" { known.insert(key) }
        do throws(Stop) {
            try restorations[record.partition]?.take(record)
        } catch {
            expect(false, error.message)
        }
    }

    /// Offsets, meta record and state say the same.
    private func checkMeta(_ place: TopicPartition, _ end: Int64) {
        guard let restoration = restorations[place.partition], let meta = restoration.meta else {
            return expect(false, "shard \(place.partition) has no meta record")
        }
        let applied = place.topic == Topic.requests ? meta.requests : meta.responses
        expect(applied == end, "\(place.topic)/\(place.partition): \(end), by its meta \(applied)")
        expect(meta.digest == restoration.shard.digest, "shard \(place.partition): another digest")
    }

    // MARK: Inputs

    /// Every record that the offset has passed is dead, forwarded, or part of a request's state.
    private func account(
        for place: TopicPartition,
        to end: Int64,
        _ dead: Set<String>,
        _ forwarded: Set<String>
    ) {
        var next = moved[place, default: 0]
        expect(next <= end, "\(place.topic)/\(place.partition) goes back from \(next) to \(end)")
        moved[place] = max(next, end)
        while next < end, case (let record?, let behind) = read(place, next), behind <= end {
            next = behind
            let isAccounted =
                dead.contains(record.place) || forwarded.contains(record.place)
                || record.requestKey.map(known.contains) == true
            expect(isAccounted, "\(record.place) is passed over")
        }
    }
}

extension Record {
    /// The key of its request's record of state, if it can be read.
    fileprivate var requestKey: String? {
        struct Event: Decodable {
            struct Data: Decodable {
                var requestId: String
                var networkId: String
            }
            var data: Data
        }
        let event = try? JSONDecoder().decode(Event.self, from: Foundation.Data(value ?? []))
        return event.map { "request \($0.data.networkId) \($0.data.requestId)" }
    }
}

import Foundation
import OpinionFlow
import OpinionWire

/// Everything that was written, held against everything that was sent.
///
/// It knows the contract only: nothing that decides, counts or writes in the daemon is used here.
package struct Findings {
    /// What is wrong, in words; empty when nothing is.
    package var offences: [String] { list.offences }
    private let list = Offences()
    let scene: Scene
    private let shards: Int
    private let offersAtOnce: Int
    private let prefix: String

    private let inputs: [Record]
    private let events: [OutEvent]
    let reports: [OutEvent]
    private let letters: [Record]
    private let state: [Record]
    private let refusals: [String: Int]
    private var histories: [String: History] = [:]
    private var states: [String: KeptRequest] = [:]
    private let forwarded: [Record]

    /// - Parameters:
    ///   - ground: What was written.
    ///   - scene: What was sent.
    ///   - offersAtOnce: How many may be asked at once for the only seat of a request.
    /// - Throws: Where what was written can't be read.
    package init(_ ground: some Topics, _ scene: Scene, offersAtOnce: Int = 1) throws {
        self.scene = scene
        self.offersAtOnce = offersAtOnce
        shards = ground.shards
        prefix = ground.prefix
        inputs = try [Topic.requests, Topic.responses, Topic.specialists].flatMap(ground.all)
        forwarded = inputs.filter { $0.header("opiniond-forwarded") != nil }
        let told = try ground.all(Topic.assignments).map { try OutEvent($0) }
        reports = try ground.all(Topic.reports).map { try OutEvent($0) }
        events = told + reports
        refusals = Self.refusals(told)
        letters = try ground.all(Topic.deadLetters)
        state = try ground.all(Topic.state)
        states = foldState()
        histories = followHistories()
        checkIdentities()
        checkForwarding()
        checkDeadLetters()
        checkHistories()
        checkReports()
        checkCapacity(told)
    }

    package var summary: String {
        let names = Dictionary(grouping: events, by: \.name).mapValues(\.count)
        let twice = events.count - Set(events.map(\.id)).count
        return "assignments \(names["assignment.made"] ?? 0), "
            + "rescinded \(names["assignment.rescinded"] ?? 0), reports \(reports.count), "
            + "waiting \(names["request.waiting"] ?? 0), closed \(names["request.closed"] ?? 0), "
            + "dead letters \(letters.count), forwarded \(forwarded.count), duplicates \(twice), "
            + "offences \(offences.count)"
    }

    func expect(_ holds: Bool, _ offence: @autoclosure () -> String) {
        if !holds { list.offences.append(offence()) }
    }

    private final class Offences {
        var offences: [String] = []
    }

    private func checkIdentities() {
        for (id, same) in Dictionary(grouping: events, by: \.id) {
            expect(same.count == 1, "\(id) was told \(same.count) times")
        }
        let made = events.filter { $0.name == "assignment.made" }
        for (id, same) in Dictionary(grouping: made, by: \.data.assignmentId) {
            expect(same.count == 1, "\(id ?? "") was given \(same.count) times")
        }
    }

    // MARK: Forwarding

    private func checkForwarding() {
        let byOrigin = Dictionary(grouping: forwarded) { $0.header("opiniond-forwarded") ?? "" }
        for record in inputs where record.topic != prefix + Topic.specialists {
            guard scene.fault(of: record.value) == nil else { continue }
            let home = shard(of: record.keyText ?? "", among: shards)
            let isAway = record.partition != Int32(home)
            let found = byOrigin[record.place] ?? []
            expect(
                found.count == (isAway ? 1 : 0),
                "\(record.place) was forwarded \(found.count) times"
            )
            for copy in found {
                expect(copy.topic == record.topic, "\(record.place) was forwarded to \(copy.topic)")
                expect(copy.value == record.value && copy.key == record.key, "\(copy.place): bytes")
                expect(copy.timestamp == record.timestamp, "\(copy.place): timestamp")
                expect(copy.headers.dropLast() == record.headers[...], "\(copy.place): headers")
            }
        }
    }

    // MARK: Dead letters

    private func checkDeadLetters() {
        let byPlace = Dictionary(uniqueKeysWithValues: inputs.map { ($0.place, $0) })
        var seen: Set<String> = []
        for letter in letters {
            let place = letter.origin
            expect(seen.insert(place).inserted, "\(place) is twice in the dead letters")
            guard let original = byPlace[place] else {
                expect(false, "\(place) is in the dead letters and nowhere else")
                continue
            }
            let headers = letter.headers.filter { !$0.name.hasPrefix("opiniond-dlq-") }
            let isBare = letter.key == nil && headers.isEmpty
            if letter.header("opiniond-dlq-sha256") != nil {
                // Too large for its topic: without value, and without all if the rest is too large too.
                expect(letter.value == nil, "\(place): bytes beside their digest")
                let isRest = letter.key == original.key && headers == original.headers
                expect(isRest || isBare, "\(place): key or headers")
            } else {
                let isSame = letter.key == original.key && letter.value == original.value
                expect(isSame, "\(place): bytes")
                expect(headers == original.headers, "\(place): headers")
            }
            var whole = original
            whole.headers = letter.headers
            checkReason(whole, place)
        }
        checkWhatIsDead(seen)
    }

    private func checkReason(_ letter: Record, _ place: String) {
        let reason = letter.header("opiniond-dlq-reason") ?? ""
        let isResponse = scene.responses[letter.value ?? []] != nil
        let wanted = scene.fault(of: letter.value) ?? (isResponse ? "not-open" : "none")
        // A wrong specialist may also come too late.
        let isLate = wanted == "wrong-specialist" && reason == "not-open"
        let isDirective = scene.directives.contains(letter.value ?? [])
        let mayNot = isDirective && ["not-open", "not-eligible"].contains(reason)
        expect(
            reason == wanted || isLate || mayNot,
            "\(place) is dead for \(reason), not \(wanted)"
        )
        let names = letter.header("opiniond-dlq-rule") != nil
        expect(names == (reason == "not-eligible"), "\(place) is dead by no rule, or by one")
        guard place.hasPrefix(prefix + Topic.requests), reason != "not-json",
            reason != "not-cloudevent"
        else { return }
        let ending = "/refused/" + place.split(separator: "/").suffix(2).joined(separator: "/")
        let refused = refusals[ending] ?? 0
        expect(refused == (isDirective ? 0 : 1), "\(place) was refused \(refused) times")
    }

    private static func refusals(_ events: [OutEvent]) -> [String: Int] {
        Dictionary(grouping: events.filter { !$0.isNumbered }) { event in
            "/" + event.id.split(separator: "/").suffix(3).joined(separator: "/")
        }.mapValues(\.count)
    }

    /// Each bad record is dead; a response is if and only if it changed nothing.
    private func checkWhatIsDead(_ dead: Set<String>) {
        let effects = effects
        for record in inputs where !isRetirement(record) {
            let isDead = dead.contains(record.place)
            if let reason = scene.fault(of: record.value) {
                expect(isDead, "\(record.place) is not in the dead letters: \(reason)")
            } else if let id = scene.responses[record.value ?? []], !id.hasPrefix("accepted") {
                let isHome =
                    record.partition == Int32(shard(of: record.keyText ?? "", among: shards))
                let hadEffect = effects.contains(id)
                expect(isDead == (isHome && !hadEffect), "\(record.place), \(id): dead \(isDead)")
            }
        }
    }

    private func isRetirement(_ record: Record) -> Bool {
        record.value == nil && record.topic == prefix + Topic.specialists
    }

    /// Ids of the responses that took a seat back, or are reported, or kept for a report.
    private var effects: Set<String> {
        let caused = events.filter { $0.name == "assignment.rescinded" }.compactMap(\.causationid)
        let reported = reports.flatMap { $0.data.reports ?? [] }.map(\.assignmentId)
        let kept = states.flatMap { key, kept in
            kept.delivered(of: String(key.split(separator: " ").last ?? ""))
        }
        let last = histories.values.filter { $0.status == .closed }.flatMap(\.taken)
        return Set(caused + (reported + kept + last).map { "opinion-submitted-\($0)" })
    }

    // MARK: Histories

    private var numbered: [String: [OutEvent]] {
        Dictionary(grouping: events.filter(\.isNumbered), by: \.data.requestId).mapValues {
            $0.sorted { ($0.number ?? 0) < ($1.number ?? 0) }
        }
    }

    /// What became of each request by what was told of it.
    private func followHistories() -> [String: History] {
        var histories: [String: History] = [:]
        for (id, events) in numbered {
            var history = History(isPanel: scene.isPanel(id), offersAtOnce: offersAtOnce)
            expect(events.compactMap(\.number) == Array(1...events.count), "\(id): a gap")
            for event in events {
                if let offence = history.take(event) { expect(false, "\(event.id): \(offence)") }
            }
            histories[id] = history
        }
        return histories
    }

    private func checkHistories() {
        for id in Set(histories.keys).symmetricDifference(scene.requests.keys) {
            expect(false, "\(id) has \(numbered[id]?.count ?? 0) events")
        }
        for (id, events) in numbered {
            guard let history = histories[id] else { continue }
            checkEnd(history, of: id)
            let kept = states["request \(events[0].data.networkId) \(id)"]
            expect(kept?.told == events.count, "\(id): state told \(kept?.told ?? -1)")
            let isKept =
                kept?.status == history.status
                && (history.status != .open || kept?.taken(of: id) == history.taken)
            expect(isKept, "\(id): \(history.status), \(history.taken) is kept otherwise")
        }
    }

    private func checkEnd(_ history: History, of id: String) {
        let isWithdrawn = scene.withdrawn.contains(id)
        let isOver = history.status == .closed || history.status == .reported
        expect(isOver || !isWithdrawn, "\(id) was withdrawn and is \(history.status)")
        let mayClose = isWithdrawn || history.isExpired
        expect(history.status != .closed || mayClose, "\(id) was closed by nobody")
    }

    private func foldState() -> [String: KeptRequest] {
        var latest: [String: Record] = [:]
        for record in state { latest[record.keyText ?? ""] = record }
        return latest.compactMapValues {
            try? JSONDecoder().decode(KeptRequest.self, from: Data($0.value ?? []))
        }
    }
}

import Foundation
import OpinionFlow
import OpinionWire

/// What is to happen, drawn from a seed, and what was sent of it.
package struct Scene {
    /// How much there is of everything.
    package struct Size: Sendable {
        package var requests: Int
        package var networks: Int
        package var specialistsANetwork: Int
        /// Requests in a hundred that are for a panel.
        package var panels = 0
        /// Specialists in a hundred who accept offers by hand.
        package var asked = 0
        /// Requests in a hundred that come without the records they need.
        package var incomplete = 0

        package init(requests: Int, networks: Int, specialistsANetwork: Int) {
            self.requests = requests
            self.networks = networks
            self.specialistsANetwork = specialistsANetwork
        }
    }

    package static let families = [
        "breast": "C50.9", "lung": "C34.1", "colorectal": "C18.2", "prostate": "C61",
    ]

    package var random: Chance
    /// Whether publishers may err in the choice of a partition now.
    package var mayMisplace = false
    /// Every valid submission by its requestId.
    package internal(set) var requests: [String: Events.Request] = [:]
    package internal(set) var withdrawn: Set<String> = []
    /// What a request was amended to.
    package internal(set) var amendments: [String: [Events.Request]] = [:]
    /// Units ever in force, by specialist.
    package private(set) var units: [String: Set<Int>] = [:]
    /// Values of records that must be dead-lettered, with their reason; see ``fault(of:)``.
    var bad: [[UInt8]: String] = [:]
    /// Values of valid responses, with their event's id.
    package internal(set) var responses: [[UInt8]: String] = [:]
    /// Values of valid directives.
    package internal(set) var directives: Set<[UInt8]> = []
    /// What was found on an assignment.
    package internal(set) var opinions: [String: Events.Opinion] = [:]
    /// Who was seen to be given a seat of a request.
    var seated: [String: [String]] = [:]
    private(set) var specialists: [Events.Specialist] = []
    package let size: Size
    private let networks: [String]
    private let shards: Int
    /// Seconds since 1970.
    private let clock: () -> Double

    package init(
        seed: UInt64,
        size: Size,
        shards: Int,
        clock: @escaping () -> Double
    ) {
        random = Chance(seed: seed)
        self.size = size
        self.shards = shards
        self.clock = clock
        networks = (0..<size.networks).map { "net-\($0)" }
    }

    func time(_ offset: Double = 0) -> String { Events.text(clock() + offset) }

    // MARK: The roster

    package mutating func roster() -> [Outgoing] {
        let names = Self.families.keys.sorted()
        for network in networks {
            for number in 0..<size.specialistsANetwork {
                let first = names[number % names.count]
                var specialist = Events.Specialist(
                    id: "\(network)-sp-\(number)",
                    network: network,
                    families: Array(Set([first, random.pick(names)])).sorted(),
                    units: Int.random(in: 3...9, using: &random)
                )
                if 0 < size.panels { joinPanels(&specialist, number) }
                specialist.isAsked = 0 < size.asked && random.percent(size.asked)
                specialists.append(specialist)
            }
        }
        return specialists.map { profile($0) }
    }

    /// A specialist: what they treat, where they work and whether they are asked never changes.
    package func specialist(_ id: String) -> Events.Specialist? {
        specialists.first { $0.id == id }
    }

    /// Every code that a request's condition was ever said to have.
    package func codes(of id: String) -> Set<String> {
        Set((requests[id].map { [$0] } ?? []).map(\.code) + amendments[id, default: []].map(\.code))
    }

    /// Whether a request was first for a panel; it may be amended to one that isn't.
    package func isPanel(_ id: String) -> Bool { requests[id]?.kind == "panel" }

    private mutating func profile(_ specialist: Events.Specialist) -> Outgoing {
        units[specialist.id, default: []].insert(specialist.units)
        return Events.profiled(specialist, time: time())
    }

    /// A change of the roster: more or fewer units, absent, retired, back, moved, or unreadable.
    package mutating func rosterChange() -> Outgoing {
        let index = Int.random(in: 0..<specialists.count, using: &random)
        specialists[index].version += 1
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3: specialists[index].units = Int.random(in: 2...12, using: &random)
        case 4: specialists[index].isActive.toggle()
        case 5...6: return Events.retired(specialists[index].id)
        case 7: specialists[index].network = random.pick(networks)
        case 8: return badProfile(specialists[index])
        default: specialists[index].isActive = true
        }
        return profile(specialists[index])
    }

    private mutating func badProfile(_ specialist: Events.Specialist) -> Outgoing {
        var record = Events.profiled(specialist, time: time())
        let text = String(decoding: record.value ?? [], as: UTF8.self)
            .replacing("\"level\":3", with: "\"level\":9")
        record.value = Array(text.utf8)
        bad[Array(text.utf8)] = "schema"
        return record
    }

    // MARK: Requests

    /// One more request with what belongs to it: copies, amendments, withdrawals, in some order.
    package mutating func request(_ number: Int) -> [Outgoing] {
        let names = Self.families.values.sorted()
        var request = Events.Request(id: Self.id(number), network: random.pick(networks))
        request.code = random.pick(names)
        request.priority = random.pick(["routine", "routine", "urgent", "stat"])
        if random.percent(10) { request.firstOpinion = random.pick(specialists).id }
        if random.percent(10) { request.excluded = [random.pick(specialists).id] }
        if 0 < size.panels, random.percent(size.panels) { askPanel(&request) }
        if 0 < size.incomplete { addRecords(to: &request) }
        requests[request.id] = request
        var records = [Events.submitted(request, time: time())]
        if random.percent(5) { records.append(records[0]) }
        if random.percent(3) {
            records.append(Events.submitted(request, id: "again-\(request.id)", time: time()))
        }
        if random.percent(6) { records.append(amendment(of: request)) }
        let conflicts = random.percent(4)
        if conflicts { records.append(conflict(with: request)) }
        if random.percent(8) {
            withdrawn.insert(request.id)
            let withdrawal = Events.withdrawn(request.id, of: request.network, time: time())
            records.insert(withdrawal, at: random.percent(50) ? 0 : records.count)
        }
        return conflicts ? records : records.map { perhapsMisplaced($0) }
    }

    /// The requestId of the request of that number.
    package static func id(_ number: Int) -> String { "rq-\(number)" }

    private mutating func amendment(of request: Events.Request) -> Outgoing {
        var changed = request
        changed.code = random.pick(Self.families.values.sorted())
        changed.priority = "urgent"
        amendments[request.id, default: []].append(changed)
        return Events.amended(changed, id: "amend-\(request.id)", time: time(1))
    }

    /// The id of the submission's event with other content.
    ///
    /// It comes right behind, in the same partition, so that it can't be taken for the submission.
    private mutating func conflict(with request: Events.Request) -> Outgoing {
        var changed = request
        changed.excluded.append("somebody-else")
        let record = Events.submitted(changed, time: time())
        bad[record.value ?? []] = "conflict"
        return record
    }

    /// Why a record must be dead-lettered, with this value; nil: it needn't be.
    ///
    /// Without a value it is no event. (The directory has such records, to retire somebody.)
    func fault(of value: [UInt8]?) -> String? {
        guard let value else { return Self.noEvent }
        return bad[value]
    }

    private static let noEvent = "not-cloudevent"

    /// Record kinds as in ``Broken``, made unique, and at times in the wrong partition as well.
    package mutating func badRecord(_ number: Int) -> Outgoing {
        var (record, reason) = Broken.record(number, time: time())
        guard let value = record.value else { return nothing(number) }
        record.headers = []
        // The cut off one is the same each time without this.
        record.value =
            value + Array(repeating: UInt8(ascii: " "), count: number % 97) + Array("\n".utf8)
        if reason == "not-json" { record.value? += Array("\(number)".utf8) }
        if reason == Self.noEvent { record.value = Array("{\"number\":\(number)}".utf8) }
        bad[record.value ?? []] = reason
        return record
    }

    /// No event: a list, or not a byte, be it of value or of key.
    private mutating func nothing(_ number: Int) -> Outgoing {
        let topic = random.pick([Topic.requests, Topic.responses])
        if random.percent(50) { return Outgoing(topic: topic, key: nil, value: nil) }
        let list = Array("[\(number)]".utf8)
        bad[list] = Self.noEvent
        return Outgoing(topic: topic, key: "net-0", value: list)
    }

    /// Sent as a publisher with another partitioner would, at times.
    mutating func perhapsMisplaced(_ record: Outgoing) -> Outgoing {
        guard let key = record.key, fault(of: record.value) == nil,
            mayMisplace, random.percent(10)
        else { return record }
        var record = record
        let home = OpinionFlow.shard(of: key, among: shards)
        record.partition = Int32((home + 1) % shards)
        return record
    }
}

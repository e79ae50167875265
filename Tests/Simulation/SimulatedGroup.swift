/// A consumer group with static members and the eager range assignor, as a coordinator keeps it.
///
/// ```
///   stable ── join, leave, session ended ──► rebalancing ── all have joined again ──► stable
/// ```
/// A static member that comes back under its name within its session gets what it had, without a
/// rebalance (KIP-345).
final class SimulatedGroup {
    /// How long a silent member keeps its place.
    static let sessionMilliseconds: Int64 = 45_000

    /// What a member is told.
    enum Notice: Equatable {
        case assigned([Int])
        /// Give back what you have, then join again.
        case revoked
        /// Another process came under the same name.
        case fenced
    }

    private struct Member {
        var process: Int
        var hasJoined: Bool
        var seenAt: Int64
        var shards: [Int] = []
    }

    /// Partitions that are shared out; somebody may raise the topics.
    var shards: Int
    private var members: [String: Member] = [:]
    private(set) var generation = 0
    private(set) var rebalances = 0
    private var isRebalancing = false
    private let tell: (_ process: Int, Notice) -> Void

    init(shards: Int, tell: @escaping (_ process: Int, Notice) -> Void) {
        self.shards = shards
        self.tell = tell
    }

    /// A process joins, or joins again after it gave its shards back.
    func join(_ name: String, process: Int, at now: Int64) {
        guard let member = members[name] else {
            members[name] = Member(process: process, hasJoined: true, seenAt: now)
            rebalance(except: name)
            return completeIfAll()
        }
        if member.process != process { tell(member.process, .fenced) }
        members[name]?.process = process
        members[name]?.seenAt = now
        members[name]?.hasJoined = true
        if isRebalancing { completeIfAll() } else { tell(process, .assigned(member.shards)) }
    }

    /// A process leaves for good: what it has is shared out at once.
    func leave(_ name: String, process: Int) {
        guard members[name]?.process == process else { return }
        members[name] = nil
        rebalance(except: nil)
        completeIfAll()
    }

    /// A sign of life.
    ///
    /// - Returns: Whether the process is still a member.
    func beat(_ name: String, process: Int, at now: Int64) -> Bool {
        guard members[name]?.process == process else { return false }
        members[name]?.seenAt = now
        return true
    }

    /// Removes whoever has been silent for longer than a session.
    func expire(at now: Int64) {
        let silent = members.filter { now - $0.value.seenAt > Self.sessionMilliseconds }.keys
            .sorted()
        for name in silent { members[name] = nil }
        guard !silent.isEmpty else { return }
        rebalance(except: nil)
        completeIfAll()
    }

    /// Whether offsets of that member and generation are taken now.
    func accepts(_ name: String, process: Int, generation: Int) -> Bool {
        members[name]?.process == process && self.generation == generation
    }

    func isMember(_ name: String, process: Int) -> Bool { members[name]?.process == process }

    private func rebalance(except joined: String?) {
        guard !isRebalancing else { return }
        isRebalancing = true
        rebalances += 1
        for name in members.keys.sorted() where name != joined {
            guard let member = members[name] else { continue }
            members[name]?.hasJoined = false
            tell(member.process, .revoked)
        }
    }

    private func completeIfAll() {
        guard isRebalancing, members.values.allSatisfy(\.hasJoined) else { return }
        isRebalancing = false
        generation += 1
        let names = members.keys.sorted()
        for (index, name) in names.enumerated() {
            let each = shards / names.count
            let more = shards % names.count
            let first = index * each + min(index, more)
            let count = each + (index < more ? 1 : 0)
            members[name]?.shards = Array(first..<(first + count))
            if let member = members[name] { tell(member.process, .assigned(member.shards)) }
        }
    }
}

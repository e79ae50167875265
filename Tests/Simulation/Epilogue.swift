import OpinionService
import OpinionTesting
import OpinionWire

/// What happens after a run has ended well: everything stops, something befalls the topics or the group, and
/// everything is started again.
///
/// Either the start must refuse, with nothing committed before, or it must go on as if nothing had been.
struct Epilogue {
    /// What befalls topics and group while nobody looks.
    enum Calamity: CaseIterable {
        /// The requests are deleted and made anew, with as many new records or more.
        case requestsMadeAnew
        /// With fewer.
        case requestsCutShort
        case responsesMadeAnew
        /// While all are at work.
        case requestsMadeAnewMeanwhile
        case rosterMadeAnew
        /// All of it in another cluster, without the logs that the state is of.
        case clusterMirrored
        /// All of it in another cluster, offset by offset the same.
        case clusterRenamed
        /// Partitions are added to all topics that have one a shard.
        case partitionsRaised
        /// Somebody else commits under the group's name, beyond the end.
        case strangerCommits
        /// The group is deleted.
        case offsetsDeleted
        case nothing
    }

    private let world: World
    private let calamity: Calamity

    init(_ world: World, seed: UInt64) {
        self.world = world
        var chance = Chance(seed: seed &+ 2_000_000_011)
        calamity = chance.pick(Array(Calamity.allCases))
    }

    /// - Returns: What is wrong with what came of it.
    func offences() -> [String] {
        guard let expected = befall() else { return [] }
        world.tell("\(calamity), expecting \(expected)")
        let commits = world.broker.ended.committed
        if calamity == .requestsMadeAnewMeanwhile { return offencesMeanwhile() }
        let ends = world.startAgain()
        switch expected {
        case .refusal(let code):
            let isRefused = ends == Array(repeating: code, count: world.machines.names.count)
            let isUntouched = commits == world.broker.ended.committed
            return (isRefused ? [] : ["\(calamity) is not refused with \(code.rawValue): \(ends)"])
                + (isUntouched ? [] : ["\(calamity): something is committed before it is refused"])
        case .goingOn:
            let isFine = ends.isEmpty && world.isSettled
            return world.offences + (isFine ? [] : ["\(calamity) stops the service: \(ends)"])
        }
    }

    /// Whoever reads the log that was made anew notices, and so does whoever starts afterwards, whatever was
    /// committed in between.
    private func offencesMeanwhile() -> [String] {
        world.machines.isOver = true
        world.broker.onCommit = { _, _ in }
        let isNoticed = world.elapseUntilEnd()
        let again = world.startOver()
        return (isNoticed ? [] : ["\(calamity): nobody notices"])
            + (again == [.stateMismatch]
                ? [] : ["\(calamity): a start after it ends with \(again)"])
    }

    private enum Expectation {
        case refusal(ExitCode)
        case goingOn
    }

    /// Does it.
    ///
    /// - Returns: What must come of it; nil: it can't be done here.
    private func befall() -> Expectation? {
        if calamity == .requestsMadeAnewMeanwhile { return remake(Topic.requests) { $0 + 3 } }
        world.stopAll()
        let broker = world.broker
        switch calamity {
        case .requestsMadeAnew: return remake(Topic.requests) { $0 + 3 }
        case .requestsCutShort: return remake(Topic.requests) { $0 / 2 }
        case .requestsMadeAnewMeanwhile: return nil
        case .responsesMadeAnew: return remake(Topic.responses) { $0 + 1 }
        case .rosterMadeAnew: return remake(Topic.specialists) { $0 }
        case .clusterMirrored:
            broker.cluster = "cluster-2"
            return remake(Topic.requests) { $0 }
        case .clusterRenamed: broker.cluster = "cluster-2"
        case .partitionsRaised:
            guard isWritten else { return nil }
            broker.shards += world.machines.names.count
            world.group.shards = broker.shards
            // Whoever has the new shard only would be at work while others find out.
            send("raised", to: Topic.requests, Int32(broker.shards - 1))
            return .refusal(.badSettings)
        case .strangerCommits:
            guard isWritten else { return nil }
            let place = TopicPartition(Topic.requests, 0)
            broker.commit(broker.end(of: place) + 1_000, of: place)
            return .refusal(.stateMismatch)
        case .offsetsDeleted: broker.forgetOffsets()
        case .nothing: break
        }
        return .goingOn
    }

    private var isWritten: Bool { 0 < world.broker.ended.committed }

    /// - Parameters:
    ///   - topic: Deleted, made anew and filled with other records.
    ///   - count: How many a partition gets that had so many offsets.
    /// - Returns: That it must be refused; nil: nothing was ever read of it.
    private func remake(_ topic: String, _ count: (Int) -> Int) -> Expectation? {
        let broker = world.broker
        let counts = (0..<broker.partitions(of: topic)).map {
            Int(broker.end(of: TopicPartition(topic, Int32($0))))
        }
        guard isWritten, counts.contains(where: { 0 < $0 }) else { return nil }
        broker.recreate(topic)
        for (partition, old) in counts.enumerated() {
            for number in 0..<count(old) {
                send("anew-\(number)", to: topic, Int32(partition))
            }
        }
        return .refusal(.stateMismatch)
    }

    /// A record that is no event.
    private func send(_ key: String, to topic: String, _ partition: Int32) {
        world.broker.send(
            Outgoing(topic: topic, key: key, value: Array(key.utf8), partition: partition),
            at: world.now
        )
    }
}

extension World {
    /// How long a start has to refuse or to settle, in milliseconds.
    private static let settling: Int64 = 200_000

    /// Ends all processes at once.
    func stopAll() {
        machines.isOver = true
        machines.killAll()
        // What was on its way arrives, and the group forgets them.
        elapse(until: now + SimulatedGroup.sessionMilliseconds + 5_000)
    }

    /// Starts all processes.
    ///
    /// - Returns: The codes with which some have ended by themselves.
    func startAgain() -> [ExitCode] {
        machines.startAll()
        elapse(until: now + Self.settling) {
            machines.ends.count < machines.names.count && !isSettled
        }
        return machines.ends
    }

    /// Whether a process ends within a while because of what it reads.
    func elapseUntilEnd() -> Bool {
        elapse(until: now + Self.settling) { machines.ends.isEmpty }
        return machines.ends.first == .stateMismatch
    }

    /// Ends all that still run, and starts all again.
    ///
    /// - Returns: The codes with which they end.
    func startOver() -> Set<ExitCode> {
        stopAll()
        let before = machines.ends.count
        machines.startAll()
        elapse(until: now + Self.settling) { machines.ends.count < before + machines.names.count }
        return Set(machines.ends.dropFirst(before))
    }

    /// Whether every shard is at work and nothing is left to do.
    var isSettled: Bool {
        (0..<broker.shards).allSatisfy { machines.owned($0).map(isAtRest) == true }
    }
}

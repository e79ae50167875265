package import OpinionFlow
internal import OpinionMatching
package import OpinionWire

/// A shard whose state is being read back, and what makes it trustworthy.
///
/// Records go in, in their order; at the end the digest, the number of shards and the group's offsets
/// say whether this is what was written. Nothing is guessed: what doesn't agree is refused.
package struct Restoration {
    package private(set) var shard: Shard
    package private(set) var meta: Meta?
    /// Records of the state that were taken in; what there was already is not counted.
    package private(set) var records = 0

    private let site: KafkaSite
    private let state: TopicPartition
    private let shards: Int
    private let states: StateReader

    /// - Parameters:
    ///   - number: The shard.
    ///   - shards: How many there are.
    ///   - site: Where the topics are.
    ///   - warm: What there is of it already; nil: nothing.
    ///   - reader: Reads the records; one may serve all restorations of a thread.
    package init(
        of number: Int,
        among shards: Int,
        _ site: KafkaSite,
        from warm: WarmShard? = nil,
        reader: StateReader = StateReader()
    ) {
        states = reader
        shard = warm?.shard ?? Shard(number: number, policy: Self.unsettled)
        meta = warm?.meta
        state = TopicPartition(site.name(Topic.state), Int32(number))
        self.site = site
        self.shards = shards
    }

    /// Takes a committed record of the state in.
    ///
    /// - Throws: ``Stop`` when it can't be read or a newer program wrote it.
    package mutating func take(_ record: Record) throws(Stop) {
        records += 1
        do throws(StateError) {
            switch try states.read(record) {
            case .request(let request): shard.restore(request)
            case .erased(let key): shard.restoreErased(key)
            case .meta(let new): meta = new
            }
        } catch {
            throw Stop(.stateMismatch, error.explanation(record))
        }
    }

    /// What was read so far, up to an offset of the state; nil before the first meta record.
    package func warm(upTo position: Int64) -> WarmShard? {
        meta.map { meta in
            WarmShard(
                shard: shard,
                meta: meta,
                position: position,
                isExact: false
            )
        }
    }

    /// Reading back asks nothing of a policy: ``finish(by:committed:)`` brings the one in force.
    private static let unsettled = Policy(name: "", sha256: "")

    /// Derives the rest of the shard, if all is there.
    ///
    /// - Parameters:
    ///   - policy: By which the shard decides from now on, whatever was in force when some of it was read.
    ///   - committed: The group's offsets of the two inputs, where it has any.
    /// - Throws: ``Stop`` saying what doesn't agree and how to repair it.
    package mutating func finish(
        by policy: Policy,
        committed: [TopicPartition: Int64]
    ) throws(Stop) {
        try check(committed)
        shard.settle(decidedAt: meta?.decidedAt ?? .distantPast, by: policy)
    }

    private func check(_ committed: [TopicPartition: Int64]) throws(Stop) {
        let offsets = OffsetCheck(Int(state.partition), site, committed)
        if let stop = offsets.stop(meta, hasRecords: records > 0) { throw stop }
        guard let meta else { return }
        guard meta.shards == shards else {
            throw TopicCheck.changed(from: meta.shards, to: shards, site)
        }
        guard meta.digest == shard.digest else {
            throw Self.refusal(
                state,
                "does not match its digest: records are missing or were altered"
            )
        }
    }

    /// The state of a shard can't be believed.
    static func refusal(_ state: TopicPartition, _ what: String, _ hint: String = "") -> Stop {
        Stop(
            .stateMismatch,
            "\(state.topic)/\(state.partition) \(what). \(hint)Bring the topic back from a replica or "
                + "backup, or, to begin anew, delete the group's offsets and empty the topic."
        )
    }
}

extension StateError {
    func explanation(_ record: Record) -> String {
        let place = "\(record.topic)/\(record.partition)/\(record.offset)"
        return switch self {
        case .unreadable(let what): "the state at \(place) can't be read: \(what)"
        case .newerFormat(let format):
            "the state at \(place) has format \(format), this program reads up to \(Meta.format): "
                + "start the newer version again"
        }
    }
}

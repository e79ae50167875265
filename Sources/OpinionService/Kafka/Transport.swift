package import KafkaTransport
package import OpinionFlow
package import OpinionMatching
package import OpinionWire

/// What the loop needs of Kafka.
///
/// Everything that happens comes out of ``next(waitMilliseconds:withRecords:)``, also what other
/// threads did; everything that is asked for is answered there. So the loop is one sequence of
/// happenings, and whoever brings them (librdkafka, or a simulated cluster with a seed) decides
/// their order.
package protocol Transport: AnyObject {
    /// Begins: looks for the brokers and checks the topics. Answered by `verified`, then `roster`.
    func start()
    /// The next thing that happened; nil when the time is up.
    ///
    /// Without records only what other threads did is taken: for when there is no room for more.
    func next(waitMilliseconds: Int32, withRecords: Bool) -> Happening?
    /// Reads these partitions from these offsets, and no others.
    func fetch(_ positions: [(TopicPartition, Int64)])
    /// Makes a shard ours: fences predecessors, reads its state. Answered by `takenOver`.
    func takeOver(_ shard: Int)
    /// Commits one transaction of a shard; one at a time each. Answered by `committed`, `aborted`
    /// or `lost`.
    ///
    /// - Returns: false when this instance is no member of its group right now: try again later.
    func commit(_ transaction: Transaction) -> Bool
    /// Gives a shard's producer up; nothing more is heard of it.
    ///
    /// - Parameters:
    ///   - shard: The shard.
    ///   - parked: What it was, all committed: kept, so that taking it over again costs little. nil: what
    ///     became of it is not known.
    func release(_ shard: Int, parked: ParkedShard?)
    /// Tells the group that its revocation has been carried out.
    func unassign()
    /// Asks for the ends of these partitions. Answered by `ends`.
    func askEnds(of partitions: [TopicPartition], at now: Moment)
    /// Ends everything, in bounded time.
    ///
    /// - Parameter reason: Why the process ends if not because it was asked to.
    func stop(because reason: ExitCode?)
}

/// Something that happened.
package enum Happening: Sendable {
    /// The topics are there and fit: how many shards, how many partitions of the roster.
    case verified(shards: Int, rosterPartitions: Int)
    /// Profiles, with the offsets up to which they were read; whole when that is the end.
    case roster([Record], next: [Int64], isWhole: Bool)
    case record(Record)
    case endOfPartition(TopicPartition, offset: Int64)
    case assigned([TopicPartition])
    case revoked([TopicPartition], isLost: Bool)
    /// How far the state of a shard has been read.
    case restoring(shard: Int, read: Int64, of: Int64)
    indirect case takenOver(TakenOver)
    /// How many shards that are not ours have been read to their end, ready to be taken over.
    case standby(Int)
    case committed(shard: Int)
    /// Nothing of it was written; it is to be sent again as it stands.
    case aborted(shard: Int)
    /// A shard is no longer ours, or what became of its last transaction is unknown.
    case lost(shard: Int, KafkaError)
    /// Where the inputs ended at a moment.
    case ends([TopicPartition: Int64], askedAt: Moment)
    /// Something doesn't work at the moment; it is being tried again.
    case trouble(Trouble, KafkaError)
    /// What did not work works again.
    case recovered(Trouble)
    /// Only a person can help.
    case stop(Stop)
}

/// What may not work for a while, as `reasons` of the health line names it.
package enum Trouble: String, Hashable, Sendable {
    case broker = "broker-unreachable"
    case commits = "commits-failing"
    case takeover = "takeover-failing"
    case rights = "not-authorised"
    case membership = "no-group-member"
}

/// A shard with its state read back.
package struct TakenOver: Sendable {
    package var shard: Shard
    /// nil: the shard has never been written.
    package var meta: Meta?
    /// The next offsets to be read.
    package var requests: Int64
    package var responses: Int64
    /// Records of the state that were read, and how long that took.
    package var records: Int
    package var milliseconds: Int
    /// Whether it went on from what there was of it, and only the tail of the state was read.
    package var isResumed = false

    package init(
        shard: Shard,
        meta: Meta?,
        requests: Int64,
        responses: Int64,
        records: Int,
        milliseconds: Int
    ) {
        self.shard = shard
        self.meta = meta
        self.requests = requests
        self.responses = responses
        self.records = records
        self.milliseconds = milliseconds
    }
}

extension Transport {
    package func release(_ shard: Int) { release(shard, parked: nil) }
}

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
    func next(waitMilliseconds: Int32, withRecords: Bool) -> TransportEvent?
    /// Reads these partitions from these offsets, and no others.
    func fetch(_ positions: [(TopicPartition, Int64)])
    /// Makes a shard ours: fences predecessors, reads its state. Answered by `takenOver`.
    ///
    /// - Parameters:
    ///   - shard: The shard.
    ///   - policy: By which what follows from its state is worked out.
    func takeOver(_ shard: Int, by policy: Policy)
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
    /// Looks whether logs are still those that were read. Answered by `inspected`, with nothing while the brokers are away.
    func inspect(_ marks: [LogMark])
    /// Ends everything, in bounded time.
    ///
    /// - Parameter end: How it ends.
    func stop(_ end: TransportEnd)
}

/// How a process ends.
package enum TransportEnd: Hashable, Sendable {
    /// As asked: its shards wait for its return for a session.
    case stay
    /// As asked: its shards go to others at once.
    case leave
    /// By itself, and why.
    case fail(ExitCode)
}

/// Something that happened.
package enum TransportEvent: Sendable {
    /// The topics are there and fit, and nothing refuses the start.
    case verified(StartFacts)
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
    /// Nothing of it was written; it is to be sent again as it stands, unless a topic does not take a record of
    /// that size.
    case aborted(shard: Int, refusedBy: String? = nil)
    /// A shard is no longer ours, or what became of its last transaction is unknown; `by`: who has written its
    /// state since, where that can be told.
    case lost(shard: Int, KafkaError, by: String? = nil)
    /// Where the inputs ended at a moment.
    case ends([TopicPartition: InputEnd], askedAt: Moment)
    /// What lies where logs were looked at.
    case inspected([LogFinding])
    /// Topics that were gone are there again: perhaps others under the same name.
    case topicsAreBack
    /// Something doesn't work at the moment, for one shard or at all; it is being tried again.
    case trouble(Trouble, KafkaError, of: Int? = nil)
    /// What did not work works again.
    case recovered(Trouble, of: Int? = nil)
    /// Only a person can help.
    case stop(Stop)
}

/// What a start builds on.
package struct StartFacts: Hashable, Sendable {
    package var shards: Int
    package var rosterPartitions: Int
    /// The id of the Kafka cluster; nil: it has none, or didn't say.
    package var cluster: String?
    /// Bytes that a record may have in each topic (`max.message.bytes`), where we may know it.
    package var bytesMax: [OutTopic: Int]
    /// What a person should look at about how the topics are set up.
    package var warnings: [String] = []
    /// Logs that are others than those that were read, and that a person has accepted.
    package var accepted: [String] = []
    /// Whether any shard has been written.
    package var hasState = false

    package init(
        shards: Int,
        rosterPartitions: Int,
        cluster: String? = nil,
        bytesMax: [OutTopic: Int] = [:]
    ) {
        self.shards = shards
        self.rosterPartitions = rosterPartitions
        self.cluster = cluster
        self.bytesMax = bytesMax
    }
}

/// A shard with its state read back.
package struct TakenOver: Sendable {
    package var shard: Shard
    /// nil: the shard has never been written.
    package var meta: Meta?
    /// The next offsets to be read.
    package var requests: Int64
    package var responses: Int64
    /// How far the roster has to have been read, a partition each.
    package var roster: [Int64]
    /// What the logs look like up to there.
    package var fingerprints: Fingerprints
    /// Records of the state that were read, and how long that took.
    package var records: Int
    package var milliseconds = 0
    /// Whether it went on from what there was of it, and only the tail of the state was read.
    package var isResumed = false

    /// A shard that has never been written.
    package init(newShard shard: Shard, requests: Int64 = 0, responses: Int64 = 0) {
        self.shard = shard
        records = 0
        meta = nil
        (self.requests, self.responses) = (requests, responses)
        roster = []
        fingerprints = Fingerprints()
    }

    /// A shard that goes on where its meta says; a log that was accepted begins anew.
    package init(_ restoration: Restoration, _ meta: Meta, _ verdicts: LogVerdicts) {
        shard = restoration.shard
        records = restoration.records
        self.meta = meta
        let strangers = Set(verdicts.strangers.map(\.mark.place))
        let (inputs, people) = (verdicts.findings.prefix(2), verdicts.findings.dropFirst(2))
        let positions = inputs.map { $0.position(ifOther: strangers.contains($0.mark.place)) }
        (requests, responses) = (positions[0], positions[1])
        roster = people.map { $0.position(ifOther: strangers.contains($0.mark.place)) }
        let prints = verdicts.findings.map { strangers.contains($0.mark.place) ? nil : $0.known }
        fingerprints = Fingerprints(
            requests: prints[0],
            responses: prints[1],
            roster: Array(prints.dropFirst(2))
        )
    }
}

extension LogFinding {
    /// Where to go on: in another log at its beginning.
    fileprivate func position(ifOther isOther: Bool) -> Int64 { isOther ? low : mark.position }

    /// The fingerprint in force; where none was noted, what is there is believed.
    fileprivate var known: Fingerprint? { mark.fingerprint ?? found }
}

extension Transport {
    package func release(_ shard: Int) { release(shard, parked: nil) }
}

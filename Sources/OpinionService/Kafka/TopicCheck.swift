internal import KafkaTransport
internal import OpinionWire

/// Whether the topics are there and fit together.
package enum TopicCheck {
    /// What was found.
    package struct Counts: Hashable, Sendable {
        package var shards: Int
        package var rosterPartitions: Int
    }

    /// Reads the numbers of partitions and checks them.
    ///
    /// - Returns: The counts, or why we can't start with these topics.
    /// - Throws: ``KafkaError`` when the brokers can't be asked.
    static func run(
        _ site: KafkaSite,
        _ watch: Deadline.Watch,
        timeoutMilliseconds: Int32 = 10_000
    ) throws(KafkaError) -> Result<Counts, Stop> {
        let reader = try WatchedReader(site, .readCommitted, watch)
        defer { reader.close() }
        let counts = try reader.partitionCounts(
            of: site.topics,
            timeoutMilliseconds: timeoutMilliseconds
        )
        return judge(counts, site)
    }

    static func judge(_ counts: [String: Int], _ site: KafkaSite) -> Result<Counts, Stop> {
        let missing = site.topics.filter { counts[$0] == nil }
        guard missing.isEmpty else {
            return .failure(
                Stop(
                    .badSettings,
                    "missing topics: \(missing.joined(separator: ", ")); "
                        + "create them, for instance with: opinionctl topics create"
                )
            )
        }
        let equal = (site.inputs + [site.name(Topic.state)]).map { ($0, counts[$0] ?? 0) }
        guard Set(equal.map(\.1)).count == 1, let shards = equal.first?.1 else {
            let list = equal.map { "\($0.0) has \($0.1)" }.joined(separator: ", ")
            return .failure(
                Stop(.badSettings, "these topics need equal numbers of partitions: \(list)")
            )
        }
        let roster = counts[site.name(Topic.specialists)] ?? 0
        return .success(Counts(shards: shards, rosterPartitions: roster))
    }
}

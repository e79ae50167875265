internal import OpinionWire

/// Whether the topics are there and fit together.
package enum TopicCheck {
    /// What was found.
    package struct Counts: Hashable, Sendable {
        package var shards: Int
        package var rosterPartitions: Int

        package init(shards: Int, rosterPartitions: Int) {
            self.shards = shards
            self.rosterPartitions = rosterPartitions
        }
    }

    /// The topics that aren't there.
    package static func missing(_ counts: [String: Int], _ site: KafkaSite) -> [String] {
        site.topics.filter { counts[$0] == nil }
    }

    /// Why we can't start without these topics.
    package static func missingStop(_ topics: [String]) -> Stop {
        Stop(
            .badSettings,
            "missing topics: \(topics.joined(separator: ", ")); create them, for instance with: "
                + "opinionctl topics create. Is kafka.topicPrefix right?",
            reason: "topics-missing"
        )
    }

    /// Judges the numbers of partitions.
    ///
    /// - Parameters:
    ///   - counts: Partitions of each topic that is there.
    ///   - site: Where the topics are.
    ///   - stateShards: With how many shards the state was written; nil: it wasn't yet, or nobody could look.
    /// - Returns: The counts, or why we can't start with these topics.
    package static func judge(
        _ counts: [String: Int],
        _ site: KafkaSite,
        stateShards: Int? = nil
    ) -> Result<Counts, Stop> {
        let missing = missing(counts, site)
        guard missing.isEmpty else { return .failure(missingStop(missing)) }
        let equal = (site.inputs + [site.name(Topic.state)]).map { ($0, counts[$0] ?? 0) }
        guard Set(equal.map(\.1)).count == 1, let shards = equal.first?.1 else {
            return .failure(unequal(equal, stateShards, site))
        }
        let roster = counts[site.name(Topic.specialists)] ?? 0
        return .success(Counts(shards: shards, rosterPartitions: roster))
    }

    private static func unequal(
        _ counts: [(topic: String, count: Int)],
        _ stateShards: Int?,
        _ site: KafkaSite
    ) -> Stop {
        let list = counts.map { "\($0.topic) has \($0.count)" }.joined(separator: ", ")
        let problem = "these topics need equal numbers of partitions: \(list). "
        guard let stateShards else {
            let most = counts.map(\.count).max() ?? 0
            return Stop(
                .badSettings,
                problem + "There is no state yet: raise those that have fewer to \(most).",
                reason: "topics-changed"
            )
        }
        let raised = counts.filter { stateShards < $0.count }.map(\.topic)
        let lowered = counts.filter { $0.count < stateShards }.map(\.topic)
        return Stop(
            .badSettings,
            problem + "The state was written with \(stateShards), and that stays",
            reason: "topics-changed",
            remedy: (lowered.isEmpty
                ? "" : "Raise \(lowered.joined(separator: ", ")) to \(stateShards). ")
                + (raised.isEmpty ? "" : wayBack(raised, to: stateShards))
        )
    }

    /// All have been raised alike, though there is a state.
    static func changed(from written: Int, to now: Int, _ site: KafkaSite) -> Stop {
        let state = site.name(Topic.state)
        let what =
            "\(state) was first written with \(written) partitions and now has \(now): networks would "
        let way =
            written < now
            ? wayBack(site.inputs + [state], to: written)
            : "Raise \((site.inputs + [state]).joined(separator: ", ")) to \(written)."
        return Stop(
            .badSettings,
            what + "change their shards, and their requests be given away twice",
            reason: "topics-changed",
            remedy: way
        )
    }

    /// Kafka can't take partitions away, so raising the others after the odd one leads nowhere.
    private static func wayBack(_ topics: [String], to count: Int) -> String {
        "Kafka can't take partitions away: don't raise the others. Copy \(topics.joined(separator: ", ")), and all that "
            + "is right already, at the same offsets into topics of \(count) partitions under another "
            + "kafka.topicPrefix, or bring them back from a backup; send what lies in the added partitions once more"
    }
}

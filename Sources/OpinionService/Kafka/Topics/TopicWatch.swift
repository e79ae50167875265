package import KafkaTransport
package import OpinionWire

/// Whether the topics are still those that the start was built on.
package struct TopicWatch {
    private let site: KafkaSite
    private var counts: [String: Int] = [:]
    /// Since when topics are missing; nil: none is.
    private var missingSince: Double?

    package init(_ site: KafkaSite) { self.site = site }

    package enum Finding {
        case fine
        /// Topics are there again that were gone: perhaps made anew.
        case back
        case missing([String])
        case changed(KafkaError)
        case stop(Stop)
    }

    /// - Parameter facts: What the start was built on.
    package mutating func begin(with facts: StartFacts) {
        for topic in site.inputs + [site.name(Topic.state)] { counts[topic] = facts.shards }
        counts[site.name(Topic.specialists)] = facts.rosterPartitions
        missingSince = nil
    }

    /// Judges what is there now.
    ///
    /// - Parameters:
    ///   - now: Partitions of each topic that is there.
    ///   - uptime: Now, in seconds.
    /// - Returns: What is to be told.
    package mutating func look(_ now: [String: Int], at uptime: Double) -> Finding {
        let missing = TopicCheck.missing(now, site)
        guard missing.isEmpty else {
            return stop(missing, at: uptime).map { .stop($0) } ?? .missing(missing)
        }
        let changed = counts.filter { now[$0.key] != $0.value }.sorted { $0.key < $1.key }
        guard changed.isEmpty else {
            return .changed(Self.error(changed.map { ($0, $1, now[$0] ?? 0) }))
        }
        guard missingSince.take() != nil else { return .fine }
        return .back
    }

    /// Notes that topics are missing.
    ///
    /// A broker that has just booted may not know them yet, and whoever makes them may be at it.
    ///
    /// - Returns: Why the daemon ends, once it has waited long enough.
    package mutating func stop(_ missing: [String], at uptime: Double) -> Stop? {
        let since = missingSince ?? uptime
        missingSince = since
        return uptime - since < site.topicsWaitSeconds ? nil : TopicCheck.missingStop(missing)
    }

    static func error(_ missing: [String]) -> KafkaError {
        KafkaError(
            found: "not there: \(missing.joined(separator: ", "))",
            attempted: "looking at the topics"
        )
    }

    private static func error(_ changed: [(topic: String, was: Int, now: Int)]) -> KafkaError {
        let list = changed.map { "\($0.topic) had \($0.was) partitions and has \($0.now)" }
        return KafkaError(
            found: list.joined(separator: ", ")
                + ": the next start will refuse unless the number of shards is as it was",
            attempted: "looking at the topics"
        )
    }
}

/// Whether all members of our group are instances of ours.
package enum GroupWatch {
    /// Those who are not, in words; nil: there are none.
    ///
    /// Ours read both inputs and nothing else. Whoever else joins under the group's name takes partitions that
    /// nobody then works on, and may commit offsets that our next start must refuse.
    package static func strangers(among members: [GroupMember], _ site: KafkaSite) -> KafkaError? {
        let inputs = Set(site.inputs)
        let strangers = members.filter { !$0.topics.isEmpty && $0.topics != inputs }
        guard !strangers.isEmpty else { return nil }
        let list = strangers.map { stranger in
            let topics = stranger.topics.sorted().joined(separator: " ")
            return "\(stranger.client) at \(stranger.host), which reads \(topics)"
        }
        return KafkaError(
            found: "\(list.joined(separator: "; ")): give it a group of its own",
            attempted: "looking at the group \(site.group)"
        )
    }

    /// Why nobody may start in this group: another service has it; nil: nobody has.
    ///
    /// Transactional ids begin with the group's name, so two services under one name shut each other out for ever.
    ///
    /// - Parameters:
    ///   - offsets: What the group has committed of topics of that kind that aren't ours.
    ///   - site: Where ours are.
    /// - Returns: What is wrong and the way out.
    package static func stop(_ offsets: [TopicPartition: Int64], _ site: KafkaSite) -> Stop? {
        let topics = Set(offsets.keys.map(\.topic)).sorted()
        guard !topics.isEmpty else { return nil }
        return Stop(
            .badSettings,
            "the group \(site.group) has offsets of \(topics.joined(separator: ", ")): another service has it. "
                + "Give each its own kafka.groupId; if this one has moved to other topics on purpose, delete the "
                + "group's offsets of the old ones",
            reason: "foreign-member"
        )
    }

    /// Topics that another service of our kind would read.
    ///
    /// - Parameters:
    ///   - topics: Partitions of all topics of the cluster.
    ///   - site: Where ours are.
    /// - Returns: Their partitions.
    package static func rivals(_ topics: [String: Int], _ site: KafkaSite) -> [TopicPartition] {
        topics.filter { topic, _ in
            !site.inputs.contains(topic)
                && [Topic.requests, Topic.responses].contains { topic.hasSuffix($0) }
        }
        .flatMap { topic, count in (0..<Int32(count)).map { TopicPartition(topic, $0) } }
    }
}

internal import OpinionWire

/// How each topic is meant to be: the table of the contract.
package struct TopicRole: Sendable {
    package enum Count: Sendable {
        /// As many as the other topics that have one partition a shard.
        case shards
        case any
    }

    /// Without prefix.
    package let topic: String
    package let count: Count
    package let isCompacted: Bool
    /// Whether we read it, so that READ is needed beside DESCRIBE.
    package let isRead: Bool

    package static let all = [
        TopicRole(topic: Topic.requests, count: .shards, isCompacted: false, isRead: true),
        TopicRole(topic: Topic.responses, count: .shards, isCompacted: false, isRead: true),
        TopicRole(topic: Topic.specialists, count: .any, isCompacted: true, isRead: true),
        TopicRole(topic: Topic.assignments, count: .any, isCompacted: false, isRead: false),
        TopicRole(topic: Topic.reports, count: .any, isCompacted: false, isRead: false),
        TopicRole(topic: Topic.deadLetters, count: .any, isCompacted: false, isRead: false),
        TopicRole(topic: Topic.state, count: .shards, isCompacted: true, isRead: true),
        TopicRole(topic: Topic.decisions, count: .any, isCompacted: false, isRead: false),
    ]

    /// Those that a site needs.
    package static func needed(by site: KafkaSite) -> [TopicRole] {
        all.filter { site.topics.contains(site.name($0.topic)) }
    }

    package var policy: String { isCompacted ? "compact" : "delete" }

    /// Whether others write to it and we read it.
    var isInput: Bool { [Topic.requests, Topic.responses, Topic.specialists].contains(topic) }

    /// Whether we write to it; to the inputs what has to be forwarded.
    var isWritten: Bool { topic != Topic.specialists }

    /// Bytes below which the common records don't fit, either.
    var recordBytesMin: Int { topic == Topic.deadLetters ? 16_384 : 65_536 }

    /// Bytes of the largest record that has to fit; nil: what doesn't fit isn't written.
    func recordBytesMax(_ needs: TopicNeeds) -> Int? {
        switch topic {
        case Topic.assignments, Topic.reports, Topic.decisions, Topic.state: needs.recordBytesMax
        // Without value, key and headers what is left is our own headers.
        case Topic.deadLetters: 16_384
        default: nil
        }
    }

    /// How long records must stay at least: a long weekend without the daemon, or until somebody has
    /// looked; nil: as their readers need.
    var retentionDaysMin: Int? {
        switch topic {
        case Topic.requests, Topic.responses: 4
        case Topic.deadLetters: 7
        default: nil
        }
    }

    /// Small segments are compacted soon, and what isn't compacted is read at each take-over.
    package static let stateSegmentBytes = 64 << 20

    /// Why a cleanup policy is wrong and what would be right; nil: it is right.
    package func objection(to cleanup: String) -> String? {
        let policies = Set(cleanup.split(separator: ",").map(SettingKey.Kind.trimmed))
        if isCompacted {
            return policies == ["compact"]
                ? nil
                : "must be compact, or what is still needed is deleted"
        }
        return policies.contains("compact")
            ? "must be delete, or events are lost to later ones of their key"
            : nil
    }
}

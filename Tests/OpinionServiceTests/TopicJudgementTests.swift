import OpinionService
import OpinionWire
import Testing

@Suite("How topics are set up")
struct TopicJudgementTests {
    /// As `topics create` makes them on three brokers.
    private static func fine(_ topic: String) -> TopicSettings {
        let role = TopicRole.all.first { $0.topic == topic } ?? TopicRole.all[0]
        let isCompacted = [Topic.state, Topic.specialists].contains(topic)
        return TopicSettings(
            role,
            named: "t." + topic,
            properties: [
                "cleanup.policy": isCompacted ? "compact" : "delete", "min.insync.replicas": "2",
                "max.message.bytes": "1048588", "retention.ms": "604800000",
                "retention.bytes": "-1", "message.timestamp.type": "CreateTime",
                "segment.bytes": topic == Topic.state ? "67108864" : "1073741824",
                "unclean.leader.election.enable": "false",
            ],
            replicas: 3
        )
    }

    /// What is found when one property of one topic is another.
    private func findings(
        _ topic: String,
        _ key: String,
        _ value: String,
        _ needs: TopicNeeds = TopicNeeds()
    ) -> [TopicFinding] {
        let topics = TopicRole.all.map { role in
            var settings = Self.fine(role.topic)
            if role.topic == topic { settings.properties[key] = value }
            return settings
        }
        return TopicJudgement.findings(topics, needs)
    }

    @Test("topics as they are created are fine")
    func fine() {
        let topics = TopicRole.all.map { Self.fine($0.topic) }
        #expect(TopicJudgement.findings(topics, TopicNeeds()) == [])
    }

    @Test("what was not seen is not judged")
    func unseen() {
        let topics = TopicRole.all.map { TopicSettings($0, named: $0.topic) }
        #expect(TopicJudgement.findings(topics, TopicNeeds()) == [])
        #expect(topics.allSatisfy { $0.messageBytesMax == nil })
    }

    @Test(
        "what can't work is refused, and what may lose something is told",
        arguments: [
            (Topic.state, "cleanup.policy", "delete", TopicFinding.Severity.refuse),
            (Topic.state, "cleanup.policy", "compact,delete", .refuse),
            (Topic.specialists, "cleanup.policy", "delete", .warn),
            (Topic.requests, "cleanup.policy", "compact", .warn),
            (Topic.state, "max.message.bytes", "524287", .warn),
            (Topic.state, "max.message.bytes", "65535", .refuse),
            (Topic.assignments, "max.message.bytes", "1000", .refuse),
            (Topic.deadLetters, "max.message.bytes", "16383", .refuse),
            (Topic.deadLetters, "max.message.bytes", "1048587", .warn),
            (Topic.state, "segment.bytes", "1073741824", .warn),
            (Topic.requests, "retention.ms", "86400000", .warn),
            (Topic.responses, "retention.bytes", "1073741824", .warn),
            (Topic.deadLetters, "retention.ms", "3600000", .warn),
            (Topic.state, "min.insync.replicas", "1", .warn),
            (Topic.state, "min.insync.replicas", "3", .warn),
            (Topic.state, "min.insync.replicas", "4", .refuse),
            (Topic.specialists, "min.insync.replicas", "4", .warn),
            (Topic.requests, "message.timestamp.type", "LogAppendTime", .warn),
            (Topic.state, "unclean.leader.election.enable", "true", .warn),
        ]
    )
    func told(topic: String, key: String, value: String, severity: TopicFinding.Severity) {
        let found = findings(topic, key, value)
        #expect(found.first?.topic == "t." + topic)
        #expect(found.first?.key == key)
        #expect(found.first?.value == value)
        #expect(found.first?.severity == severity)
        #expect((found.stop != nil) == (severity == .refuse))
    }

    @Test(
        "what doesn't matter to us is not told",
        arguments: [
            (Topic.assignments, "retention.ms", "3600000"), (Topic.requests, "retention.ms", "-1"),
            (Topic.reports, "segment.bytes", "2147483647"),
            (Topic.state, "message.timestamp.type", "LogAppendTime"),
            (Topic.state, "retention.ms", "1000"), (Topic.specialists, "max.message.bytes", "1000"),
            (Topic.state, "max.message.bytes", "1000000"),
        ]
    )
    func quiet(topic: String, key: String, value: String) {
        #expect(findings(topic, key, value) == [])
    }

    @Test("a stop names topic, setting, value and what would be right")
    func stop() {
        let stop = findings(Topic.state, "cleanup.policy", "delete").stop
        #expect(
            stop
                == Stop(
                    .badSettings,
                    "t.opiniond.state: cleanup.policy is delete: must be compact, or what is still "
                        + "needed is deleted"
                )
        )
    }

    @Test("what has to fit follows the settings")
    func needs() {
        #expect(TopicNeeds().recordBytesMax == 524_288)
        #expect(TopicNeeds().batchBytesMax == nil)
        let small = TopicNeeds(valueBytesMax: 65_536, properties: [("batch.size", "300000")])
        #expect(small.recordBytesMax == 262_144)
        #expect(small.batchBytesMax == 300_000)
        #expect(findings(Topic.state, "max.message.bytes", "300000", small) == [])
        #expect(findings(Topic.state, "max.message.bytes", "299999", small).stop != nil)
    }
}

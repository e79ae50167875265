import KafkaTransport
import OpinionService
import OpinionWire
import Testing

@Suite("Topics and group while the daemon runs")
struct TopicWatchTests {
    private static var site: KafkaSite {
        var site = KafkaSite(
            group: "g",
            instance: "one",
            prefix: "p.",
            properties: []
        )
        site.topicsWaitSeconds = 100
        return site
    }

    private static let all: [String: Int] = Dictionary(
        uniqueKeysWithValues: site.topics.map { ($0, $0.hasSuffix("specialists") ? 2 : 4) }
    )

    private static func watch() -> TopicWatch {
        var watch = TopicWatch(site)
        watch.begin(with: StartFacts(shards: 4, rosterPartitions: 2))
        return watch
    }

    private static func without(_ topic: String) -> [String: Int] {
        all.filter { $0.key != "p." + topic }
    }

    @Test("topics that are as they were are fine")
    func fine() {
        var watch = Self.watch()
        guard case .fine = watch.look(Self.all, at: 0) else { return #expect(Bool(false)) }
    }

    @Test("a topic that vanishes is waited for, and then ends the daemon")
    func missing() {
        var watch = Self.watch()
        for seconds in [0.0, 50, 99] {
            guard
                case .missing(["p.opinion.reports"]) =
                    watch.look(Self.without(Topic.reports), at: seconds)
            else { return #expect(Bool(false), "at \(seconds)") }
        }
        guard case .stop(let stop) = watch.look(Self.without(Topic.reports), at: 100) else {
            return #expect(Bool(false))
        }
        #expect(stop.code == .badSettings)
        #expect(stop.reason == "topics-missing")
    }

    @Test("a topic that comes back may be another, and is said to be back once")
    func back() {
        var watch = Self.watch()
        _ = watch.look(Self.without(Topic.requests), at: 0)
        guard case .back = watch.look(Self.all, at: 10) else { return #expect(Bool(false)) }
        guard case .fine = watch.look(Self.all, at: 20) else { return #expect(Bool(false)) }
    }

    @Test(
        "partitions that come while it runs are told",
        arguments: [Topic.requests, Topic.specialists]
    )
    func changed(topic: String) {
        var watch = Self.watch()
        let more = Self.all.merging(["p." + topic: 5]) { $1 }
        guard case .changed(let error) = watch.look(more, at: 0) else {
            return #expect(Bool(false))
        }
        #expect(error.message.contains("p.\(topic)"))
        #expect(error.message.contains("has 5"))
    }

    // MARK: The group

    private static func member(_ topics: Set<String>) -> GroupMember {
        GroupMember(client: "console", host: "/10.0.0.1", topics: topics)
    }

    @Test("whoever reads other topics than our inputs is a stranger")
    func strangers() {
        let inputs = Set(Self.site.inputs)
        let ours = [Self.member(inputs), Self.member([])]
        #expect(GroupWatch.strangers(among: ours, Self.site) == nil)
        for topics in [
            ["p.opinion.requests"], ["p.opinion.requests", "else"], inputs.union(["x"]),
        ] {
            let found = GroupWatch.strangers(among: ours + [Self.member(topics)], Self.site)
            #expect(found?.message.contains("console at /10.0.0.1") == true, "\(topics)")
        }
    }

    @Test("a group with offsets of another service's topics is refused")
    func rivals() {
        let topics = ["q.opinion.requests": 2, "p.opinion.requests": 4, "else": 1]
        let rivals = GroupWatch.rivals(topics, Self.site)
        #expect(Set(rivals) == Set((0..<2).map { TopicPartition("q.opinion.requests", $0) }))
        #expect(GroupWatch.stop([:], Self.site) == nil)
        let stop = GroupWatch.stop([rivals[0]: 5], Self.site)
        #expect(stop?.code == .badSettings)
        #expect(stop?.message.contains("q.opinion.requests") == true)
    }

    @Test("what a member has subscribed to is read out of its metadata")
    func subscription() {
        let bytes: [UInt8] = [0, 1, 0, 0, 0, 2, 0, 1, 0x61, 0, 2, 0x62, 0x63, 0xff]
        #expect(GroupMember.topics(inSubscription: bytes) == ["a", "bc"])
        for cut in 0..<13 {
            #expect(GroupMember.topics(inSubscription: Array(bytes.prefix(cut))).isEmpty, "\(cut)")
        }
    }
}

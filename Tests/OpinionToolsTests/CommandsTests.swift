import Foundation
import KafkaTransport
import OpinionService
import OpinionTesting
import OpinionTools
import OpinionWire
import Testing

@Suite("Commands that ask the brokers")
struct CommandsTests {
    private static let counts: [String: Int32] = [
        "opinion.requests": 3, "opinion.responses": 3, "opinion.specialists": 1,
        "opinion.assignments": 2, "opinion.reports": 2, "opinion.dead-letters": 1,
        "opiniond.state": 3,
    ]

    private func cluster(_ counts: [String: Int32]) throws -> MockCluster {
        let cluster = try MockCluster()
        for (topic, count) in counts { try cluster.createTopic(topic, partitions: count) }
        return cluster
    }

    private func settings(_ cluster: MockCluster) throws -> Settings {
        try settings(["kafka.bootstrapServers=\(cluster.bootstrapServers)"])
    }

    private func settings(_ overrides: [String]) throws -> Settings {
        try Settings.load(file: "/dev/null", environment: [:], overrides: overrides)
    }

    /// What a command printed, and how it ended.
    private func run(_ command: (@escaping (String) -> Void) -> ExitCode) -> (String, ExitCode) {
        var lines: [String] = []
        let code = command { lines.append($0) }
        return (lines.joined(separator: "\n"), code)
    }

    // MARK: check

    @Test("offline, the settings are told and no broker is asked")
    func offline() throws {
        let settings = try settings(["kafka.bootstrapServers=127.0.0.1:1", "kafka.instance=one"])
        let (text, code) = run { Check.run(settings, offline: true, print: $0) }
        #expect(code == .stopped)
        #expect(text.contains("group       opiniond, as instance one"))
        #expect(text.hasSuffix("OK: the settings are right; brokers not asked"))
    }

    @Test("settings that nobody could ever meet are told, with what would be right")
    func unmeetable() throws {
        let settings = try settings([
            "matching.offersAtOnce=3",
            "matching.panels.first=pathology?,radiology",
            "matching.panels.seats.breast=medical-oncology?,surgical-oncology?",
            "matching.panels.seats.lung=medical-oncology,thoracic surgery?,?",
            "matching.records.required=path report,path-report",
            "matching.records.families.lung=Röntgen",
            "matching.gates.residences=IN,IN-KA,in,India,IN-",
        ])
        let (text, code) = run { Check.run(settings, offline: true, print: $0) }
        let told = text.split(separator: "\n").filter { $0.hasPrefix("settings") }
        let id = "takes 1 to 128 printable ASCII characters, no space"
        let nobody = "nobody can have that discipline: \(id)"
        #expect(
            told.map { $0.dropFirst("settings    warning: matching.".count) } == [
                "offersAtOnce 3: nobody is asked in mode assign: takes matching.mode offer",
                "panels.first \"pathology?\": \(nobody), without ?",
                "panels.seats.breast \"medical-oncology?, surgical-oncology?\": the report waits for "
                    + "none of those who advise: leave the ? off one of them at least",
                "panels.seats.lung \"thoracic surgery?\": \(nobody), one ? behind",
                "panels.seats.lung \"?\": \(nobody), one ? behind",
                "records.required \"path report\": no record can be of that class: \(id)",
                "records.families.lung \"R\u{f6}ntgen\": no record can be of that class: \(id)",
                "gates.residences \"in\": no patient can live there: takes codes as IN or IN-KA",
                "gates.residences \"India\": no patient can live there: takes codes as IN or IN-KA",
                "gates.residences \"IN-\": no patient can live there: takes codes as IN or IN-KA",
            ],
            "\(text)"
        )
        #expect(code == .stopped)
        #expect(text.hasSuffix("right; brokers not asked, 10 to look at (warning)"))
    }

    @Test("topics that fit are fine")
    func fine() throws {
        let cluster = try cluster(Self.counts)
        let settings = try settings(cluster)
        let (text, code) = run { Check.run(settings, offline: false, print: $0) }
        #expect(code == .stopped, "\(text)")
        #expect(text.contains("OK: 3 shards"))
    }

    @Test("what the policy asks and nobody on the roster can give is told")
    func roster() throws {
        let cluster = try cluster(Self.counts)
        let producer = try PlainProducer(
            settings: .producer(user: [("bootstrap.servers", cluster.bootstrapServers)]),
            log: KafkaLog()
        )
        for (name, discipline) in [("paul", "pathology"), ("mona", "medical-oncology")] {
            var specialist = Events.Specialist(id: name, families: ["breast"])
            specialist.discipline = discipline
            try send(Events.profiled(specialist), producer)
        }
        var gone = Events.profiled(Events.Specialist(id: "gone", network: "net-z"))
        try send(gone, producer)
        gone.value = nil
        try send(gone, producer)
        try send(Outgoing(topic: Topic.specialists, key: "odd", value: [0x7b]), producer)
        try producer.flush(timeoutMilliseconds: 10_000)
        let settings = try settings(cluster)
        let (text, code) = run { Check.run(settings, offline: false, print: $0) }
        #expect(code == .stopped, "\(text)")
        for line in [
            "roster      warning: 1 profiles can't be read",
            "net-a       2 active, 20 units, 1 of 30 families",
            "net-a       warning: nobody treats lung,",
            "net-a       warning: no radiology treats breast",
            "net-a       warning: no surgical-oncology treats breast",
        ] {
            #expect(text.contains(line), "\(line)\n\(text)")
        }
        #expect(!text.contains("no pathology") && !text.contains("net-z"), "\(text)")
    }

    private func send(_ record: Outgoing, _ producer: PlainProducer) throws {
        try producer.send(
            topic: record.topic,
            partition: 0,
            key: record.key.map { Array($0.utf8) },
            value: record.value
        )
    }

    @Test("unequal numbers of partitions are named")
    func unequal() throws {
        var counts = Self.counts
        counts["opinion.responses"] = 4
        let cluster = try cluster(counts)
        let settings = try settings(cluster)
        let (text, code) = run { Check.run(settings, offline: false, print: $0) }
        #expect(code == .badSettings)
        #expect(text.contains("opinion.responses has 4"))
        #expect(text.contains("NOT OK (exit 78): 1 wrong"))
    }

    @Test("a topic that may not be seen is named, and the others are looked at all the same")
    func unauthorised() throws {
        let cluster = try cluster(Self.counts)
        let forbidden: Int32 = 29  // TOPIC_AUTHORIZATION_FAILED
        cluster.setTopicError("opinion.reports", forbidden)
        let settings = try settings(cluster)
        let (text, code) = run { Check.run(settings, offline: false, print: $0) }
        #expect(code == .unauthorised, "\(text)")
        #expect(text.contains("opinion.reports WRONG: "))
    }

    @Test("a group that may not be used is named")
    func unauthorisedGroup() throws {
        let cluster = try cluster(Self.counts)
        let (offsetFetch, forbidden): (Int16, Int32) = (9, 30)  // GROUP_AUTHORIZATION_FAILED
        cluster.pushErrors(apiKey: offsetFetch, [forbidden])
        let settings = try settings(cluster)
        let (text, code) = run { Check.run(settings, offline: false, print: $0) }
        #expect(code == .unauthorised, "\(text)")
        #expect(text.contains("group opiniond WRONG: "))
    }

    @Test("brokers that aren't there are told as such, in time")
    func unreachable() throws {
        let settings = try settings(["kafka.bootstrapServers=127.0.0.1:1"])
        let (text, code) = run {
            Check.run(settings, offline: false, timeoutMilliseconds: 1_500, print: $0)
        }
        #expect(code == .unreachable, "\(text)")
        #expect(text.hasSuffix("NOT OK (exit 69): 1 wrong"))
    }

    @Test("a broker among several that can't be talked to is told")
    func oneDown() throws {
        let cluster = try MockCluster(brokers: 2)
        for (topic, count) in Self.counts { try cluster.createTopic(topic, partitions: count) }
        try cluster.setDown(broker: 2)
        let settings = try settings(cluster)
        let (text, _) = run { Check.run(settings, offline: false, print: $0) }
        #expect(text.contains("brokers     warning: "), "\(text)")
        #expect(text.contains("Connection refused"), "\(text)")
    }

    @Test("missing topics are named, all of them")
    func missing() throws {
        let cluster = try cluster(Self.counts)
        // UNKNOWN_TOPIC_OR_PARTITION; left to itself, the mock creates what is asked for.
        let unknown: Int32 = 3
        cluster.setTopicError("opinion.reports", unknown)
        cluster.setTopicError("opiniond.state", unknown)
        let settings = try settings(cluster)
        let (text, code) = run { Check.run(settings, offline: false, print: $0) }
        #expect(code == .badSettings, "\(text)")
        #expect(text.contains("missing topics: opinion.reports, opiniond.state"))
    }

    @Test(
        "a cleanup policy that would lose something is objected to",
        arguments: [
            ("opiniond.state", "compact", true), ("opiniond.state", "delete", false),
            ("opiniond.state", "compact,delete", false), ("opinion.specialists", "compact", true),
            ("opinion.specialists", "delete", false), ("opinion.requests", "delete", true),
            ("opinion.requests", "compact", false), ("opinion.reports", "delete, compact", false),
        ]
    )
    func cleanup(topic: String, policy: String, isFine: Bool) {
        let role = TopicRole.all.first { $0.topic == topic }
        #expect(role != nil)
        #expect((role?.objection(to: policy) == nil) == isFine)
    }

    // MARK: topics

    @Test("the table of topics says how they are")
    func table() throws {
        let cluster = try cluster(Self.counts)
        let settings = try settings(cluster)
        let (text, code) = run { Topics.verify(settings, print: $0) }
        #expect(code == .stopped, "\(text)")
        #expect(text.contains("opinion.dead-letters  1           1         -               -  "))
    }

    @Test("the table says which topic has another number of partitions")
    func tableUnequal() throws {
        var counts = Self.counts
        counts["opiniond.state"] = 2
        let cluster = try cluster(counts)
        let settings = try settings(cluster)
        let (text, code) = run { Topics.verify(settings, print: $0) }
        #expect(code == .badSettings)
        #expect(text.contains("must have 3 partitions, as opinion.requests has"))
    }

    @Test("topics that are all there are left alone")
    func nothingToCreate() throws {
        let cluster = try cluster(Self.counts)
        let settings = try settings(cluster)
        let (text, code) = run {
            Topics.create(settings, partitions: 3, outputPartitions: 1, replication: 1, print: $0)
        }
        #expect(code == .stopped, "\(text)")
        #expect(text.contains("is there with 3 partitions, left alone"))
    }

    @Test("no topic is created beside one that has another number of shards")
    func otherShards() throws {
        let cluster = try cluster(Self.counts)
        let settings = try settings(cluster)
        let (text, code) = run {
            Topics.create(settings, partitions: 6, outputPartitions: 1, replication: 1, print: $0)
        }
        #expect(code == .badSettings)
        #expect(text.contains("is there with 3 partitions, not 6"))
    }
}

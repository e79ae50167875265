internal import Foundation
internal import KafkaTransport
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionReplay
internal import OpinionWire

/// Everything in one process: an embedded broker, the daemon itself, requests that arrive and
/// specialists who answer.
///
/// The broker is librdkafka's mock cluster: the real protocol over loopback, but no real
/// transactions. It shows what the daemon does, not that it does it exactly once.
final class Demonstration: Sendable {
    /// All of it ends after this long, whatever happens.
    static let secondsMax = 50.0
    /// How long the requests take to arrive.
    static let arrivalSeconds = 12.0
    static let specialists = 300

    /// What is shown.
    enum Show: Sendable {
        /// Many requests of one seat each, and a record that nobody can read.
        case requests(Int)
        /// One panel, seat by seat.
        case panel
    }

    private let show: Show
    private let seed: UInt64
    private let cluster: MockCluster
    private let properties: [(name: String, value: String)]

    /// - Throws: ``KafkaError`` when no broker can be embedded.
    init(_ show: Show, seed: UInt64) throws(KafkaError) {
        self.show = show
        self.seed = seed
        cluster = try MockCluster()
        properties = [("bootstrap.servers", cluster.bootstrapServers)]
        let shards = [Topic.requests, Topic.responses, Topic.state]
        for topic in shards { try cluster.createTopic(topic, partitions: 4) }
        for topic in [Topic.specialists, Topic.assignments, Topic.reports, Topic.deadLetters] {
            try cluster.createTopic(topic, partitions: 1)
        }
    }

    /// Shows it.
    ///
    /// - Parameter print: Takes the lines.
    /// - Returns: Whether everything added up.
    func run(print: @escaping @Sendable (String) -> Void) async -> Bool {
        let stage = Stage(print: print, deadLetters: show.deadLetters)
        introduce(on: stage)
        let (roster, requests) = items
        let daemon = Daemon(options, sink: LineSink { stage.relay($0) })
        let play = Thread { [self] in
            do throws(KafkaError) {
                try perform(requests, stage)
            } catch {
                stage.say("the embedded broker failed: \(error)")
            }
            daemon.askToStop()
        }
        do throws(KafkaError) {
            try send(roster)
        } catch {
            stage.say("the embedded broker failed: \(error)")
            return false
        }
        play.start()
        let code = await daemon.run()
        stage.end()
        return stage.summary.tell(stage) && code == .stopped
    }

    private func introduce(on stage: Stage) {
        let server = cluster.bootstrapServers
        switch show {
        case .requests(let count):
            stage.say("An embedded broker at \(server), \(Self.specialists) specialists,")
            stage.say(
                "\(count) requests to come. Each ⇢ is a decision of the daemon, with its reason.\n"
            )
        case .panel:
            stage.say(
                "An embedded broker at \(server), \(PanelScene.specialistCount) specialists."
            )
            stage.say("A patient with breast cancer (C50.9), secondaries in liver (C78.7) and bone")
            stage.say("(C79.5): a panel of the disciplines that these organs need. Pathology and")
            stage.say("radiology confirm first, then the others advise. Each organ is covered, by")
            stage.say("as few people as can be: the liver by who treats hpb (liver, bile ducts,")
            stage.say("pancreas), the bone by who treats sarcoma.\n")
        }
    }

    private var items: (roster: [Workload.Item], requests: [Workload.Item]) {
        switch show {
        case .requests(let count):
            let workload = workload(of: count)
            return (workload.roster(), workload.requests() + [Self.unreadable])
        case .panel: return (PanelScene.roster, [PanelScene.request])
        }
    }

    private var options: Daemon.Options {
        let policy = Policy(name: "demo", sha256: String(repeating: "0", count: 64))
        return Daemon.Options(
            site: KafkaSite(
                group: "opiniond",
                instance: "demo",
                prefix: "",
                properties: properties
            ),
            reader: ReaderSettings(policy: policy),
            intervalSeconds: 4
        )
    }

    // MARK: Intake and specialists

    /// Times are about now, and capacity is enough for nearly everybody.
    private func workload(of requests: Int) -> Workload {
        Workload(
            Workload.Options(
                seed: seed,
                specialists: Self.specialists,
                requests: requests,
                epoch: Int64(Date().timeIntervalSince1970 * 1_000),
                spacing: 1,
                capacityScale: max(1.5, Double(Self.specialists) / Double(requests) * 1.5),
                duplicates: 0.05
            )
        )
    }

    private func send(_ items: [Workload.Item]) throws(KafkaError) {
        let publisher = try Publisher(properties: properties, prefix: "", log: KafkaLog())
        try publisher.send(items)
        publisher.close()
    }

    /// Requests arrive at a steady pace while the specialists answer what they are given.
    private func perform(_ items: [Workload.Item], _ stage: Stage) throws(KafkaError) {
        let begun = ProcessInfo.processInfo.systemUptime
        let questions = show.questions
        let clinic = try Clinic(properties: properties, questions: questions, seed: seed)
        let publisher = try Publisher(properties: properties, prefix: "", log: KafkaLog())
        for (count, item) in items.enumerated() where !stage.isOver {
            let due = begun + Double(count) / Double(items.count) * Self.arrivalSeconds
            try publisher.send([item])
            stage.summary.sent(item)
            while ProcessInfo.processInfo.systemUptime < due { try clinic.work(stage) }
        }
        while !stage.summary.isAnswered, !stage.isOver,
            ProcessInfo.processInfo.systemUptime - begun < Self.secondsMax
        { try clinic.work(stage) }
        publisher.close()
        clinic.close()
    }

    /// What an intake system with a bug might send.
    private static let unreadable = Workload.Item(
        topic: Topic.requests,
        key: "net-de",
        headers: [Header("content-type", Array(Workload.contentType.utf8))],
        value: Array(#"{"specversion":"1.0","id":"broken","source":"/intake/net-de","#.utf8)
    )
}

extension Demonstration.Show {
    /// What is asked besides the diagnosis and the treatment.
    fileprivate var questions: [String] {
        switch self {
        case .requests: []
        case .panel: PanelScene.questions
        }
    }

    /// Dead letters that it makes.
    fileprivate var deadLetters: Int {
        switch self {
        case .requests: 1
        case .panel: 0
        }
    }
}

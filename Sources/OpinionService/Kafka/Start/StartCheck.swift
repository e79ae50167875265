package import KafkaTransport
internal import OpinionWire

/// Asks everything that can refuse a start, before anything is decided.
///
/// Writes nothing and takes no shard over. What one shard refuses, none may begin: shards without state would
/// otherwise be at work while the one that knows better is still being read.
package struct StartCheck {
    private let site: KafkaSite
    private let watch: HangWatchdog.Watch

    package init(_ site: KafkaSite, _ watch: HangWatchdog.Watch) {
        self.site = site
        self.watch = watch
    }

    package enum Failure: Error {
        case kafka(KafkaError)
        /// Some may be there in a moment: brokers that have just booted don't know theirs yet.
        case missing(topics: [String])
        case stop(Stop)
    }

    /// Everything, for a start.
    func run() throws(Failure) -> StartFacts {
        let readers = ReaderPair(site, watch)
        defer { readers.close() }
        let shapes = try shapes(readers)
        var facts = try facts(shapes.mapValues(\.partitions), readers)
        if let needs = site.needs { try judge(shapes, needs, &facts) }
        return facts
    }

    private func judge(
        _ shapes: [String: TopicShape],
        _ needs: TopicNeeds,
        _ facts: inout StartFacts
    ) throws(Failure) {
        let look = watch.call("asking how topics are set up", atMost: 2 * Self.lookMilliseconds) {
            TopicLook.take(
                site,
                replicas: shapes.mapValues(\.replicas),
                timeoutMilliseconds: Self.lookMilliseconds
            )
        }
        let findings = TopicJudgement.findings(look.topics, needs)
        if let stop = findings.stop { throw .stop(stop) }
        facts.warnings = findings.map { "\($0.topic): \($0.text)" }
        facts.bytesMax = look.bytesMax(site)
    }

    /// All but how the topics are set up: what a check tells beside that.
    package func facts() throws(Failure) -> StartFacts {
        let readers = ReaderPair(site, watch)
        defer { readers.close() }
        return try facts(shapes(readers).mapValues(\.partitions), readers)
    }

    /// How long the brokers may take to say how topics are set up, which isn't needed.
    private static let lookMilliseconds: Int32 = 5_000

    private func shapes(_ readers: ReaderPair) throws(Failure) -> [String: TopicShape] {
        try ask(readers) { (reader) throws(KafkaError) in
            try reader.shapes(of: site.topics, timeoutMilliseconds: Takeover.questionMilliseconds)
        }
    }

    private func facts(
        _ partitions: [String: Int],
        _ readers: ReaderPair
    ) throws(Failure) -> StartFacts {
        let missing = TopicCheck.missing(partitions, site)
        guard missing.isEmpty else { throw .missing(topics: missing) }
        try checkGroup(readers)
        // Offsets first: whoever is at work meanwhile writes meta records that are later, never earlier.
        let committed = try committed(partitions, readers)
        let survey = try survey(partitions[site.name(Topic.state)] ?? 0, readers)
        let counts: TopicCheck.Counts
        switch TopicCheck.judge(partitions, site, stateShards: survey.shards) {
        case .failure(let stop): throw .stop(stop)
        case .success(let found): counts = found
        }
        if let stop = survey.stop(counts, committed: committed, site) { throw .stop(stop) }
        let cluster = try ask(readers) { (reader) throws(KafkaError) in
            reader.clusterID(timeoutMilliseconds: Takeover.questionMilliseconds)
        }
        let accepted = try inspect(survey, cluster, readers)
        var facts = StartFacts(
            shards: counts.shards,
            rosterPartitions: counts.rosterPartitions,
            cluster: cluster
        )
        facts.accepted = accepted
        facts.hasState = !survey.metas.isEmpty
        return facts
    }

    /// Whether another service has our group.
    private func checkGroup(_ readers: ReaderPair) throws(Failure) {
        let offsets = try ask(readers) { (reader) throws(KafkaError) -> [TopicPartition: Int64] in
            let limit = Takeover.questionMilliseconds
            let rivals = GroupWatch.rivals(try reader.allTopics(timeoutMilliseconds: limit), site)
            guard !rivals.isEmpty else { return [:] }
            return try reader.committed(rivals, timeoutMilliseconds: limit)
        }
        if let stop = GroupWatch.stop(offsets, site) { throw .stop(stop) }
    }

    /// The group's offsets of all input partitions.
    private func committed(
        _ counts: [String: Int],
        _ readers: ReaderPair
    ) throws(Failure) -> [TopicPartition: Int64] {
        let inputs = site.inputs.flatMap { input in
            (0..<Int32(counts[input] ?? 0)).map { TopicPartition(input, $0) }
        }
        return try ask(readers) { (reader) throws(KafkaError) in
            try reader.committed(inputs, timeoutMilliseconds: Takeover.questionMilliseconds)
        }
    }

    private func survey(_ count: Int, _ readers: ReaderPair) throws(Failure) -> StateSurvey {
        do throws(MetaReader.Failure) {
            return try MetaReader(site: site, reader: try reader(readers)).run(0..<count)
        } catch {
            switch error {
            case .kafka(let error): throw .kafka(error)
            case .stop(let stop): throw .stop(stop)
            }
        }
    }

    private func reader(_ readers: ReaderPair) throws(MetaReader.Failure) -> WatchedReader {
        do throws(KafkaError) {
            return try readers.reader(.readCommitted)
        } catch {
            throw .kafka(error)
        }
    }

    /// Whether all logs are those that were read.
    ///
    /// - Returns: Those that are not, and that a person has accepted.
    private func inspect(
        _ survey: StateSurvey,
        _ cluster: String?,
        _ readers: ReaderPair
    ) throws(Failure) -> [String] {
        let findings = try ask(readers, .readUncommitted) { (reader) throws(KafkaError) in
            try LogInspection(reader: reader).run(survey.marks(site))
        }
        let verdicts = survey.verdicts(findings, cluster, site)
        if let stop = LogVerdicts.stop(verdicts, accepting: site.acceptedLogs) { throw .stop(stop) }
        return Array(Set(verdicts.flatMap(\.strangers).map(\.name))).sorted()
    }

    private func ask<Answer>(
        _ readers: ReaderPair,
        _ isolation: PartitionReader.Isolation = .readCommitted,
        _ question: (WatchedReader) throws(KafkaError) -> Answer
    ) throws(Failure) -> Answer {
        do throws(KafkaError) {
            return try question(try readers.reader(isolation))
        } catch {
            throw .kafka(error)
        }
    }
}

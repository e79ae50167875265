internal import OpinionWire

/// The table of settings, in the order of the sample file.
extension SettingKey {
    package static let all: [SettingKey] = kafka + daemon + reading + matching

    static let named: [String: SettingKey] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name, $0) }
    )

    static let sections: [String] = all.map(\.section).reduce(into: []) { sections, section in
        if sections.last != section { sections.append(section) }
    }

    /// The names of all groups of settings: of sections, and of what is grouped within them.
    static let groups = Set(
        all.flatMap { key in
            let parts = key.name.split(separator: ".")
            return parts.indices.dropFirst().map { parts[..<$0].joined(separator: ".") }
        }
    )

    static let bootstrapServers = SettingKey(
        "kafka.bootstrapServers",
        .servers,
        .text("localhost:9092"),
        "Brokers from which the client learns of all others."
    )
    static let topicPrefix = SettingKey(
        "kafka.topicPrefix",
        .name(max: 200, orEmpty: true),
        .text(""),
        "Prefix of the name of every topic."
    )
    static let groupID = SettingKey(
        "kafka.groupId",
        .name(max: 200, orEmpty: true),
        .text(""),
        "The consumer group; transactional ids begin with it.",
        "Nothing: <topicPrefix>opiniond."
    )
    static let instance = SettingKey(
        "kafka.instance",
        .name(max: 200, orEmpty: true),
        .text(""),
        "Name of this instance: the same after each restart, and different from all others.",
        "Nothing: the host's name. Several instances on one host each need their own."
    )
    static let properties = SettingKey(
        "kafka.properties",
        .properties,
        .map([:]),
        "Any librdkafka property, such as security.protocol: sasl_ssl. Those that exactly-once",
        "processing depends on are refused. For passwords write file:/path or credential:NAME (systemd's",
        "LoadCredential); credential:NAME stands for its path in properties that name a file."
    )
    static let topicsWait = SettingKey(
        "kafka.topicsWaitSeconds",
        .number(0...3_600),
        .number(180),
        "How many seconds to wait for missing topics before ending with 78: brokers that have",
        "just booted, and topics that are just being created, need a moment."
    )
    static let leaveOnStop = SettingKey(
        "kafka.leaveOnStop",
        .flag,
        .flag(false),
        "Whether a stop gives the shards to the other instances at once. Otherwise they wait for a",
        "session (30 s), so that a restart keeps them. SIGUSR1 does it once, whatever is set here."
    )
    static let acceptedLogs = SettingKey(
        "kafka.acceptedLogs",
        .list(min: 0),
        .list([]),
        "Partitions that hold other records than those that were read, and that shall be read from",
        "their beginning, as the line of exit 65 names them, such as opinion.requests/3@1f9c.",
        "Any other log in its place is still refused, so an entry that stays here does no harm."
    )
    private static let kafka = [
        bootstrapServers, topicPrefix, groupID, instance, leaveOnStop, topicsWait, acceptedLogs,
        properties,
    ]

    static let healthInterval = SettingKey(
        "health.intervalSeconds",
        .number(1...3_600),
        .number(10),
        "Seconds between two health lines; a change of status is reported at once."
    )
    static let metricsFile = SettingKey(
        "health.metricsFile",
        .path,
        .text(""),
        "Prometheus text for node_exporter's textfile collector, replaced atomically.",
        "The unit must be allowed to write its directory (ReadWritePaths). Nothing: none."
    )
    static let logFormat = SettingKey(
        "log.format",
        .word(Line.Format.allCases.map(\.rawValue)),
        .text("logfmt"),
        "How lines on standard output are written."
    )
    static let logLevel = SettingKey(
        "log.level",
        .word(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
        .text("info"),
        "The least important level that is written. Health lines are always written."
    )
    private static let daemon = [healthInterval, metricsFile, logFormat, logLevel]

    static let eventsMode = SettingKey(
        "events.mode",
        .word(EventWriter.Mode.allCases.map(\.rawValue)),
        .text("structured"),
        "How CloudEvents are written; both ways are read."
    )
    static let decisions = SettingKey(
        "events.decisions",
        .word(["summary", "full"]),
        .text("summary"),
        "summary: assignments name the best candidates and how many each rule excluded. full:",
        "opinion.decisions also gets the findings about each specialist, 1000 at most."
    )
    static let allowedSources = SettingKey(
        "events.allowedSources",
        .list(min: 0),
        .list([]),
        "Accepted events have a `source` that begins with one of these. Empty: any source."
    )
    static let valueBytes = SettingKey(
        "limits.valueBytes",
        .number(1_024...524_288),
        .number(262_144),
        "Bytes of a record's value; longer ones are dead-lettered. At most half of what brokers",
        "accept by default, so that everything that is read can be written again."
    )
    static let depth = SettingKey(
        "limits.depth",
        .number(8...128),
        .number(32),
        "How deep objects and arrays may be nested."
    )
    static let members = SettingKey(
        "limits.members",
        .number(64...65_536),
        .number(4_096),
        "Members and elements of an event, together."
    )
    static let keyBytes = SettingKey(
        "limits.keyBytes",
        .number(32...1_024),
        .number(128),
        "Bytes of a member's name."
    )
    static let stringBytes = SettingKey(
        "limits.stringBytes",
        .number(256...524_288),
        .number(8_192),
        "Bytes of a string."
    )
    static let retentionDays = SettingKey(
        "dedupe.retentionDays",
        .number(1...3_650),
        .number(30),
        "How many days closed requests and the ids of their events are remembered."
    )
    static let refuseStale = SettingKey(
        "dedupe.refuseStale",
        .flag,
        .flag(true),
        "Whether events older than that are dead-lettered; false only for replaying old topics."
    )
    private static let reading = [
        eventsMode, decisions, allowedSources, valueBytes, depth, members, keyBytes, stringBytes,
        retentionDays, refuseStale,
    ]

    static let policyName = SettingKey(
        "matching.name",
        .name(max: 64, orEmpty: false),
        .text("default"),
        "The policy's name in each decision, beside its SHA-256."
    )
    static let minimumLevel = SettingKey(
        "matching.minimumLevel",
        .number(1...5),
        .number(1),
        "The level of expertise that every seat requires."
    )
    static let licensing = SettingKey(
        "matching.licensing",
        .toggle,
        .toggle(true),
        "Whether specialists need a licence for the patient's residence."
    )
    static let candidates = SettingKey(
        "matching.candidates",
        .number(1...50),
        .number(3),
        "How many of the best candidates a decision names."
    )
    static let keepScarce = SettingKey(
        "matching.keepScarce",
        .toggle,
        .toggle(true),
        "Whether specialists whom other requests will need are spared while units are short."
    )
    static let dueDays = [("routine", 7), ("urgent", 3), ("asap", 2), ("stat", 1)].map {
        SettingKey(
            "matching.dueDays.\($0)",
            .number(1...365),
            .number($1),
            "Days until a request of priority \($0) is due, if it states no due date."
        )
    }
    static let headStartHours = SettingKey(
        "matching.headStartHours",
        .number(0...8_760),
        .number(24),
        "The head start that each step of priority is worth in the waiting queue, in hours."
    )
    package static let pathologyDisciplines = SettingKey(
        "matching.pathologyDisciplines",
        .list(min: 1),
        .list(["pathology", "histopathology", "haematopathology", "neuropathology"]),
        "Disciplines for the seat of a pathology review, the first preferred."
    )
    package static let imagingDisciplines = SettingKey(
        "matching.imagingDisciplines",
        .list(min: 1),
        .list(["radiology", "nuclear-medicine"]),
        "Disciplines for the seat of an imaging review, the first preferred."
    )
    private static let matching =
        [policyName, minimumLevel, licensing, candidates, keepScarce] + dueDays
        + [headStartHours, pathologyDisciplines, imagingDisciplines] + preferences + gates + clocks
        + pauses + panels
}

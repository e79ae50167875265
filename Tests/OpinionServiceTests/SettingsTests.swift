import Foundation
import KafkaTransport
import Logging
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire
import Testing

@Suite("Settings")
struct SettingsTests {
    /// Loads with nothing of this machine: no file unless one is given, no environment.
    private func load(
        _ yaml: String = "",
        environment: [String: String] = [:],
        overrides: [String] = []
    ) throws -> Settings {
        let file = try TemporaryFile(yaml)
        defer { file.remove() }
        return try Settings.load(file: file.path, environment: environment, overrides: overrides)
    }

    private func problems(
        _ yaml: String = "",
        environment: [String: String] = [:],
        overrides: [String] = []
    ) throws -> [SettingsProblem] {
        let file = try TemporaryFile(yaml)
        defer { file.remove() }
        do throws(SettingsError) {
            _ = try Settings.load(file: file.path, environment: environment, overrides: overrides)
            return []
        } catch {
            return error.problems
        }
    }

    // MARK: What is set

    @Test("without any setting the defaults hold")
    func defaults() throws {
        let settings = try load()
        #expect(settings.bootstrapServers == "localhost:9092")
        #expect(settings.topicPrefix.isEmpty)
        #expect(settings.group == "opiniond")
        #expect(settings.instance == ProcessInfo.processInfo.hostName)
        #expect(settings.healthIntervalSeconds == 10)
        #expect(settings.metricsFile == nil)
        #expect(settings.logFormat == .logfmt)
        #expect(settings.logLevel == .info)
        #expect(settings.eventsMode == .structured)
        #expect(settings.reader.limits == JSONLimits())
        #expect(settings.reader.allowedSources.isEmpty)
    }

    @Test("the default policy is the one the code has by default")
    func defaultPolicy() throws {
        let policy = try load().policy
        #expect(policy == Policy(name: "default", sha256: policy.sha256))
        #expect(policy.sha256.count == 64)
    }

    @Test("a topic prefix becomes part of the group's name, unless that is set")
    func prefix() throws {
        #expect(try load("kafka: {topicPrefix: test7.}").group == "test7.opiniond")
        #expect(try load("kafka: {topicPrefix: test7., groupId: own}").group == "own")
        #expect(try load("kafka: {topicPrefix: test7.}").site.name("x") == "test7.x")
    }

    @Test("flags win over the environment, which wins over the file")
    func precedence() throws {
        let yaml = "log: {level: error}\nhealth: {intervalSeconds: 1}\nevents: {mode: binary}\n"
        let environment = [
            "OPINIOND_LOG_LEVEL": "warning", "OPINIOND_HEALTH_INTERVAL_SECONDS": "2",
        ]
        let settings = try load(yaml, environment: environment, overrides: ["log.level=debug"])
        #expect(settings.logLevel == .debug)
        #expect(settings.healthIntervalSeconds == 2)
        #expect(settings.eventsMode == .binary)
    }

    @Test("properties of librdkafka are merged one by one")
    func propertyPrecedence() throws {
        let site = try load(
            """
            kafka:
              properties:
                security.protocol: plaintext
                socket.keepalive.enable: false
                session.timeout.ms: 20000
            """,
            environment: ["OPINIOND_KAFKA_PROPERTIES": "session.timeout.ms=25000,debug=broker"],
            overrides: ["kafka.properties.debug=cgrp", "kafka.instance=one"]
        ).site
        let expected = [
            "bootstrap.servers=localhost:9092", "client.id=opiniond-one", "debug=cgrp",
            "security.protocol=plaintext", "session.timeout.ms=25000",
            "socket.keepalive.enable=false",
        ]
        #expect(site.properties.map { "\($0.name)=\($0.value)" } == expected)
    }

    @Test("a list is a list in the file and has commas elsewhere")
    func lists() throws {
        let file = try load("events: {allowedSources: [/intake, urn:x]}")
        let variable = try load(environment: ["OPINIOND_EVENTS_ALLOWED_SOURCES": "/intake, urn:x"])
        let flag = try load(overrides: ["events.allowedSources=/intake,urn:x"])
        for settings in [file, variable, flag] {
            #expect(settings.reader.allowedSources == ["/intake", "urn:x"])
        }
        #expect(try load(overrides: ["events.allowedSources="]).reader.allowedSources == [])
    }

    @Test("the policy is what the file says")
    func policy() throws {
        let policy = try load(
            """
            matching:
              name: summer
              minimumLevel: 3
              licensing: off
              candidates: 5
              dueDays: {urgent: 4}
              headStartHours: 12
              imagingDisciplines:
                - radiology
            dedupe: {retentionDays: 2, refuseStale: false}
            """
        ).policy
        var expected = Policy(name: "summer", sha256: policy.sha256)
        expected.matching.minimumLevel = 3
        expected.matching.checksLicences = false
        expected.matching.candidatesMax = 5
        expected.dueDays = [7, 4, 2, 1]
        expected.headStart = 12 * 3_600_000
        expected.imagingDisciplines = ["radiology"]
        expected.retention = 2 * 86_400_000
        expected.refusesStale = false
        #expect(policy == expected)
    }

    @Test(
        "sections and settings without a value count as left out",
        arguments: [
            "", "kafka:\n", "kafka:\n  instance:\n", "---\n", "# nothing\n", "log: {level: ~}",
        ]
    )
    func empty(yaml: String) throws {
        #expect(try load(yaml).effective == load().effective)
    }

    @Test("variables of other programs and sections are left alone")
    func foreignVariables() throws {
        let environment = ["OPINIOND_CONFIG": "x", "OPINIOND_SHELL_X": "x", "KAFKA_OPTS": "x"]
        #expect(try problems(environment: environment) == [])
    }

    // MARK: What is wrong

    @Test(
        "what is wrong is said where it was set, with what would be right",
        arguments: [
            (
                "kafka: {instnce: a}", 1, "kafka.instnce",
                "no such setting; did you mean kafka.instance?"
            ),
            (
                "matching: {gates: {minAge: 19, maxAge: 18}}", 1, "matching.gates.minAge",
                "takes at most matching.gates.maxAge, which is 18"
            ),
            ("\nkafak:\n  instance: a", 2, "kafak", "no such setting; did you mean kafka?"),
            ("kafka: {level: info}", 1, "kafka.level", "no such setting; did you mean log.level?"),
            ("nonsense: 1", 1, "nonsense", "no such setting"),
            (
                "matching: {pausHours: {workload: 3}}", 1, "matching.pausHours",
                "no such setting; did you mean matching.pauseHours?"
            ),
            (
                "matching: {clocks: {acceptt: {remind: 3}}}", 1, "matching.clocks.acceptt",
                "no such setting; did you mean matching.clocks.accept?"
            ),
            ("kafka: 3", 1, "kafka", "a section: takes settings below it"),
            (
                "matching:\n  dueDays: 3", 2, "matching.dueDays",
                "a section: takes settings below it"
            ),
            (
                "health:\n  intervalSeconds: 0", 2, "health.intervalSeconds",
                "takes a whole number 1 to 3600"
            ),
            (
                "health: {intervalSeconds: 3601}", 1, "health.intervalSeconds",
                "takes a whole number 1 to 3600"
            ),
            (
                "health: {intervalSeconds: ten}", 1, "health.intervalSeconds",
                "takes a whole number 1 to 3600"
            ),
            (
                "health: {intervalSeconds: 1.5}", 1, "health.intervalSeconds",
                "takes a whole number 1 to 3600"
            ),
            (
                "health: {intervalSeconds: [1]}", 1, "health.intervalSeconds",
                "takes a whole number 1 to 3600"
            ),
            (
                "health: {metricsFile: metrics}", 1, "health.metricsFile",
                "takes an absolute path, or nothing"
            ),
            ("log: {format: xml}", 1, "log.format", "takes logfmt | json"),
            ("dedupe: {refuseStale: perhaps}", 1, "dedupe.refuseStale", "takes true | false"),
            (
                "matching: {minimumLevel: 6}", 1, "matching.minimumLevel",
                "takes a whole number 1 to 5"
            ),
            ("matching: {licensing: maybe}", 1, "matching.licensing", "takes on | off"),
            (
                "matching: {name: ''}", 1, "matching.name",
                "takes at most 64 letters, digits, '.', '_' and '-'"
            ),
            (
                "matching: {imagingDisciplines: []}", 1, "matching.imagingDisciplines",
                "takes a list of texts without commas, at least 1"
            ),
            (
                "events: {allowedSources: ['a,b']}", 1, "events.allowedSources",
                "takes a list of texts without commas, may be empty"
            ),
            (
                "events: {allowedSources: {a: b}}", 1, "events.allowedSources",
                "takes a list of texts without commas, may be empty"
            ),
            (
                "kafka: {bootstrapServers: 'h:x'}", 1, "kafka.bootstrapServers",
                "takes host:port, several with commas between"
            ),
            (
                "kafka: {bootstrapServers: 'a:1,,b:2'}", 1, "kafka.bootstrapServers",
                "takes host:port, several with commas between"
            ),
            (
                "kafka: {bootstrapServers: 5}", 1, "kafka.bootstrapServers",
                "takes host:port, several with commas between"
            ),
            (
                "kafka: {bootstrapServers: 'a:1,9092:9092'}", 1, "kafka.bootstrapServers",
                "takes host:port, several with commas between"
            ),
            (
                "kafka: {groupId: a/b}", 1, "kafka.groupId",
                "takes at most 200 letters, digits, '.', '_' and '-', or nothing"
            ),
            ("kafka.instance: a\nkafka: {instance: b}", 2, "kafka.instance", "set twice"),
            ("- a", 1, "", "takes sections such as kafka:, each with settings"),
            ("a: b: c", 1, "", "not YAML: mapping values are not allowed in this context"),
            ("log:\n  level: info\n  level: info", 2, "", "not YAML: twice in one mapping: level"),
        ]
    )
    func wrong(yaml: String, line: Int, key: String, message: String) throws {
        let found = try problems(yaml)
        #expect(found.map(\.key) == [key])
        #expect(found.map(\.message) == [message])
        guard case .file(_, let where_)? = found.first?.origin else {
            Issue.record("not of the file: \(found)")
            return
        }
        #expect(where_ == line)
    }

    @Test("everything wrong is told at once, in the order of the sources")
    func all() throws {
        let found = try problems(
            "log: {level: loud, colour: red}",
            environment: ["OPINIOND_LIMITS_DEPTH": "0", "OPINIOND_LOG_LEVL": "info"],
            overrides: ["matching.candidates=many", "nonsense"]
        )
        let told = found.map(\.description).map { text in
            text.hasPrefix("/") ? String(text.drop { $0 != ":" }) : text
        }
        #expect(
            told == [
                ":1: log.level \"loud\": takes trace | debug | info | notice | warning | error | critical",
                ":1: log.colour: no such setting",
                "OPINIOND_LIMITS_DEPTH: limits.depth \"0\": takes a whole number 8 to 128",
                "OPINIOND_LOG_LEVL: no such variable; did you mean OPINIOND_LOG_LEVEL?",
                "--set: matching.candidates \"many\": takes a whole number 1 to 50",
                "--set: takes key=value, such as log.level=debug",
            ]
        )
    }

    @Test("a file that was named must be there")
    func missingFile() throws {
        #expect {
            try Settings.load(file: "/nowhere/opiniond.yaml", environment: [:], overrides: [])
        } throws: { error in
            let stop = (error as? SettingsError)?.stop
            return stop == Stop(.badSettings, "/nowhere/opiniond.yaml: can't be read: no such file")
        }
    }
}

/// A file for as long as a test takes.
struct TemporaryFile {
    let path: String

    init(_ text: String) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "opiniond-\(UUID()).yaml")
        try Data(text.utf8).write(to: url)
        path = url.path
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

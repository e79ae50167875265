import Foundation
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire
import Testing

@Suite("Settings: the policy's hash, what is in force, the sample file")
struct SettingsTextTests {
    private func load(_ overrides: [String]) throws -> Settings {
        try Settings.load(file: "/dev/null", environment: [:], overrides: overrides)
    }

    private func hash(_ overrides: String...) throws -> String {
        try load(overrides).policy.sha256
    }

    // MARK: Hash

    @Test("the default policy's hash is the same on all machines")
    func stableHash() throws {
        let found = try hash()
        #expect(found == "fb7e0be4fae3965a23ce756ea6ef7ec7f5ebbe70b551e2da0bb227eb8fca308e")
    }

    @Test(
        "each setting of the policy changes its hash",
        arguments: SettingKey.all.filter { $0.section == "matching" }.map(\.name)
    )
    func changedHash(name: String) throws {
        let key = try #require(SettingKey.all.first { $0.name == name })
        #expect(try hash("\(name)=\(key.another)") != hash())
    }

    @Test(
        "other settings, and other ways to say the same, don't change it",
        arguments: [
            "matching.licensing=true", "matching.name=default", "log.level=debug",
            "kafka.topicPrefix=x.", "dedupe.retentionDays=3", "limits.depth=16",
            "matching.imagingDisciplines=radiology, nuclear-medicine",
        ]
    )
    func sameHash(setting: String) throws {
        #expect(try hash(setting) == hash())
    }

    // MARK: In force

    @Test(
        "what is in force reads back to the same",
        arguments: [
            [],
            ["kafka.topicPrefix=t.", "kafka.instance=on", "log.format=json"],
            ["kafka.bootstrapServers=[::1]:9092,b:1", "health.metricsFile=/a b/\"c\\#.prom"],
            ["events.allowedSources=/a: b,'x',# no,[y],ü\u{202e},-", "matching.licensing=off"],
            ["kafka.properties.client.id= a:b ", "kafka.properties.sasl.username=true"],
            ["kafka.properties.sasl.password=x", "kafka.groupId=null", "matching.name=1.0"],
        ]
    )
    func roundTrip(overrides: [String]) throws {
        let first = try load(overrides)
        let second = try Settings.load(text: first.effective)
        #expect(plain(second.effective) == plain(first.effective))
        #expect(second.policy == first.policy)
        #expect(second.reader.allowedSources == first.reader.allowedSources)
        #expect(second.metricsFile == first.metricsFile)
        #expect(second.instance == first.instance)
    }

    /// Without the remarks on where a setting was made.
    private func plain(_ yaml: String) -> [Substring] {
        yaml.split(separator: "\n").map { line in
            line.firstRange(of: "  # ").map { line[..<$0.lowerBound] } ?? line
        }
    }

    @Test("what isn't a default says where it was set")
    func remarks() throws {
        let settings = try Settings.load(
            file: "/dev/null",
            environment: ["OPINIOND_LOG_LEVEL": "debug"],
            overrides: ["limits.depth=16"]
        )
        #expect(settings.effective.contains("  level: debug  # OPINIOND_LOG_LEVEL\n"))
        #expect(settings.effective.contains("  depth: 16  # --set\n"))
        #expect(settings.effective.contains("  members: 4096\n"))
    }

    // MARK: Sample

    private static let sampleURL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Deploy/opiniond.yaml")

    @Test("the sample file is the one that the table of settings makes")
    func sample() throws {
        if ProcessInfo.processInfo.environment["OPINIOND_UPDATE"] != nil {
            try Data(SettingKey.sample.utf8).write(to: Self.sampleURL)
        }
        let file = try String(contentsOf: Self.sampleURL, encoding: .utf8)
        #expect(
            file == SettingKey.sample,
            "after a change of the table: OPINIOND_UPDATE=1 swift test --filter SettingsTextTests"
        )
    }

    private static let schemas = sampleURL.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Schemas")

    @Test("the schema of the settings is the one that the table of settings makes")
    func schema() throws {
        let url = Self.schemas.appending(path: "settings.json")
        if ProcessInfo.processInfo.environment["OPINIOND_UPDATE"] != nil {
            try Data(SettingKey.schema.utf8).write(to: url)
        }
        #expect(
            try String(contentsOf: url, encoding: .utf8) == SettingKey.schema,
            "after a change of the table: OPINIOND_UPDATE=1 swift test --filter SettingsTextTests"
        )
    }

    @Test("the examples of settings are read as they stand, JSON being YAML")
    func examples() throws {
        let folder = Self.schemas.appending(path: "examples/good")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("settings.") }
        #expect(names.count >= 2)
        for name in names {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            #expect(throws: Never.self, "\(name)") { try Settings.load(text: text, named: name) }
        }
        let text = try String(
            contentsOf: folder.appending(path: "settings.policy.json"),
            encoding: .utf8
        )
        let policy = try Settings.load(text: text).policy
        #expect(policy.matching.preferences.weights == [5_000, 0, 1_000, 5_000])
        #expect(policy.matching.preferences.lasts[0] == 0)
        #expect(policy.matching.verdictsMax == 1_000)
        #expect(policy.clocks[.deliver].reassign.map { $0 / 3_600_000 } == [168, 0, 0, 12])
        #expect(policy.clocks[.accept].reassign.map { $0 / 3_600_000 } == [24, 8, 4, 2])
        #expect(policy.records.required == ["path-report"])
        #expect(policy.records.byFamily == [.sarcoma: ["slides"]])
        #expect(policy.gates.ages == 18...130 && policy.gates.needsConsent)
        #expect(policy.gates.residences == ["IN", "LK"])
        #expect(policy.expiresAfter == 60 * 86_400_000)
        #expect(policy.offersSeats && policy.costs.chair == 2)
    }

    @Test("the sample file is right as it stands, and with everything switched on")
    func sampleLoads() throws {
        let asItStands = try Settings.load(text: SettingKey.sample)
        let switchedOn = try Settings.load(
            text: SettingKey.sample.replacing(/(?m)^( +)#([a-z][A-Za-z_]*:)/) { "\($0.1)\($0.2)" }
        )
        let defaults = try load([]).effective
        #expect(asItStands.effective == defaults)
        #expect(plain(switchedOn.effective) == plain(defaults))
        let settings = switchedOn.effective.split(separator: "\n").filter {
            $0.contains("  # text:")
        }
        #expect(settings.count == SettingKey.all.count - 1, "all but the empty properties")
    }

    @Test("no line of the sample is too long to be read")
    func sampleWidth() {
        #expect(SettingKey.sample.split(separator: "\n").allSatisfy { $0.count <= 110 })
    }
}

extension SettingKey {
    /// A value that is right and not the default.
    fileprivate var another: String {
        switch (kind, standard) {
        case (.number(let range), .number(let standard)):
            "\(standard == range.lowerBound ? range.upperBound : range.lowerBound)"
        case (.word(let words), _): words.last ?? ""
        case (.toggle, .toggle(let isOn)): isOn ? "off" : "on"
        case (.flag, .flag(let isSet)): "\(!isSet)"
        default: "another"
        }
    }
}

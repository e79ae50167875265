import Foundation
import OpinionService
import OpinionTesting
import Testing

@Suite("The manual pages say what is")
struct ManualTests {
    private let daemon: ManualPage
    private let tools: ManualPage

    init() throws {
        daemon = try ManualPage("opiniond.8")
        tools = try ManualPage("opinionctl.8")
    }

    // MARK: Settings

    private static let begin = ".\\\" begin of the table\n"
    private static let end = ".\\\" end of the table\n"

    @Test("the settings in the page are the ones that the table of settings makes")
    func table() throws {
        let file = URL(filePath: ManualPage.path("opiniond.8"))
        let text = try String(contentsOf: file, encoding: .utf8)
        let begin = try #require(text.firstRange(of: Self.begin)).upperBound
        let end = try #require(text.firstRange(of: Self.end)).lowerBound
        guard ProcessInfo.processInfo.environment["OPINIOND_UPDATE"] == nil else {
            let updated = text[..<begin] + SettingKey.manual + text[end...]
            return try Data(updated.utf8).write(to: file)
        }
        #expect(
            text[begin..<end] == SettingKey.manual,
            "after a change of the table: OPINIOND_UPDATE=1 swift test --filter ManualTests"
        )
    }

    @Test("every setting has its entry, with its default", arguments: SettingKey.all.map(\.name))
    func setting(name: String) {
        let entries = daemon.entries(in: "SETTINGS").filter { $0.tag.hasPrefix(name + ": ") }
        #expect(entries.count == 1)
    }

    @Test("no setting is named that doesn't exist, and no variable")
    func unknownSettings() throws {
        let names = Set(SettingKey.all.map(\.name))
        let sections = Set(SettingKey.all.map(\.section)).sorted().joined(separator: "|")
        let key = try Regex("\\b(\(sections))\\.[A-Za-z._]*[A-Za-z]")
        for page in [daemon, tools] {
            let named = page.text.matches(of: key).map { String($0.0) }
            let unknown = named.filter { !names.contains($0) && !$0.hasPrefix("kafka.properties.") }
            #expect(unknown == [])
            let variables = page.text.matches(of: /OPINIOND_[A-Z_]+/).map { String($0.0) }
            // OPINIOND_... stands for all of them.
            let known = Set(SettingKey.all.map(\.variable)).union(["OPINIOND_"])
            #expect(variables.filter { !known.contains($0) } == [])
        }
        #expect(daemon.text.matches(of: key).count > names.count)
    }

    @Test("the settings given as an example are right")
    func example() throws {
        let lines = daemon.section("EXAMPLES").split(separator: "\n").drop { $0 != "kafka:" }
        let yaml = lines.prefix { $0 == "kafka:" || $0.hasPrefix(" ") }.joined(separator: "\n")
            .replacing("credential:kafka-password", with: "secret")
        #expect(yaml.contains("secret"))
        let settings = try Settings.load(text: yaml)
        #expect(settings.bootstrapServers == "kafka-1.example:9093,kafka-2.example:9093")
    }

    // MARK: Everything else

    @Test("the exit codes are those that there are")
    func exitCodes() {
        let codes = ExitCode.allCases.map { "\($0.rawValue)" }
        #expect(daemon.names(in: "EXIT STATUS") == codes)
        #expect(Set(tools.names(in: "EXIT STATUS")).isSubset(of: codes))
    }

    @Test("the health line's fields and statuses are those that there are")
    func health() {
        let fields = daemon.names(in: "Fields")
        #expect(Set(fields) == Set(["time"] + Health().fields.map(\.name)))
        #expect(fields.count == Set(fields).count)
        #expect(daemon.names(in: "Statuses") == Health.Status.allCases.map(\.rawValue))
        let lag = Health.LagStatus.allCases.map(\.rawValue)
        #expect(lag.allSatisfy(daemon.section("Fields").contains(word:)))
    }

    @Test("the reasons are those that the health line can have")
    func reasons() {
        let others = [
            "lag-stalled", "clock-jumped", "clock-disagrees", "roster-collapsed",
            "settings-refused", "memory-near-limit",
        ]
        let waits = Wait.allCases.map(\.rawValue)
        #expect(daemon.names(in: "Reasons") == Trouble.allCases.map(\.rawValue) + waits + others)
    }

    @Test("the reasons of an end are those that the last line can have")
    func ends() {
        let ends = ExitCode.allCases.filter { ![.usage, .unreachable, .bug].contains($0) }
            .map(\.reason)
        #expect(Set(ends).isSubset(of: daemon.names(in: "Reasons of an end")))
    }

    @Test("the topics are those that there are")
    func topics() {
        #expect(Set(daemon.names(in: "TOPICS")) == Set(TopicRole.all.map(\.topic)))
    }

    @Test("version and standard file are right")
    func version() {
        for page in [daemon, tools] {
            #expect(page.title.contains("\"opiniond \(Version.text)\""))
            #expect(page.section("FILES").contains(Settings.standardFile))
        }
    }
}

extension String {
    fileprivate func contains(word: String) -> Bool {
        split { !$0.isLetter && $0 != "-" }.contains { $0 == word }
    }
}

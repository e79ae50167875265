import ArgumentParser
import OpinionCommands
import OpinionService
import OpinionTools

/// The daemon and what an operator asks of it.
@main
struct Opiniond: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opiniond",
        abstract: "Brings second-opinion requests to the right specialist, exactly once.",
        discussion: "Exit codes: 0 stopped as asked, 64 usage, 65 state and offsets disagree, "
            + "69 broker unreachable (check), 70 a bug, 75 try again, 76 fenced, "
            + "77 not authorised, 78 bad settings.",
        version: Version.text,
        subcommands: [Run.self, Demo.self, Check.self, Config.self]
    )

    static func main() async {
        StandardFiles.open()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(error)
        }
    }
}

extension Opiniond {
    /// Usage and help as the parser words them; sysexits' code for what it can't read.
    private static func end(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        if code == .success || error is ArgumentParser.ExitCode { exit(withError: error) }
        Complaint.say(fullMessage(for: error))
        exit(withError: code)
    }
}

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the daemon; what systemd starts."
    )

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        let loaded = try settings.load()
        if let stop = InstanceName(loaded.site).take() {
            Complaint.say(stop.message)
            throw ArgumentParser.ExitCode(stop.code.rawValue)
        }
        var options = Daemon.Options(loaded)
        options.reload = settings.reload
        let code = await Daemon(options).run()
        throw ArgumentParser.ExitCode(code.rawValue)
    }
}

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lint the settings; look at brokers, topics, rights and roster. Writes nothing."
    )

    @OptionGroup var settings: SettingsOptions

    @Flag(help: "Only lint the settings; connect to nothing.")
    var offline = false

    func run() throws {
        let code = OpinionTools.Check.run(try settings.load(), offline: offline) { print($0) }
        throw ArgumentParser.ExitCode(code.rawValue)
    }
}

struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the settings in force and where each comes from; secrets are redacted."
    )

    @OptionGroup var settings: SettingsOptions

    func run() throws { print(try settings.load().effective) }
}

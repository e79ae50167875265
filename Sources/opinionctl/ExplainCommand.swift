import ArgumentParser
import Foundation
import OpinionCommands
import OpinionService
import OpinionTools

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell the whole story of a request: who got it, why, and what it waited for.",
        discussion:
            "Reads the partitions where the request must lie, or else all topics from their beginning; "
            + "changes nothing."
    )

    @OptionGroup var settings: SettingsOptions

    @Argument(help: "The request's id.")
    var request: String

    @Option(help: "Its network, if several have a request of that id.")
    var network: String?

    @Option(help: "A specialist: why not this one?")
    var whyNot: String?

    func run() throws {
        let code = Explain.run(
            try settings.load(),
            request: request,
            in: network,
            whyNot: whyNot,
            print: { print($0) },
            progress: { read, count in
                FileHandle.standardError.write(Data("read \(read) of \(count) records\n".utf8))
            }
        )
        throw ArgumentParser.ExitCode(code.rawValue)
    }
}

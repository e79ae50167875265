import ArgumentParser
import OpinionCommands
import OpinionService
import OpinionTools

/// Tools for people around the daemon.
@main
struct Opinionctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opinionctl",
        abstract: "Topics, workloads and explanations for opiniond.",
        version: Version.text,
        subcommands: [TopicsCommand.self, Generate.self, ExplainCommand.self]
    )
}

struct TopicsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics",
        abstract: "Create or verify the daemon's topics.",
        subcommands: [Create.self, Verify.self]
    )

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create the topics that are missing; leave the others as they are."
        )

        @OptionGroup var settings: SettingsOptions

        @Option(help: "Partitions of requests, responses and state: how many shards there can be.")
        var partitions = 12

        @Option(help: "Partitions of the topics that are written for others.")
        var outputPartitions = 12

        @Option(
            parsing: .unconditional,
            help: "Replicas of each partition; -1 leaves it to the brokers."
        )
        var replication = 3

        func run() throws {
            let code = Topics.create(
                try settings.load(),
                partitions: partitions,
                outputPartitions: outputPartitions,
                replication: replication,
                print: { print($0) }
            )
            throw ArgumentParser.ExitCode(code.rawValue)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the topics and what is wrong with them. Changes nothing."
        )

        @OptionGroup var settings: SettingsOptions

        func run() throws {
            let code = Topics.verify(try settings.load(), print: { print($0) })
            throw ArgumentParser.ExitCode(code.rawValue)
        }
    }
}

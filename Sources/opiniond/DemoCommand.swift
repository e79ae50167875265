import ArgumentParser

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show it all in one process on an embedded broker: no Kafka, no settings.",
        discussion: "Specialists answer by themselves; it ends by itself within a minute, exit 0."
    )

    @Flag(help: "One panel for a patient with secondaries in liver and bone, seat by seat.")
    var panel = false

    @Option(help: "How many requests arrive, 1 to 2,000.")
    var requests = 60

    @Option(help: "The same seed shows the same requests.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (1...2_000).contains(requests) else {
            throw ValidationError("--requests \(requests): takes a whole number 1 to 2000")
        }
    }

    func run() async throws {
        let demonstration = try Demonstration(panel ? .panel : .requests(requests), seed: seed)
        throw ArgumentParser.ExitCode(await demonstration.run() { print($0) } ? 0 : 70)
    }
}

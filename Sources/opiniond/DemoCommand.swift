import ArgumentParser

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show it all in one process on an embedded broker: no Kafka, no settings.",
        discussion: "Specialists answer by themselves; it ends by itself within a minute, exit 0."
    )

    @Flag(help: "One panel for a patient with secondaries in liver and bone, seat by seat.")
    var panel = false

    @Option(help: "How many requests arrive, 1 to 2,000; 60 if not said. A panel is one.")
    var requests: Int?

    @Option(help: "The same seed shows the same requests.")
    var seed: UInt64 = 1

    func validate() throws {
        guard let requests else { return }
        guard (1...2_000).contains(requests) else {
            throw ValidationError("--requests \(requests): takes a whole number 1 to 2000")
        }
        guard !panel else { throw ValidationError("--requests: a --panel is one request") }
    }

    func run() async throws {
        let show = panel ? Demonstration.Show.panel : .requests(requests ?? 60)
        let demonstration = try Demonstration(show, seed: seed)
        throw ArgumentParser.ExitCode(await demonstration.run() { print($0) } ? 0 : 70)
    }
}

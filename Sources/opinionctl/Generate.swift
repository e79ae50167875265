import ArgumentParser
import Foundation
import Glibc
import KafkaTransport
import OpinionCommands
import OpinionReplay
import OpinionService
import OpinionTools

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a workload in the contract's format: the same seed gives the same one.",
        discussion: "Writes roster.jsonl and requests.jsonl into a directory with --out, "
            + "or publishes to the broker of the settings: without --yes only to topics that nothing "
            + "was ever written to, for nothing tells invented patients from real ones."
    )

    @OptionGroup var settings: SettingsOptions

    @Option(help: "Directory to write to instead of publishing.")
    var out: String?

    @Option(help: "Decides everything except the times.")
    var seed: UInt64 = 1

    @Option(help: "How many requests.")
    var requests = 20_000

    @Option(help: "How many specialists.")
    var specialists = 2_000

    @Option(help: "Networks, 1 to 4.")
    var networks = 4

    @Option(help: "Units of all specialists together, over the number of requests; up to 1000.")
    var capacityScale = 1.5

    @Option(help: "Share of the requests that are sent twice, 0 to 1.")
    var duplicates = 0.002

    @Option(help: "Share of the requests that are panels, 0 to 1.")
    var panels = 0.0

    @Option(help: "Time of the first request, RFC 3339; now by default.")
    var epoch: String?

    @Option(help: "Requests a second when publishing; as fast as it goes by default.")
    var rate: Double?

    @Flag(help: "Publish also where something was published before, without asking.")
    var yes = false

    func validate() throws {
        guard requests > 0, specialists > 0 else {
            throw ValidationError("--requests and --specialists take whole numbers from 1")
        }
        guard (1...4).contains(networks) else {
            throw ValidationError("--networks \(networks): takes 1 to 4")
        }
        guard 0 < capacityScale, capacityScale <= 1_000 else {
            throw ValidationError("--capacity-scale takes a number above 0, 1000 at most")
        }
        guard (0...1).contains(duplicates) else {
            throw ValidationError("--duplicates takes a share, 0 to 1")
        }
        guard (0...1).contains(panels) else {
            throw ValidationError("--panels takes a share, 0 to 1")
        }
        guard out != "" else { throw ValidationError("--out takes a directory") }
        guard rate ?? 1 > 0 else { throw ValidationError("--rate takes a number above 0") }
        guard epoch == nil || moment.map({ Self.earliest <= $0 }) == true else {
            throw ValidationError("--epoch takes a time such as 2027-03-01T08:00:00Z, from 2000")
        }
    }

    func run() throws {
        let workload = Workload(
            Workload.Options(
                seed: seed,
                specialists: specialists,
                requests: requests,
                networks: networks,
                epoch: moment ?? Int64(Date().timeIntervalSince1970 * 1_000),
                capacityScale: capacityScale,
                duplicates: duplicates,
                panels: panels
            )
        )
        if let out {
            try write(workload, to: out)
        } else {
            try publish(workload)
        }
    }

    /// 2000-01-01T00:00:00Z: so that nobody is born before the year from which a patient may be.
    private static let earliest: Int64 = 946_684_800_000
    private var moment: Int64? { epoch.flatMap(Workload.moment) }

    private func write(_ workload: Workload, to directory: String) throws {
        do {
            try WorkloadFile.write(workload, to: directory)
        } catch {
            throw ValidationError("--out \(directory): can't be written to")
        }
        print("\(directory)/roster.jsonl, \(directory)/requests.jsonl: seed \(seed)")
    }

    private func publish(_ workload: Workload) throws {
        let settings = try settings.load()
        try confirm(settings)
        let site = settings.site
        do throws(KafkaError) {
            let publisher = try Publisher(
                properties: site.properties,
                prefix: site.prefix,
                log: site.log
            )
            try publisher.send(workload.roster())
            print("\(specialists) profiles published")
            try publisher.send(workload.requests(), rate: rate) {
                print("\($0) requests published")
            }
            publisher.close()
        } catch {
            Self.complain("\(error)")
            throw ArgumentParser.ExitCode(error.stop?.code.rawValue ?? 69)
        }
    }

    // MARK: May it be published there?

    /// Ends the command unless the topics are new, or somebody says that invented requests may go there.
    private func confirm(_ settings: Settings) throws {
        switch Destination.look(settings, print: { Self.complain($0) }) {
        case .failure(let failure): throw ArgumentParser.ExitCode(failure.code.rawValue)
        case .success(let destination):
            guard 0 < destination.recordCount, !yes else { return }
            guard ask(destination) else { throw ArgumentParser.ExitCode(64) }
        }
    }

    private func ask(_ destination: Destination) -> Bool {
        let topics = destination.topics.joined(separator: " and ")
        Self.complain(
            "\(topics) at \(destination.brokers) hold or held \(destination.recordCount) records: "
                + "\(requests) invented patients and \(specialists) invented specialists among real ones "
                + "can't be told apart or taken back"
        )
        guard isatty(STDIN_FILENO) == 1 else {
            Self.complain(
                "nothing published: say --yes to publish all the same, set another kafka.topicPrefix, or "
                    + "write to a directory with --out"
            )
            return false
        }
        print("Publish them there all the same? Type yes: ", terminator: "")
        let isAgreed = readLine() == "yes"
        if !isAgreed { Self.complain("nothing published") }
        return isAgreed
    }

    private static func complain(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}

import ArgumentParser
import Foundation
import OpinionFlow
import OpinionService
import OpinionWire

@main
struct Opiniond: AsyncParsableCommand {
    @Argument var command = ""
    @Option var config = ""
    func run() async throws {
        let env = ProcessInfo.processInfo.environment
        let policy = Policy(name: "default", sha256: String(repeating: "a", count: 64))
        let site = KafkaSite(
            group: env["OPINIOND_KAFKA_GROUP_ID"] ?? "opiniond", instance: "one",
            prefix: env["OPINIOND_KAFKA_TOPIC_PREFIX"] ?? "",
            properties: [("bootstrap.servers", env["OPINIOND_KAFKA_BOOTSTRAP_SERVERS"] ?? "localhost:9092"),
             ("receive.message.max.bytes", "2000000000"), ("fetch.max.bytes", "1900000000"), ("fetch.message.max.bytes", "1000000000"), ("queued.max.messages.kbytes", "1000000"), ("fetch.wait.max.ms", "100")],
            policy: policy)
        let daemon = Daemon(.init(site: site, reader: ReaderSettings(policy: policy), intervalSeconds: 1))
        let code = await daemon.run()
        Foundation.exit(code.rawValue)
    }
}

import Foundation
import OpinionWire
import Testing

@Suite("Topics of the wrong kind", .timeLimit(.minutes(5)))
struct TopicTests {
    /// Topics as they should be, but for one property of one of them.
    private func ground(_ topic: String, _ key: String, _ value: String) throws -> Ground {
        try Ground(Broker.shared.get(), properties: [topic: [key: value]])
    }

    private func run(
        _ program: String,
        _ arguments: [String],
        _ ground: Ground
    ) throws -> (text: String, code: Int32) {
        let path = try Program.built(program)
        let all = arguments + ["--config", "/dev/null"]
        let (output, code) = try Program.run(path, all, environment: ground.environment())
        return (String(decoding: output, as: UTF8.self), code)
    }

    private static let commands = [
        ("opiniond", ["check"]), ("opinionctl", ["topics", "verify"]),
        ("opinionctl", ["topics", "create", "--partitions", "3", "--replication", "1"]),
    ]

    @Test(
        "what loses state or can't be written is refused, by every command that looks",
        arguments: [
            (Topic.state, "cleanup.policy", "delete", "must be compact"),
            (Topic.state, "max.message.bytes", "60000", "set 524288 or more"),
            (Topic.deadLetters, "max.message.bytes", "9000", "set 16384 or more"),
        ]
    )
    func refused(topic: String, key: String, value: String, advice: String) throws {
        let ground = try ground(topic, key, value)
        for (program, arguments) in Self.commands {
            let (text, code) = try run(program, arguments, ground)
            #expect(code == 78, "\(arguments): \(text)")
            let said = "\(ground.prefix)\(topic) WRONG: \(key) is \(value): "
            #expect(text.contains(said) && text.contains(advice), "\(arguments): \(text)")
        }
    }

    @Test(
        "what may lose something is told, and stops nobody",
        arguments: [
            (Topic.specialists, "cleanup.policy", "delete", "must be compact"),
            (Topic.requests, "retention.ms", "3600000", "set 345600000 (4 days) or more"),
            (Topic.deadLetters, "max.message.bytes", "1000000", "goes without its value"),
            (Topic.assignments, "max.message.bytes", "300000", "set 524288 or more"),
        ]
    )
    func told(topic: String, key: String, value: String, advice: String) throws {
        let ground = try ground(topic, key, value)
        for (program, arguments) in Self.commands {
            let (text, code) = try run(program, arguments, ground)
            #expect(code == 0, "\(arguments): \(text)")
            let said = "\(ground.prefix)\(topic) warning: \(key) is \(value): "
            #expect(text.contains(said) && text.contains(advice), "\(arguments): \(text)")
        }
    }
}

import Foundation
import Glibc
import OpinionTesting
import OpinionWire

/// Several instances of the daemon on one ground, each behind a proxy of its own.
final class Crew {
    private let ground: Ground
    private(set) var members: [String: Opiniond] = [:]
    private var proxies: [String: Proxy] = [:]

    /// Starts these one after the other, each once those before it have their shards.
    ///
    /// The broker of these tests answers nobody in the group any more when a member joins in the moment in
    /// which it ends a round of joining (some 10 ms). Who comes back under their name makes no new round.
    init(_ ground: Ground, _ names: [String]) throws {
        self.ground = ground
        for name in names {
            try start(name)
            try wait("all to own shards; \(tail)", seconds: 90) { isAllOwned(by: self.names) }
        }
    }

    var names: [String] { members.keys.sorted() }

    func start(_ name: String) throws {
        let proxy = try proxies[name] ?? Proxy(to: ground.broker.port)
        proxies[name] = proxy
        members[name] = try ground.daemon([
            "OPINIOND_KAFKA_INSTANCE": name,
            "OPINIOND_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:\(proxy.port)",
        ])
    }

    func kill(_ name: String) { members[name]?.kill(SIGKILL) }

    func set(_ fault: Proxy.Fault?, for name: String) { proxies[name]?.set(fault) }

    /// Ends an instance for good, as an administrator does: its group is told that it is gone.
    func dismiss(_ name: String) throws -> Int32 {
        let code = try members.removeValue(forKey: name)?.terminate() ?? -1
        try evict(name)
        return code
    }

    func terminate(_ name: String) throws -> Int32 { try members[name]?.terminate() ?? -1 }

    /// Takes a static member out of the group (LeaveGroup, KIP-345).
    ///
    /// The broker of these tests never expires the session of a member by itself.
    func evict(_ name: String) throws {
        func text(_ value: String) -> [UInt8] { [0, UInt8(value.utf8.count)] + Array(value.utf8) }
        // LeaveGroup, version 3, correlation 1.
        let head: [UInt8] = [0, 13, 0, 3, 0, 0, 0, 1] + text("evict")
        let oneMember: [UInt8] = [0, 0, 0, 1] + text("") + text(name)
        let request = head + text(ground.prefix + "opiniond") + oneMember
        let connection = try Connection(to: ground.broker.port)
        guard connection.write(frame: request), let answer = connection.readFrame() else {
            throw TimeUp(description: "the broker does not evict \(name)")
        }
        // After correlation and throttling the group's error, then one member whose error comes last.
        let code = (answer[8..<10] + answer.suffix(2)).reduce(0) { $0 | Int($1) }
        guard code == 0, answer.count > 14 else {
            throw TimeUp(description: "evicting \(name): error \(code)")
        }
    }

    // MARK: How they are

    var tail: String { members.map { "\($0.key): \($0.value.tail)" }.joined(separator: "\n") }

    /// How often those who run took a shard over without reading all of its state.
    var resumed: Int {
        members.values.reduce(0) { $0 + $1.lines.count { $0.contains("resumed=true") } }
    }

    /// Whether these share all shards among them, each with some, by their last health lines.
    func isAllOwned(by names: [String]) -> Bool {
        let owned = names.map { members[$0]?.health.last?["shards_owned"].flatMap { Int($0) } ?? 0 }
        return owned.allSatisfy { $0 > 0 } && owned.reduce(0, +) == ground.shards
    }

    /// Waits until health lines that are still to come show all at rest.
    func waitForRest(seconds: Double = 120) throws {
        let counts = members.mapValues(\.health.count)
        let steps = { self.members.values.reduce(0) { $0 + $1.steps } }
        try wait("rest; \(tail)", seconds: seconds, progress: steps) {
            for name in names { try check(name) }
            return isAllOwned(by: names)
                && members.allSatisfy { name, daemon in
                    let lines = daemon.health.dropFirst((counts[name] ?? 0) + 1)
                    return 2 <= lines.count
                        && lines.suffix(2).allSatisfy { $0["lag"] == "0" && Opiniond.isWell($0) }
                }
        }
    }

    /// systemd's part: whoever ended and says try again is started again.
    private func check(_ name: String) throws {
        guard let daemon = members[name], !daemon.isRunning else { return }
        let code = try daemon.exitCode()
        guard [75, 76].contains(code) else {
            throw TimeUp(description: "\(name) ended with \(code); \(daemon.tail)")
        }
        try start(name)
    }

    /// Starts again whoever ended by itself.
    func mind() throws { for name in names { try check(name) } }
}

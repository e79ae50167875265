import Foundation
import Synchronization

/// Stands between a daemon and the broker, and spoils the connections when told to.
///
/// The broker names its own port to its clients; the proxy names its own instead, or they would go past it.
final class Proxy: Sendable {
    enum Fault: CaseIterable {
        /// All connections end at once.
        case cut
        /// Every frame comes late, by 20 to 400 ms.
        case delay
        /// Answers no longer come, while the connections stay open.
        case halfOpen
        /// New connections are closed as soon as they are made.
        case refuse
    }

    let port: UInt16
    private let broker: UInt16
    private let state = Mutex(State())

    private struct State {
        var fault: Fault?
        var connections: [Connection] = []
    }

    init(to broker: UInt16) throws {
        self.broker = broker
        port = try Port.free()
        try Connection.listen(on: port) { [weak self] in self?.take($0) }
    }

    /// Begins a fault; nil ends it.
    func set(_ fault: Fault?) {
        let cut = state.withLock { state in
            defer { if fault == .cut || fault == .refuse { state.connections = [] } }
            state.fault = fault
            return fault == .cut || fault == .refuse ? state.connections : []
        }
        for connection in cut { connection.cut() }
    }

    private var fault: Fault? { state.withLock { $0.fault } }

    private func take(_ client: Connection) {
        guard fault != .refuse, let server = try? Connection(to: broker) else {
            return client.cut()
        }
        state.withLock { $0.connections += [client, server] }
        Thread { [self] in pass(from: client, to: server) { $0 } }.start()
        Thread { [self] in pass(from: server, to: client) { renamed($0) } }.start()
    }

    private func pass(
        from source: Connection,
        to target: Connection,
        _ change: ([UInt8]) -> [UInt8]
    ) {
        while let frame = source.readFrame() {
            switch fault {
            case .delay: Thread.sleep(forTimeInterval: .random(in: 0.02...0.4))
            // What came meanwhile is gone, as with a connection that died unnoticed.
            case .halfOpen: continue
            case .cut, .refuse, nil: break
            }
            guard target.write(frame: change(frame)) else { break }
        }
        source.cut()
        target.cut()
    }

    /// The frame with our port wherever the broker names its own.
    private func renamed(_ frame: [UInt8]) -> [UInt8] {
        let own = Self.named(broker)
        guard frame.count < 65_536 else { return frame }
        var frame = frame
        var at = 0
        while at + own.count <= frame.count {
            if frame[at] == own[0], frame[at..<(at + own.count)].elementsEqual(own) {
                frame.replaceSubrange(at..<(at + own.count), with: Self.named(port))
                at += own.count
            } else {
                at += 1
            }
        }
        return frame
    }

    /// A host and its port as the protocol has them.
    private static func named(_ port: UInt16) -> [UInt8] {
        Array("127.0.0.1".utf8) + [0, 0, UInt8(port >> 8), UInt8(port & 0xff)]
    }
}

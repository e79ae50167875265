import Foundation
import Glibc

/// A TCP connection on loopback, blocking.
final class Connection: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Connects to a port of this machine.
    init(to port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard unsafe Port.withAddress(of: port, { unsafe connect(descriptor, $0, $1) }) == 0 else {
            throw TimeUp(description: "nobody answers on port \(port)")
        }
    }

    /// Takes connections on a port for as long as the process lives.
    static func listen(on port: UInt16, _ take: @escaping @Sendable (Connection) -> Void) throws {
        let door = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        unsafe setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard unsafe Port.withAddress(of: port, { unsafe bind(door, $0, $1) }) == 0,
            Glibc.listen(door, 128) == 0
        else {
            throw TimeUp(description: "port \(port) can't be listened on")
        }
        Thread {
            while true {
                let taken = accept(door, nil, nil)
                if taken >= 0 { take(Connection(taken)) }
            }
        }.start()
    }

    /// Ends both directions; whoever waits in a call comes back.
    func cut() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    // MARK: Frames as Kafka has them: four bytes of length, then so many bytes

    /// The next frame without its length; nil at the end.
    func readFrame() -> [UInt8]? {
        guard let head = read(4) else { return nil }
        return read(head.reduce(0) { $0 << 8 | Int($1) })
    }

    func write(frame: [UInt8]) -> Bool {
        let count = UInt32(frame.count)
        return write([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + frame)
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = unsafe bytes.withUnsafeMutableBytes {
                unsafe recv(descriptor, $0.baseAddress.map { unsafe $0 + done }, count - done, 0)
            }
            guard got > 0 else { return nil }
            done += got
        }
        return bytes
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count {
            let sent = unsafe bytes.withUnsafeBytes {
                unsafe send(
                    descriptor,
                    $0.baseAddress.map { unsafe $0 + done },
                    bytes.count - done,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard sent > 0 else { return false }
            done += sent
        }
        return true
    }
}

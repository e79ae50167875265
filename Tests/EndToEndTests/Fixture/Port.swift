import OpinionTesting
import Foundation
import Glibc

/// Ports of this machine.
enum Port {
    /// One that nobody listens on: asked of the kernel, which doesn't give it away again soon.
    static func free() throws -> UInt16 {
        for _ in 0..<100 {
            let port = UInt16.random(in: 20_000..<32_000)
            let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(connection) }
            let isFree = unsafe withAddress(of: port) { unsafe bind(connection, $0, $1) } == 0
            if isFree { return port }
        }
        throw TimeUp(description: "no free port")
    }

    /// Lends out the address of a port on loopback, as system calls want it.
    static func withAddress(
        of port: UInt16,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, size)
            }
        }
    }
}

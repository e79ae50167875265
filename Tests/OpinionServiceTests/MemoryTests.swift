import Foundation
import OpinionService
import Testing

@Suite("Memory and its limit")
struct MemoryTests {
    /// A directory that looks like the kernel's, for as long as a test takes.
    private final class Kernel {
        let root = FileManager.default.temporaryDirectory.appending(path: "opiniond-\(UUID())")

        init(groups: String, _ files: [String: String]) throws {
            for (name, text) in files.merging(["self": groups], uniquingKeysWith: { $1 }) {
                let file = root.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data((text + "\n").utf8).write(to: file)
            }
        }

        deinit { try? FileManager.default.removeItem(at: root) }

        var reading: MemoryGauge.Reading? {
            MemoryGauge(membership: root.path + "/self", root: root.path).reading()
        }
    }

    private static let slice = "system.slice/opiniond.service"

    @Test("the lower of two limits counts, and what the kernel can take back doesn't")
    func second() throws {
        let kernel = try Kernel(
            groups: "0::/\(Self.slice)",
            [
                "\(Self.slice)/memory.max": "1000", "\(Self.slice)/memory.high": "800",
                "\(Self.slice)/memory.current": "900", "system.slice/memory.max": "max",
                "\(Self.slice)/memory.stat":
                    "anon 500\ninactive_file 100\nactive_file 50\nfile 400",
            ]
        )
        #expect(kernel.reading == MemoryGauge.Reading(used: 750, limit: 800))
    }

    @Test("a group around ours that is nearer to its limit counts")
    func outer() throws {
        let kernel = try Kernel(
            groups: "0::/\(Self.slice)",
            [
                "\(Self.slice)/memory.max": "1000", "\(Self.slice)/memory.high": "max",
                "\(Self.slice)/memory.current": "500", "system.slice/memory.max": "2000",
                "system.slice/memory.current": "1900",
            ]
        )
        #expect(kernel.reading == MemoryGauge.Reading(used: 1_900, limit: 2_000))
    }

    @Test("the first version is read too, beside an empty second")
    func first() throws {
        let kernel = try Kernel(
            groups: "4:cpu,memory:/a\n1:name=systemd:/a\n0::/",
            [
                "memory/a/memory.limit_in_bytes": "1000", "memory/a/memory.usage_in_bytes": "900",
                "memory/a/memory.stat": "cache 9\ntotal_inactive_file 300\ntotal_active_file 100",
                "memory/memory.limit_in_bytes": "9223372036854771712",
                "memory/memory.usage_in_bytes": "5000",
            ]
        )
        #expect(kernel.reading == MemoryGauge.Reading(used: 500, limit: 1_000))
    }

    @Test("without a limit, or without anything to read, there is nothing to tell")
    func none() throws {
        let files = ["a/memory.max": "max", "a/memory.high": "max", "a/memory.current": "5"]
        #expect(try Kernel(groups: "0::/a", files).reading == nil)
        #expect(try Kernel(groups: "nonsense", [:]).reading == nil)
        #expect(MemoryGauge(membership: "/nowhere").reading() == nil)
    }

    @Test("near it from nine tenths on, until a good deal less, looked at once a second")
    func watch() {
        let shares: [Int64] = [89, 90, 86, 85, 84, 89, 91]
        // Each look sees the next figure; in between the last one stands.
        let figures = Figures(shares)
        var watch = MemoryWatch(read: figures.next)
        let told = (0..<shares.count).map { second in
            let isNear = watch.isNear(at: Double(second))
            #expect(watch.isNear(at: Double(second) + 0.9) == isNear)
            return isNear
        }
        #expect(told == [false, true, true, true, false, false, true])
    }
}

/// Shares of 100 bytes, one after the other.
private final class Figures: @unchecked Sendable {
    // Only one thread asks.
    private var left: [Int64]

    init(_ shares: [Int64]) { left = shares.reversed() }

    @Sendable func next() -> MemoryGauge.Reading? {
        left.popLast().map { MemoryGauge.Reading(used: $0, limit: 100) }
    }
}

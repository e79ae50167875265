internal import Foundation

/// How much memory the kernel lets us have, and how much of it is used, by the control group's own figures
/// (cgroups(7), both versions).
///
/// What is counted is what an end for lack of memory would be decided by: all memory of the group but the cache of
/// files, which is given back when it is needed.
package struct MemoryGauge: Sendable {
    /// Bytes.
    package struct Reading: Hashable, Sendable {
        package let used: Int64
        package let limit: Int64

        package init(used: Int64, limit: Int64) {
            self.used = used
            self.limit = limit
        }

        /// Hundredths.
        package var share: Int64 { used * 100 / max(1, limit) }
    }

    /// Above this the first version means that there is no limit.
    private static let unlimited: Int64 = 1 << 60
    /// Levels of groups that are looked at.
    private static let depthMax = 32

    private let membership: String
    private let root: String

    /// - Parameters:
    ///   - membership: The file that tells our groups.
    ///   - root: Where the groups are mounted.
    package init(membership: String = "/proc/self/cgroup", root: String = "/sys/fs/cgroup") {
        self.membership = membership
        self.root = root
    }

    /// Of the group that is nearest to its limit, our own or one around it; nil: there is no limit, or it
    /// can't be read.
    package func reading() -> Reading? {
        let lines = (text(membership) ?? "").split(separator: "\n").map(String.init)
        let readings = lines.flatMap { line -> [Reading] in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return [] }
            let groups = Self.groups(String(parts[2]))
            if parts[1].isEmpty { return groups.compactMap(second) }
            return parts[1].split(separator: ",").contains("memory") ? groups.compactMap(first) : []
        }
        return readings.max { $0.share < $1.share }
    }

    /// A group and those around it; the outermost is empty.
    private static func groups(_ path: String) -> [String] {
        let names = path.split(separator: "/").prefix(depthMax)
        return (0...names.count).map { names.prefix($0).map { "/" + $0 }.joined() }
    }

    // MARK: The versions

    private func second(_ group: String) -> Reading? {
        let directory = root + group
        let limits = ["memory.max", "memory.high"].compactMap { number("\(directory)/\($0)") }
        return reading(
            directory,
            limit: limits.min(),
            used: "memory.current",
            cache: ["active_file", "inactive_file"]
        )
    }

    private func first(_ group: String) -> Reading? {
        let directory = "\(root)/memory\(group)"
        let limit = number("\(directory)/memory.limit_in_bytes").flatMap {
            $0 < Self.unlimited ? $0 : nil
        }
        return reading(
            directory,
            limit: limit,
            used: "memory.usage_in_bytes",
            cache: ["total_active_file", "total_inactive_file"]
        )
    }

    private func reading(
        _ directory: String,
        limit: Int64?,
        used: String,
        cache names: [String]
    ) -> Reading? {
        guard let limit, let used = number("\(directory)/\(used)") else { return nil }
        let cache = (text("\(directory)/memory.stat") ?? "").split(separator: "\n")
            .compactMap { line -> Int64? in
                let words = line.split(separator: " ")
                guard words.count == 2, names.contains(String(words[0])) else { return nil }
                return Int64(words[1])
            }
            .reduce(0, +)
        return Reading(used: max(0, used - cache), limit: limit)
    }

    // MARK: Files

    /// The number in a file; nil: there is no such file, or it says `max`.
    private func number(_ path: String) -> Int64? {
        text(path).flatMap { Int64($0.prefix { $0 != "\n" }) }
    }

    private func text(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }
}

/// Whether memory is about to run out: looked at once a second, and not changed with every breath.
package struct MemoryWatch: Sendable {
    /// The health reason.
    package static let reason = "memory-near-limit"
    /// Hundredths of the limit from which it is near, and below which it no longer is.
    static let (near, far): (Int64, Int64) = (90, 85)
    static let lookSeconds = 1.0

    private let read: @Sendable () -> MemoryGauge.Reading?
    private var lookedAt = -Double.infinity
    private var isNear = false

    /// - Parameter read: Gives the figures; nil: there is no limit.
    package init(read: @escaping @Sendable () -> MemoryGauge.Reading? = MemoryGauge().reading) {
        self.read = read
    }

    /// Whether memory is near its limit.
    ///
    /// - Parameter uptime: Seconds.
    /// - Returns: What the last look found.
    package mutating func isNear(at uptime: Double) -> Bool {
        guard uptime - lookedAt >= Self.lookSeconds else { return isNear }
        lookedAt = uptime
        let share = read()?.share ?? 0
        isNear = (isNear ? Self.far : Self.near) <= share
        return isNear
    }
}

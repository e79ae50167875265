/// What doesn't work at the moment, for which shard, and since when.
package struct TroubleList {
    /// The same trouble is told again after this long, in seconds.
    package static let quietSeconds = 30.0

    private struct Key: Hashable {
        let trouble: Trouble
        /// nil: it concerns no single shard.
        let shard: Int?
    }

    private var toldAt: [Key: Double] = [:]

    package init() {}

    package var isEmpty: Bool { toldAt.isEmpty }

    /// The words of the health line.
    package var reasons: Set<String> { Set(toldAt.keys.map(\.trouble.rawValue)) }

    package func has(_ trouble: Trouble) -> Bool { toldAt.keys.contains { $0.trouble == trouble } }

    /// When it was told last; nil: it isn't there.
    package func told(_ trouble: Trouble) -> Double? {
        toldAt.filter { $0.key.trouble == trouble }.values.max()
    }

    /// Notes that something doesn't work.
    ///
    /// - Returns: Whether it is to be told now.
    package mutating func note(_ trouble: Trouble, of shard: Int?, at uptime: Double) -> Bool {
        let key = Key(trouble: trouble, shard: shard)
        if let told = toldAt[key], uptime - told < Self.quietSeconds { return false }
        toldAt[key] = uptime
        return true
    }

    /// Notes that something works again, or that nobody is left who could say so.
    ///
    /// - Returns: Whether that was the last of this trouble.
    package mutating func clear(_ trouble: Trouble, of shard: Int?) -> Bool {
        guard toldAt.removeValue(forKey: Key(trouble: trouble, shard: shard)) != nil else {
            return false
        }
        return !has(trouble)
    }

    /// The troubles of a shard.
    package func troubles(of shard: Int) -> [Trouble] {
        toldAt.keys.filter { $0.shard == shard }.map(\.trouble).sorted { $0.rawValue < $1.rawValue }
    }
}

/// A hash that is the same in every process and on every machine, unlike Swift's own.
package enum StableHash {
    /// FNV-1a over the UTF-8 bytes, then mixed.
    ///
    /// - Complexity: O(bytes), about a nanosecond each; no allocation.
    package static func of(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        let bytes = text.utf8.span
        for index in bytes.indices {
            hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01b3
        }
        return mix(hash)
    }

    /// A second, independent hash, for uses where 64 bits are too few.
    package static func reversed(_ text: String) -> UInt64 {
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
        let bytes = text.utf8.span
        for index in bytes.indices {
            hash = (hash << 7 | hash >> 57) &+ (UInt64(bytes[index]) &+ 1) &* 0xff51_afd7_ed55_8ccd
            hash ^= hash >> 29
        }
        return mix(hash)
    }

    /// Combines two hashes; their order matters.
    package static func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
        mix(first ^ (second &+ 0x9e37_79b9_7f4a_7c15 &+ (first << 6) &+ (first >> 2)))
    }

    /// SplitMix64's finalizer (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators).
    package static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Which shard a network lives in.
///
/// `(murmur2(networkId) & 0x7fffffff) mod N`: what the Java client and librdkafka's
/// `murmur2_random` do with that key.
package func shard(of network: String, among count: Int) -> Int {
    precondition(count > 0, "\(count) shards")
    return Int(murmur2(Array(network.utf8)) & 0x7fff_ffff) % count
}

/// Kafka's murmur2 (org.apache.kafka.common.utils.Utils.murmur2), seed 0x9747b28c.
package func murmur2(_ bytes: [UInt8]) -> UInt32 {
    let multiplier: UInt32 = 0x5bd1_e995
    var hash = 0x9747_b28c ^ UInt32(truncatingIfNeeded: bytes.count)
    var index = 0
    while bytes.count - index >= 4 {
        var word = little(bytes, index) &* multiplier
        word = (word ^ (word >> 24)) &* multiplier
        hash = (hash &* multiplier) ^ word
        index += 4
    }
    let rest = bytes.count - index
    if rest >= 3 { hash ^= UInt32(bytes[index + 2]) << 16 }
    if rest >= 2 { hash ^= UInt32(bytes[index + 1]) << 8 }
    if rest >= 1 { hash = (hash ^ UInt32(bytes[index])) &* multiplier }
    hash = (hash ^ (hash >> 13)) &* multiplier
    return hash ^ (hash >> 15)
}

private func little(_ bytes: [UInt8], _ index: Int) -> UInt32 {
    UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8
        | UInt32(bytes[index + 2]) << 16 | UInt32(bytes[index + 3]) << 24
}

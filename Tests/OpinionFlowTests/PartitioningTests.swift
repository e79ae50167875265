import OpinionFlow
import Testing

/// Kafka's own test vectors (org.apache.kafka.common.utils.UtilsTest.testMurmur2).
@Suite("Partitioning")
struct PartitioningTests {
    @Test(
        "murmur2 is Kafka's",
        arguments: [
            ("21", -973_932_308), ("foobar", -790_332_482),
            ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
            ("abc", 479_470_107),
        ] as [(String, Int32)]
    )
    func vectors(text: String, hash: Int32) {
        #expect(murmur2(Array(text.utf8)) == UInt32(bitPattern: hash))
        for count in [1, 2, 3, 12, 1_000] {
            #expect(shard(of: text, among: count) == Int(hash & 0x7fff_ffff) % count)
        }
    }
}

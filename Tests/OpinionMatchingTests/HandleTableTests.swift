import OpinionMatching
import OpinionTesting
import Testing

/// Handles are known by keys that the table doesn't hold: here by their number, many by the same one.
@Suite("Handle table")
struct HandleTableTests {
    @Test("it knows what a dictionary knows, through additions and removals", arguments: 1...20)
    func likeDictionary(seed: UInt64) {
        var chance = Chance(seed: seed)
        var table = HandleTable()
        var known: [Int: Set<Int32>] = [:]
        for _ in 0..<5_000 {
            let (key, handle) = (chance.below(300), Int32(chance.below(4)))
            if known[key, default: []].contains(handle) {
                table.remove(handle, for: NameHash.of(UInt64(key)))
                known[key]?.remove(handle)
            } else if chance.percent(60) {
                table.insert(handle, for: NameHash.of(UInt64(key)))
                known[key, default: []].insert(handle)
            } else {
                table.remove(handle, for: NameHash.of(UInt64(key)))
            }
            #expect(table.count == known.values.reduce(0) { $0 + $1.count })
            let other = chance.below(300)
            #expect(found(other, in: table) == known[other, default: []])
        }
    }

    @Test("what it forgot is gone, and may be added again")
    func removeAll() {
        var table = HandleTable()
        for handle in 0..<100 {
            table.insert(Int32(handle), for: NameHash.of("key \(handle)"))
        }
        let seventh = NameHash.of("key 7")
        table.removeAll()
        #expect(table.count == 0)
        #expect(table.first(seventh) { _ in true } == nil)
        table.insert(7, for: seventh)
        #expect(table.first(seventh) { $0 == 7 } == 7)
    }

    /// The handles of a key; those of others may share its hash, and say that they aren't meant.
    private func found(_ key: Int, in table: HandleTable) -> Set<Int32> {
        let hash = NameHash.of(UInt64(key))
        return Set((0..<4).filter { wanted in table.first(hash) { $0 == wanted } != nil })
    }
}

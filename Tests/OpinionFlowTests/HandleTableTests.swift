import OpinionFlow
import OpinionTesting
import Testing

/// Handles are known by keys that the table doesn't hold: here by their number, many by the same one.
@Suite("Handle table")
struct HandleTableTests {
    @Test("it knows what a dictionary knows, through additions and removals", arguments: 1...20)
    func likeDictionary(seed: UInt64) {
        var chance = Chance(seed: seed)
        var table = HandleTable<Int>()
        var known: [Int: Set<Int32>] = [:]
        for _ in 0..<5_000 {
            let (key, handle) = (chance.below(300), Int32(chance.below(4)))
            if known[key, default: []].contains(handle) {
                table.remove(handle, for: key)
                known[key]?.remove(handle)
            } else if chance.percent(60) {
                table.insert(handle, for: key)
                known[key, default: []].insert(handle)
            } else {
                table.remove(handle, for: key)
            }
            #expect(table.count == known.values.reduce(0) { $0 + $1.count })
            let other = chance.below(300)
            #expect(found(other, in: table) == known[other, default: []])
        }
    }

    @Test("what it forgot is gone, and may be added again")
    func removeAll() {
        var table = HandleTable<String>()
        for handle in 0..<100 { table.insert(Int32(handle), for: "key \(handle)") }
        table.removeAll()
        #expect(table.count == 0)
        #expect(table.first("key 7") { _ in true } == nil)
        table.insert(7, for: "key 7")
        #expect(table.first("key 7") { $0 == 7 } == 7)
    }

    /// The handles of a key; those of others may share its hash, and say that they aren't meant.
    private func found(_ key: Int, in table: HandleTable<Int>) -> Set<Int32> {
        Set((0..<4).filter { wanted in table.first(key) { $0 == wanted } != nil })
    }
}

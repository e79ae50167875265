import OpinionWire
import Testing

@testable import OpinionService

@Suite("Spare buffers")
struct SpareBuffersTests {
    private let spares = SpareBuffers()

    @Test("the memory of one shard's transaction serves another's, without what it held")
    func handingOn() {
        spares.keep(written(byShard: 0))
        var next = Transaction(shard: 1, requests: 3, responses: 4)
        spares.lend(to: &next)
        #expect(next.batch.bytes.capacity >= 1_000)
        #expect(next.isEmpty && next.batch.bytes.isEmpty && next.arrivals.isEmpty)
        #expect((next.shard, next.requests, next.responses) == (1, 3, 4))
    }

    @Test("memory is lent to one only, and to none that has some")
    func lendingOnce() {
        spares.keep(written(byShard: 0))
        var busy = written(byShard: 1)
        spares.lend(to: &busy)
        #expect(busy.batch.bytes.count == 1_000)
        var (first, second) = (empty(2), empty(3))
        spares.lend(to: &first)
        spares.lend(to: &second)
        #expect(first.hasBuffers && !second.hasBuffers)
    }

    @Test("what is still being sent stays as it is")
    func sharing() {
        let sent = written(byShard: 0)
        spares.keep(sent)
        var next = empty(1)
        spares.lend(to: &next)
        next.batch.bytes.append(1)
        #expect(sent.batch.bytes == Array(repeating: 7, count: 1_000))
    }

    private func empty(_ shard: Int) -> Transaction {
        Transaction(shard: shard, requests: 0, responses: 0)
    }

    private func written(byShard shard: Int) -> Transaction {
        var transaction = empty(shard)
        transaction.batch.bytes = Array(repeating: 7, count: 1_000)
        transaction.arrivals = [1, 2]
        transaction.tally.received = 2
        return transaction
    }
}

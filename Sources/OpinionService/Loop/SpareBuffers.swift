/// The memory of transactions that are done, for those to come: memory that has been touched costs nothing more,
/// new memory a page fault for each 4 KiB.
///
/// All shards share it, so that there is only as much as has been under way at once. Only the loop's thread may
/// touch it.
final class SpareBuffers {
    private var spares: [Transaction] = []

    /// Gives memory to a transaction that has none yet.
    func lend(to transaction: inout Transaction) {
        guard !transaction.hasBuffers, let spare = spares.popLast() else { return }
        transaction.takeBuffers(of: spare)
    }

    /// Takes the memory of a transaction that is done, or that holds nothing.
    func keep(_ done: consuming Transaction) {
        guard done.hasBuffers else { return }
        done.empty()
        spares.append(done)
    }
}

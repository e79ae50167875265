internal import OpinionFlow
internal import OpinionWire

/// A shard at work: its state, where it is in its inputs, and the transaction that is being filled
/// while the one before it is committed.
///
/// One transaction is under way and one is being filled, both bounded. At a low rate a transaction
/// holds one event, at a high rate whatever came while the last one was committed: nothing lingers.
final class ShardRuntime {
    let number: Int
    var shard: Shard
    private(set) var filling: Transaction
    private var sending = Sending.nothing
    var inputs: ShardInputs
    /// Since when it has had no room for another record; nil: it has.
    private(set) var fullSince: Double?

    private let limits: TransactionLimits
    private let states: StateWriter
    private var spares: [Transaction] = []
    /// Of the last transaction that was closed.
    private var sequence: Int64

    /// ```
    ///              close()                  postpone()
    ///   nothing ───────────► underWay ──────────────────► aborted
    ///      ▲   committed()   │    ▲         close()          │
    ///      └─────────────────┘    └──────────────────────────┘
    /// ```
    private enum Sending {
        case nothing
        /// It is being committed.
        case underWay(Transaction)
        /// It was not written, and is to be sent again.
        case aborted(Transaction)
    }

    init(_ taken: TakenOver, _ limits: TransactionLimits) {
        self.limits = limits
        number = taken.shard.number
        shard = taken.shard
        sequence = taken.meta?.sequence ?? 0
        inputs = ShardInputs(taken)
        states = StateWriter(shard: number)
        filling = Transaction(
            shard: number,
            requests: taken.requests,
            responses: taken.responses
        )
    }

    /// Whether nothing more may be written before a commit has returned.
    var isAtLimit: Bool {
        filling.tally.received >= limits.records || filling.batch.bytes.count >= limits.bytes
    }

    /// Whether no further record may be answered now.
    var isFull: Bool { isAtLimit || shard.isUnfinished }

    /// Notes since when it is full.
    func noteRoom(at uptime: Double) { fullSince = isFull ? fullSince ?? uptime : nil }

    /// The transaction that is being committed.
    var underWay: Transaction? {
        if case .underWay(let transaction) = sending { transaction } else { nil }
    }

    /// Whether a transaction waits to be sent again.
    var hasPostponed: Bool { if case .aborted = sending { true } else { false } }

    private var isSending: Bool { if case .nothing = sending { false } else { true } }

    /// Whether something is to be committed that is in no transaction yet, or in the one being filled.
    private var hasMore: Bool { !filling.isEmpty || shard.isTouched }

    /// Whether nothing is to be committed any more.
    var isIdle: Bool { !hasMore && !isSending }

    func fill(_ body: (inout Transaction, inout Shard) -> Void) { body(&filling, &shard) }

    // MARK: Transactions

    /// Whether there is a transaction to be handed out.
    var mayClose: Bool {
        switch sending {
        case .nothing: hasMore
        case .underWay: false
        case .aborted: true
        }
    }

    /// Closes the transaction being filled and hands it out, if there is one and none is under way.
    ///
    /// State records and the meta record come last.
    func close(_ site: SiteMark) -> Transaction? {
        guard mayClose else { return nil }
        let closed: Transaction
        if case .aborted(let again) = sending { closed = again } else { closed = filled(site) }
        sending = .underWay(closed)
        return closed
    }

    /// Ends the transaction being filled and begins the next.
    private func filled(_ site: SiteMark) -> Transaction {
        writeState(site)
        let closed = filling
        filling = Transaction(
            shard: number,
            requests: inputs.requests,
            responses: inputs.responses
        )
        if let spare = spares.popLast() { filling.takeBuffers(of: spare) }
        return closed
    }

    private func writeState(_ site: SiteMark) {
        var batch = RecordBatch()
        swap(&batch, &filling.batch)
        writeDown(&shard, into: &batch)
        filling.requests = inputs.requests
        filling.responses = inputs.responses
        sequence += 1
        states.write(meta(site), into: &batch)
        filling.batch = batch
    }

    /// Writes the records of all requests that were touched.
    func writeDown(_ shard: inout Shard, into batch: inout RecordBatch) {
        shard.drain(
            write: { states.write($0, into: &batch) },
            erase: { states.erase($0, into: &batch) }
        )
    }

    private func meta(_ site: SiteMark) -> Meta {
        Meta(
            shard: number,
            shards: site.shards,
            decidedAt: shard.decidedAt,
            writer: site.writer,
            sequence: sequence,
            digest: shard.digest,
            requests: inputs.requests,
            responses: inputs.responses,
            roster: site.roster,
            cluster: site.cluster,
            fingerprints: inputs.fingerprints(beside: site.rosterFingerprints)
        )
    }

    /// The shard with everything committed, to be set aside; nil when something isn't, or nothing ever was.
    func parked(_ site: SiteMark) -> ParkedShard? {
        guard isIdle, sequence > 0 else { return nil }
        return ParkedShard(shard: shard, meta: meta(site))
    }

    /// Takes the buffers of a transaction that is done back for the next one: memory that has been
    /// touched costs nothing more, new memory a page fault for each 4 KiB.
    func committed() {
        guard case .underWay(var spare) = sending else { return }
        // Let go first: buffers that somebody else holds would be copied.
        sending = .nothing
        spare.empty()
        if filling.isEmpty { filling.takeBuffers(of: spare) } else { spares = [spare] }
    }

    /// Makes the dead letters of the transaction that is to be sent again smaller.
    ///
    /// - Parameters:
    ///   - limit: Bytes with which a dead letter was thought to fit.
    ///   - digest: SHA-256 in hexadecimal.
    /// - Returns: Half of what the largest had; nil: nothing can be left out any more.
    func shrinkDeadLetters(
        below limit: Int,
        digest: (ArraySlice<UInt8>) -> String
    ) -> Int? {
        guard case .aborted(var again) = sending, let largest = again.batch.largestDeadLetter
        else { return nil }
        let most = min(limit, largest) / 2
        again.batch.shrinkDeadLetters(to: most, digest: digest)
        sending = .aborted(again)
        return most
    }

    /// The transaction could not be sent now: it waits for the next turn.
    func postpone() {
        if case .underWay(let transaction) = sending { sending = .aborted(transaction) }
    }
}

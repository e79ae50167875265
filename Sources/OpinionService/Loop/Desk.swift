internal import KafkaTransport
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

/// A shard at work: its state, where it is in its inputs, and the transaction that is being filled
/// while the one before it is committed.
///
/// One transaction is under way and one is being filled, both bounded. At a low rate a transaction
/// holds one event, at a high rate whatever came while the last one was committed: nothing lingers.
final class Desk {
    let number: Int
    var shard: Shard
    private(set) var filling: Transaction
    private(set) var underWay: Transaction?
    /// What was aborted and is to be sent again.
    private(set) var toRepeat: Transaction?

    /// Offsets of the next records of the two inputs, ends of partition counted.
    var requests: Int64
    var responses: Int64
    /// Everything that lay in the inputs at this moment has been read.
    private(set) var horizon = Moment.distantPast
    private(set) var lag: Int64 = 0
    /// Where the inputs ended at ``horizon``.
    private var edges: (requests: Int64, responses: Int64) = (.max, .max)
    /// Since when it has had no room for another record; nil: it has.
    private(set) var fullSince: Double?

    private let limits: TransactionLimits
    private let states: StateWriter
    private var spares: [Transaction] = []
    /// Of the last transaction that was closed.
    private var sequence: Int64

    init(_ taken: TakenOver, _ limits: TransactionLimits) {
        self.limits = limits
        number = taken.shard.number
        shard = taken.shard
        sequence = taken.meta?.sequence ?? 0
        requests = taken.requests
        responses = taken.responses
        states = StateWriter(shard: number)
        filling = Transaction(
            shard: number,
            requests: taken.requests,
            responses: taken.responses
        )
    }

    /// Whether nothing more may be written before a commit has returned.
    var isLoaded: Bool {
        filling.tally.received >= limits.records || filling.batch.bytes.count >= limits.bytes
    }

    /// Whether no further record may be answered now.
    var isFull: Bool { isLoaded || shard.isUnfinished }

    /// Notes since when it is full.
    func noteRoom(at uptime: Double) { fullSince = isFull ? fullSince ?? uptime : nil }

    /// Whether a transaction waits to be sent again.
    var hasPostponed: Bool { toRepeat != nil }

    /// Whether nothing is to be committed any more.
    var isIdle: Bool {
        filling.isEmpty && !shard.isTouched && underWay == nil && toRepeat == nil
    }

    func fill(_ body: (inout Transaction, inout Shard) -> Void) { body(&filling, &shard) }

    // MARK: Position

    /// The offset up to which an input has been read.
    func position(in inbox: EventReader.Inbox) -> Int64 {
        inbox == .requests ? requests : responses
    }

    func move(_ inbox: EventReader.Inbox, to next: Int64) {
        switch inbox {
        case .requests: requests = max(requests, next)
        case .responses: responses = max(responses, next)
        }
    }

    /// Takes in where the inputs ended at some moment.
    func learn(requestsEnd: Int64, responsesEnd: Int64, askedAt: Moment) {
        lag = max(0, requestsEnd - requests) + max(0, responsesEnd - responses)
        guard lag == 0, horizon < askedAt else { return }
        horizon = askedAt
        edges = (requestsEnd, responsesEnd)
    }

    /// A moment after which a record was written for certain; nil: none is known.
    func isWrittenAfter(_ offset: Int64, of inbox: EventReader.Inbox) -> Moment? {
        let edge = inbox == .requests ? edges.requests : edges.responses
        return edge <= offset ? horizon : nil
    }

    // MARK: Transactions

    /// Whether there is a transaction to be handed out.
    var mayClose: Bool {
        underWay == nil && (toRepeat != nil || !filling.isEmpty || shard.isTouched)
    }

    /// Closes the transaction being filled and hands it out, if there is one and none is under way.
    ///
    /// State records and the meta record come last.
    func close(shards: Int, roster: [Int64], writer: String) -> Transaction? {
        guard mayClose else { return nil }
        if let again = toRepeat {
            toRepeat = nil
            underWay = again
            return again
        }
        writeState(shards: shards, roster: roster, writer: writer)
        let closed = filling
        filling = Transaction(shard: number, requests: requests, responses: responses)
        if let spare = spares.popLast() { filling.takeBuffers(of: spare) }
        underWay = closed
        return closed
    }

    private func writeState(shards: Int, roster: [Int64], writer: String) {
        var batch = RecordBatch()
        swap(&batch, &filling.batch)
        writeDown(&shard, into: &batch)
        filling.requests = requests
        filling.responses = responses
        sequence += 1
        states.write(meta(shards: shards, roster: roster, writer: writer), into: &batch)
        filling.batch = batch
    }

    /// Writes the records of all requests that were touched.
    func writeDown(_ shard: inout Shard, into batch: inout RecordBatch) {
        shard.drain(
            write: { states.write($0, into: &batch) },
            erase: { states.erase($0, into: &batch) }
        )
    }

    private func meta(shards: Int, roster: [Int64], writer: String) -> Meta {
        Meta(
            shard: number,
            shards: shards,
            decidedAt: shard.decidedAt,
            writer: writer,
            sequence: sequence,
            digest: shard.digest,
            requests: requests,
            responses: responses,
            roster: roster
        )
    }

    /// The shard with everything committed, to be set aside; nil when something isn't, or nothing ever was.
    func parked(shards: Int, roster: [Int64], writer: String) -> ParkedShard? {
        guard isIdle, sequence > 0 else { return nil }
        return ParkedShard(
            shard: shard,
            meta: meta(shards: shards, roster: roster, writer: writer)
        )
    }

    /// Takes the buffers of a transaction that is done back for the next one: memory that has been
    /// touched costs nothing more, new memory a page fault for each 4 KiB.
    func committed() {
        guard var spare = underWay.take() else { return }
        spare.empty()
        if filling.isEmpty { filling.takeBuffers(of: spare) } else { spares = [spare] }
    }

    /// The transaction could not be sent now: it waits for the next turn.
    func postpone() {
        toRepeat = underWay
        underWay = nil
    }
}

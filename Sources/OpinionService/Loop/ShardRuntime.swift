internal import KafkaTransport
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

/// What the meta record of each shard says of where we are.
struct SiteMark {
    var shards: Int
    var writer: String
    var cluster: String?
    /// The next offset to be read of each partition of the specialists, and the last record read.
    var roster: [Int64]
    var rosterFingerprints: [Fingerprint?]
}

/// A shard at work: its state, where it is in its inputs, and the transaction that is being filled
/// while the one before it is committed.
///
/// One transaction is under way and one is being filled, both bounded. At a low rate a transaction
/// holds one event, at a high rate whatever came while the last one was committed: nothing lingers.
final class ShardRuntime {
    let number: Int
    var shard: Shard
    private(set) var filling: Transaction
    private(set) var underWay: Transaction?
    /// What was aborted and is to be sent again.
    private(set) var toRepeat: Transaction?

    /// Offsets of the next records of the two inputs, ends of partition counted.
    private(set) var requests: Int64
    private(set) var responses: Int64
    /// The last records taken in, and those by which the logs are known again.
    private var last: (request: Record?, response: Record?)
    private var anchors: (requests: Anchor, responses: Anchor)
    /// Everything that lay in the inputs at this moment has been read.
    private(set) var horizon = Moment.distantPast
    private(set) var lag: Int64 = 0
    /// Where the inputs ended at ``horizon``.
    private var edges: (requests: Int64, responses: Int64) = (.max, .max)
    /// Ends that the inputs have not been read to yet.
    private var awaited: Ends?
    /// Since when it has had no room for another record; nil: it has.
    private(set) var fullSince: Double?

    private let limits: TransactionLimits
    private let states: StateWriter
    private var spares: [Transaction] = []
    /// Of the last transaction that was closed.
    private var sequence: Int64

    private struct Ends {
        let requests: Int64
        let responses: Int64
        let askedAt: Moment

        init(_ requests: Int64, _ responses: Int64, _ askedAt: Moment) {
            (self.requests, self.responses, self.askedAt) = (requests, responses, askedAt)
        }
    }

    init(_ taken: TakenOver, _ limits: TransactionLimits) {
        self.limits = limits
        number = taken.shard.number
        shard = taken.shard
        sequence = taken.meta?.sequence ?? 0
        requests = taken.requests
        responses = taken.responses
        anchors = (Anchor(taken.fingerprints.requests), Anchor(taken.fingerprints.responses))
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

    /// What its inputs are to be looked for, to see that they are still the same logs.
    func seek(_ inputs: [String]) -> [LogMark] {
        let marks = [
            (
                inputs[0], requests,
                anchors.requests.seek(newest: last.request.map { Fingerprint(of: $0) })
            ),
            (
                inputs[1], responses,
                anchors.responses.seek(newest: last.response.map { Fingerprint(of: $0) })
            ),
        ]
        return marks.map { input, position, anchor in
            LogMark(
                TopicPartition(input, Int32(number)),
                position: position,
                anchor,
                isCompacted: false
            )
        }
    }

    /// An input is still the log that was read.
    func confirm(_ inbox: EventReader.Inbox) {
        switch inbox {
        case .requests: anchors.requests.confirm()
        case .responses: anchors.responses.confirm()
        }
    }

    /// Notes that a record was taken in.
    ///
    /// The record is kept, not its fingerprint: only the last one of a transaction needs one.
    func move(_ inbox: EventReader.Inbox, past record: Record) {
        move(inbox, to: record.offset + 1)
        switch inbox {
        case .requests: last.request = record
        case .responses: last.response = record
        }
    }

    func move(_ inbox: EventReader.Inbox, to next: Int64) {
        switch inbox {
        case .requests: requests = max(requests, next)
        case .responses: responses = max(responses, next)
        }
    }

    /// Takes in where the inputs ended at some moment.
    ///
    /// They end at their high watermarks: what lies behind an open transaction was written, though it can't be read
    /// yet. Where somebody's transactions overlap without end, no answer ever finds everything read, so the oldest
    /// answer that is not reached yet is kept until it is.
    func learn(requests: InputEnd, responses: InputEnd, askedAt: Moment) {
        lag = max(0, requests.high - self.requests) + max(0, responses.high - self.responses)
        reachEnds()
        if awaited == nil { awaited = Ends(requests.high, responses.high, askedAt) }
        reachEnds()
    }

    /// Moves the horizon to the moment at which the inputs ended where they have been read to.
    private func reachEnds() {
        guard let awaited, awaited.requests <= requests, awaited.responses <= responses else {
            return
        }
        edges = (awaited.requests, awaited.responses)
        horizon = max(horizon, awaited.askedAt)
        self.awaited = nil
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
    func close(_ site: SiteMark) -> Transaction? {
        guard mayClose else { return nil }
        if let again = toRepeat {
            toRepeat = nil
            underWay = again
            return again
        }
        writeState(site)
        let closed = filling
        filling = Transaction(shard: number, requests: requests, responses: responses)
        if let spare = spares.popLast() { filling.takeBuffers(of: spare) }
        underWay = closed
        return closed
    }

    private func writeState(_ site: SiteMark) {
        var batch = RecordBatch()
        swap(&batch, &filling.batch)
        writeDown(&shard, into: &batch)
        filling.requests = requests
        filling.responses = responses
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
            requests: requests,
            responses: responses,
            roster: site.roster,
            cluster: site.cluster,
            fingerprints: Fingerprints(
                requests: anchors.requests.known(newest: last.request.map { Fingerprint(of: $0) }),
                responses: anchors.responses.known(
                    newest: last.response.map { Fingerprint(of: $0) }
                ),
                roster: site.rosterFingerprints
            )
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
        guard var spare = underWay.take() else { return }
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
        guard var again = toRepeat, let largest = again.batch.largestDeadLetter else { return nil }
        let most = min(limit, largest) / 2
        again.batch.shrinkDeadLetters(to: most, digest: digest)
        toRepeat = again
        return most
    }

    /// The transaction could not be sent now: it waits for the next turn.
    func postpone() {
        toRepeat = underWay
        underWay = nil
    }
}

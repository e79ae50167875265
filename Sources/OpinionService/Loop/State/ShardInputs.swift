internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

/// How far a shard has read its two inputs, and what their logs looked like there.
struct ShardInputs {
    let number: Int
    /// Offsets of the next records, ends of partition counted.
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

    private struct Ends {
        let requests: Int64
        let responses: Int64
        let askedAt: Moment

        init(_ requests: Int64, _ responses: Int64, _ askedAt: Moment) {
            (self.requests, self.responses, self.askedAt) = (requests, responses, askedAt)
        }
    }

    init(_ taken: TakenOver) {
        number = taken.shard.number
        requests = taken.requests
        responses = taken.responses
        anchors = (Anchor(taken.fingerprints.requests), Anchor(taken.fingerprints.responses))
    }

    // MARK: Reading on

    /// The offset up to which an input has been read.
    func position(in inbox: EventReader.Inbox) -> Int64 {
        inbox == .requests ? requests : responses
    }

    /// A record was taken in.
    ///
    /// The record is kept, not its fingerprint: only the last one of a transaction needs one.
    mutating func move(_ inbox: EventReader.Inbox, past record: Record) {
        move(inbox, to: record.offset + 1)
        switch inbox {
        case .requests: last.request = record
        case .responses: last.response = record
        }
    }

    mutating func move(_ inbox: EventReader.Inbox, to next: Int64) {
        switch inbox {
        case .requests: requests = max(requests, next)
        case .responses: responses = max(responses, next)
        }
    }

    // MARK: Which logs they are

    /// The marks to check, to confirm that both inputs are still the same logs.
    mutating func seek(_ inputs: [String]) -> [LogMark] {
        let marks = [
            (inputs[0], requests, anchors.requests.seek(newest: last.request.fingerprint)),
            (inputs[1], responses, anchors.responses.seek(newest: last.response.fingerprint)),
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

    /// One is still the log that was read.
    mutating func confirm(_ inbox: EventReader.Inbox) {
        switch inbox {
        case .requests: anchors.requests.confirm()
        case .responses: anchors.responses.confirm()
        }
    }

    /// By which records they are known again.
    mutating func fingerprints(beside roster: [Fingerprint?]) -> Fingerprints {
        Fingerprints(
            requests: anchors.requests.known(newest: last.request.fingerprint),
            responses: anchors.responses.known(newest: last.response.fingerprint),
            roster: roster
        )
    }

    // MARK: Where they end

    /// Takes in where the inputs ended at some moment.
    ///
    /// They end at their high watermarks: what lies behind an open transaction was written, though it can't be read
    /// yet. Where somebody's transactions overlap without end, no answer ever finds everything read, so the oldest
    /// answer that is not reached yet is kept until it is.
    mutating func learn(requests: InputEnd, responses: InputEnd, askedAt: Moment) {
        lag = max(0, requests.high - self.requests) + max(0, responses.high - self.responses)
        reachEnds()
        if awaited == nil { awaited = Ends(requests.high, responses.high, askedAt) }
        reachEnds()
    }

    /// Moves the horizon to the moment at which the inputs ended where they have been read to.
    private mutating func reachEnds() {
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
}

extension Record? {
    fileprivate var fingerprint: Fingerprint? { map { Fingerprint(of: $0) } }
}

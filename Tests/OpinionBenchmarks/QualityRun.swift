import HeapModule
import OpinionFlow
import OpinionMatching

/// One stream through one shard.
struct QualityRun {
    private let stream: QualityStream
    private var shard: Shard
    private var outbox = Outbox()
    /// When the seats that are held will be answered for, soonest first.
    private var answers = Heap<Due>()
    private var waits: [Int64]
    private var busy: [Specialist.ID: Int64] = [:]
    private(set) var quality = Quality()

    init(_ stream: QualityStream, keepsScarce: Bool) {
        self.stream = stream
        waits = Array(repeating: -1, count: stream.arrivals.count)
        var policy = Policy(name: "quality", sha256: "")
        policy.matching.keepsScarce = keepsScarce
        shard = Shard(number: 0, policy: policy)
        for specialist in stream.specialists { shard.load(specialist) }
        for number in stream.arrivals.indices { arrive(number) }
        answerAll(until: .distantFuture)
        measure()
    }

    private mutating func arrive(_ number: Int) {
        let arrival = stream.arrivals[number]
        answerAll(until: arrival.at)
        let submission = Submission(
            priority: arrival.priority,
            submittedAt: arrival.at,
            due: arrival.at.advanced(by: [24, 4, 1, 1][arrival.priority.rawValue] * 3_600_000),
            family: arrival.family,
            languages: [arrival.language],
            firstOpinion: Need.FirstOpinion(
                practitioner: nil,
                organisation: arrival.institution,
                practiceGroup: nil
            )
        )
        step(.submitted(submission), "submitted", number, at: arrival.at)
    }

    private mutating func answerAll(until now: Moment) {
        while let next = answers.min, next.at <= now {
            answers.removeMin()
            let answer = Answer(assignment: next.assignment, specialist: nil)
            let message = Message.delivered(answer, Opinion(diagnosis: .confirmed))
            step(message, "delivered", next.request, at: next.at)
        }
    }

    private mutating func step(_ message: Message, _ kind: String, _ number: Int, at now: Moment) {
        let id = "\(kind) \(number)"
        let event = Event(
            key: RequestKey(network: "net", request: "\(number)"),
            fingerprint: EventFingerprint(
                identity: EventIdentity(source: "/quality", id: id),
                content: StableHash.of(id)
            ),
            time: now,
            cause: Cause(eventID: id),
            message: message
        )
        _ = shard.step(event, at: now, into: &outbox)
        for announcement in outbox.announcements { take(announcement, at: now) }
        outbox.removeAll()
    }

    private mutating func take(_ announcement: Announcement, at now: Moment) {
        guard case .assigned(let assignment) = announcement.kind,
            let number = Int(announcement.key.request)
        else { return }
        let arrival = stream.arrivals[number]
        waits[number] = now.milliseconds - arrival.at.milliseconds
        let done = now.advanced(by: arrival.service)
        let counted = min(done, stream.end).milliseconds - now.milliseconds
        busy[assignment.specialist, default: 0] += max(0, counted)
        answers.insert(Due(at: done, request: number, assignment: assignment.id))
    }

    // MARK: Figures

    private mutating func measure() {
        let counted = stream.arrivals.indices.filter {
            stream.measured.contains(stream.arrivals[$0].at)
        }
        let waits = counted.map { self.waits[$0] }
        precondition(waits.allSatisfy { $0 >= 0 }, "a request was never served")
        quality.immediate = Double(waits.count { $0 == 0 }) / Double(waits.count)
        quality.waitMinutes = Double(waits.reduce(0, +)) / Double(waits.count) / 60_000
        quality.longestHours = Double(waits.max() ?? 0) / 3_600_000
        let shares = stream.specialists.map {
            Double(busy[$0.id] ?? 0) / Double($0.capacity.units)
        }
        let sum = shares.reduce(0, +)
        let squares = shares.reduce(0) { $0 + $1 * $1 }
        quality.jain = sum * sum / (Double(shares.count) * squares)
    }
}

/// An opinion that will come.
private struct Due: Comparable {
    let at: Moment
    let request: Int
    let assignment: AssignmentID

    static func < (left: Due, right: Due) -> Bool {
        (left.at, left.request) < (right.at, right.request)
    }
}

import OpinionFlow
import OpinionMatching
import OpinionWire

/// Drives a shard and writes down what was said and what it answered, a line each.
///
/// A line of what came in begins with its event's id; a line of what went out is indented and tells
/// the request with its event number, and the id of the event that made it possible.
struct Story {
    static let begin = Moment(milliseconds: 1_795_341_600_000)  // 2026-11-22T10:00:00Z
    static let network = "net"

    private(set) var lines: [String] = []
    private(set) var now = Story.begin
    private(set) var shard: Shard
    private(set) var directory = Directory()
    private var said = 0
    /// Whether what stands in the way of an unmatchable seat is written down.
    var tellsShortage = false
    private var outbox = Outbox()
    private var records: [Record] = []

    init(policy: Policy = Story.policy) { shard = Shard(number: 0, policy: policy) }

    static var policy: Policy {
        Policy(name: "test", sha256: String(repeating: "a", count: 64))
    }

    var text: String { lines.joined(separator: "\n") }

    /// Changes which requests the policy accepts from now on.
    mutating func gate(_ body: (inout GatePolicy) -> Void) {
        var policy = shard.policy
        body(&policy.gates)
        shard.adopt(policy)
    }

    // MARK: The directory

    mutating func profile(
        _ name: String,
        units: Int = 1,
        _ body: (inout Specialist) -> Void = { _ in }
    ) {
        var specialist = Specialist(
            id: Specialist.ID(name),
            network: Self.network,
            disciplines: ["medical-oncology"],
            expertise: [Specialist.Expertise(family: .breast, level: 3)],
            capacity: Specialist.Capacity(units: units)
        )
        body(&specialist)
        let id = nextID()
        lines.append("\(id) \(name) profiled")
        apply(directory.profile(specialist), because: Cause(eventID: id))
    }

    /// Profiles somebody who works alone in a house, unless another one is named.
    mutating func join(
        _ name: String,
        _ disciplines: String...,
        treating families: [CancerFamily] = [.breast],
        speaking languages: [String] = [],
        in organisation: String? = nil,
        units: Int = 1,
        daily: Int? = nil
    ) {
        profile(name) { specialist in
            specialist.disciplines = disciplines
            specialist.languages = languages
            specialist.organisation = organisation ?? "org-\(name)"
            specialist.expertise = families.map { Specialist.Expertise(family: $0, level: 3) }
            specialist.capacity = Specialist.Capacity(units: units, dailyAssignments: daily)
        }
    }

    mutating func retire(_ name: String) {
        lines.append("\(name) retired")
        apply(directory.retire(Specialist.ID(name)), because: nil)
    }

    mutating func garble(_ name: String) {
        lines.append("\(name) unreadable")
        apply(directory.suspend(Specialist.ID(name)), because: nil)
    }

    private mutating func apply(_ changes: [Directory.Change], because cause: Cause?) {
        for change in changes {
            shard.apply(change, because: cause, where: { _ in true }, at: now, into: &outbox)
        }
        shard.reassess(into: &outbox)
        tell()
    }

    // MARK: The policy

    /// Puts another policy in force, between two events.
    mutating func adopt(_ name: String, _ body: (inout Policy) -> Void) {
        enact(name, body)
        shard.reassess(into: &outbox)
        tell()
    }

    /// The same, and those who wait are not looked at yet.
    mutating func enact(_ name: String, _ body: (inout Policy) -> Void) {
        var policy = shard.policy
        policy.name = name
        body(&policy)
        lines.append("policy \(name)")
        shard.adopt(policy)
    }

    // MARK: The intake

    @discardableResult
    mutating func submit(
        _ request: String,
        in network: String = Story.network,
        id: String? = nil,
        at hours: Int? = nil,
        _ body: (inout Submission) -> Void = { _ in }
    ) -> Outcome {
        let message = Message.submitted(submission(at: hours, body))
        return say(message, of: request, in: network, "submitted", id, at: hours)
    }

    @discardableResult
    mutating func amend(
        _ request: String,
        id: String? = nil,
        at hours: Int? = nil,
        _ body: (inout Submission) -> Void = { _ in }
    ) -> Outcome {
        say(.amended(submission(at: hours, body)), of: request, "amended", id, at: hours)
    }

    @discardableResult
    mutating func withdraw(_ request: String, id: String? = nil) -> Outcome {
        say(.withdrawn, of: request, "withdrawn", id)
    }

    /// Operator `op-1` directs a seat to somebody.
    @discardableResult
    mutating func direct(
        _ request: String,
        seat: Int? = nil,
        to name: String,
        for reason: Directive.Reason = .continuity,
        id: String? = nil,
        at hours: Int? = nil
    ) -> Outcome {
        let directive = Directive(
            seat: seat,
            specialist: Specialist.ID(name),
            authorization: Directive.Authorization(operatorID: "op-1", reason: reason)
        )
        let what = "\(seat.map { "seat \($0) " } ?? "")directed to \(name)"
        return say(.directed(directive), of: request, what, id, at: hours)
    }

    private func submission(at hours: Int?, _ body: (inout Submission) -> Void) -> Submission {
        let time = hours.map(Self.time) ?? now
        var submission = Submission(
            submittedAt: time,
            due: Self.begin.advanced(by: 7 * Day.milliseconds),
            family: .breast
        )
        body(&submission)
        return submission
    }

    // MARK: The specialists

    @discardableResult
    mutating func accept(_ assignment: String, by name: String? = nil) -> Outcome {
        let answer = answer(assignment, name)
        return say(.accepted(answer.1), of: answer.0, "\(assignment) accepted", nil)
    }

    @discardableResult
    mutating func decline(
        _ assignment: String,
        for reason: DeclineReason,
        id: String? = nil
    ) -> Outcome {
        let answer = answer(assignment, nil)
        let what = "\(assignment) declined for \(reason)"
        return say(.declined(answer.1, reason), of: answer.0, what, id)
    }

    @discardableResult
    mutating func giveBack(_ assignment: String) -> Outcome {
        let answer = answer(assignment, nil)
        return say(.givenBack(answer.1), of: answer.0, "\(assignment) given back", nil)
    }

    @discardableResult
    mutating func deliver(
        _ assignment: String,
        by name: String? = nil,
        id: String? = nil,
        _ body: (inout Opinion) -> Void = { _ in }
    ) -> Outcome {
        let answer = answer(assignment, name)
        var opinion = Opinion(diagnosis: .confirmed, reportReference: "ref:1")
        body(&opinion)
        let what = "\(assignment) delivered" + (name.map { " by \($0)" } ?? "")
        return say(.delivered(answer.1, opinion), of: answer.0, what, id)
    }

    private func answer(_ assignment: String, _ name: String?) -> (String, Answer) {
        let parts = assignment.split(separator: "/", omittingEmptySubsequences: false)
        let numbers = parts.dropFirst().compactMap { Int($0) }
        let id = numbers.count == 2 ? AssignmentID(seat: numbers[0], attempt: numbers[1]) : nil
        return (
            String(parts[0]), Answer(assignment: id, specialist: name.map(Specialist.ID.init))
        )
    }

    // MARK: Time

    private static func time(_ hours: Int) -> Moment {
        begin.advanced(by: Int64(hours) * 3_600_000)
    }

    /// Moves to that many hours after the beginning; the shard learns of it by the next event.
    mutating func wait(until hours: Int) {
        now = Self.time(hours)
        lines.append("hour \(hours)")
    }

    /// Lets so many seconds pass, and the shard's timers go off.
    mutating func pass(seconds: Int) {
        now = now.advanced(by: Int64(seconds) * 1_000)
        lines.append("\(seconds) s later")
        guard let due = shard.nextTimer, due <= now else { return }
        shard.tick(at: now, into: &outbox)
        tell()
    }

    /// Lets the shard's timers go off, if one is due.
    mutating func tick() {
        if let due = shard.nextTimer, due <= now { shard.tick(at: now, into: &outbox) }
        lines.append(outbox.announcements.isEmpty ? "nothing due" : "timer")
        if let due = shard.nextTimer, due <= now { lines.append("a timer that never ends") }
        tell()
    }

    /// Looks again at those who wait, as the daemon does whenever it has read what there was.
    mutating func lookAgain() {
        lines.append("looked again")
        shard.reassess(into: &outbox)
        tell()
    }

    /// What comes before the next event of the network.
    mutating func wake() {
        lines.append("woken")
        shard.wake(Self.network, at: now, into: &outbox)
        tell()
    }

    // MARK: A new beginning

    /// Goes on with a shard that was restored from the records of this one; nothing is written down about it.
    mutating func restart() {
        records += shard.records()
        var restored = Shard(number: 0, policy: shard.policy)
        lines += restored.restore(records)
        restored.settle(decidedAt: shard.decidedAt)
        restored.meet(directory, shard.policy, at: now, into: &outbox)
        shard = restored
        tell()
    }

    // MARK: Saying and telling

    private mutating func nextID() -> String {
        said += 1
        return "e\(said)"
    }

    private mutating func say(
        _ message: Message,
        of request: String,
        in network: String = Story.network,
        _ what: String,
        _ id: String?,
        at hours: Int? = nil
    ) -> Outcome {
        let id = id ?? nextID()
        let event = Event(
            key: RequestKey(network: network, request: request),
            fingerprint: EventFingerprint(
                identity: EventIdentity(source: "/test", id: id),
                content: message.content(of: request)
            ),
            time: hours.map(Self.time) ?? now,
            cause: Cause(eventID: id),
            message: message
        )
        let outcome = shard.step(event, at: now, into: &outbox)
        let subject = what.hasPrefix(request) ? what : "\(request) \(what)"
        lines.append("\(id) \(subject)\(outcome.suffix)")
        tell()
        return outcome
    }

    private mutating func tell() {
        for announcement in outbox.announcements {
            lines.append("    \(announcement.line)")
            if tellsShortage, case .unmatchable(_, _, let shortage) = announcement.kind {
                lines.append("        \(shortage.text)")
            }
            if let audit = announcement.audit { lines.append("        \(audit.text)") }
        }
        outbox.removeAll()
    }

    /// How a request stands, as the records of the shard tell it.
    mutating func status(of request: String) -> RequestStatus {
        requests()[RequestKey(network: Self.network, request: request)]?.status ?? .unknown
    }

    /// Every request that was touched; nothing is written down, so that is all there are.
    func requests() -> [RequestKey: Request] {
        var copy = shard
        var requests: [RequestKey: Request] = [:]
        copy.drain(
            write: { request in
                requests[request.key] = request
                return 1
            },
            erase: { _ in }
        )
        return requests
    }
}

extension Story {
    /// Away between two hours.
    static func absence(from begin: Int64, to end: Int64) -> Specialist.Absence {
        Specialist.Absence(
            begin: Story.begin.advanced(by: begin * 3_600_000),
            end: Story.begin.advanced(by: end * 3_600_000)
        )
    }
}

/// What is told by a shard to which all that is done.
func story(_ policy: Policy = Story.policy, _ tell: (inout Story) -> Void) -> String {
    var story = Story(policy: policy)
    tell(&story)
    return story.text
}

extension Message {
    /// Equal for equal data, whenever it was said; a submission and an amendment say the same.
    func content(of request: String) -> UInt64 {
        let text =
            switch self {
            case .submitted(let submission), .amended(let submission): submission.timeless
            case .withdrawn, .directed, .accepted, .declined, .givenBack, .delivered: "\(self)"
            }
        return StableHash.of("\(request) \(text)")
    }
}

extension Submission {
    fileprivate var timeless: String {
        var copy = self
        copy.submittedAt = .distantPast
        return "\(copy)"
    }
}

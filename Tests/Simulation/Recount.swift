import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire

/// The requests of a shard, worked out anew from what came in and what was told of them, with the times
/// that were told.
///
/// It decides nothing: who got a seat and when is recorded in what was told. Everything else, which content
/// is in force, who may not be asked again, since when somebody waits, follows from the inputs. What comes
/// out must be what the state topic says.
struct Recount {
    private let told: [String: [OutEvent]]
    private let asked: [RequestKey: [Event]]
    private let answered: [RequestKey: [Event]]

    init(_ broker: SimulatedBroker, _ policy: Policy) throws {
        let events = try (broker.all(Topic.assignments) + broker.all(Topic.reports)).map {
            try OutEvent($0)
        }
        told = Dictionary(grouping: events.filter(\.isNumbered), by: Self.name).mapValues {
            $0.sorted { $0.number ?? 0 < $1.number ?? 0 }
        }
        let dead = Set(broker.all(Topic.deadLetters).map(\.origin))
        let reader = EventReader(ReaderSettings(policy: policy))
        func taken(_ topic: String, _ inbox: EventReader.Inbox) -> [RequestKey: [Event]] {
            let events = broker.all(topic).filter { record in
                !dead.contains(record.place)
            }.compactMap { record -> Event? in
                guard let event = try? reader.event(record, from: inbox) else { return nil }
                let home = shard(of: event.key.network, among: broker.shards)
                return Int(record.partition) == home ? event : nil
            }
            return Dictionary(grouping: events, by: \.key)
        }
        asked = taken(Topic.requests, .requests)
        answered = taken(Topic.responses, .responses)
    }

    private static func name(_ event: OutEvent) -> String {
        "\(event.data.networkId) \(event.data.requestId)"
    }

    /// What is wrong with what the state says of a request; nil: nothing.
    func offence(of request: Request) -> String? {
        let told = told["\(request.key.network) \(request.key.request)"] ?? []
        let name = request.key.request
        guard told.count == request.told else { return "\(name) is not told \(request.told) times" }
        switch request.phase {
        case .closed(let closure):
            return isEnd(closure, of: told) ? nil : "\(name) did not end as \(closure)"
        case .open(let open):
            guard let expected = opened(request.key, told) else { return "\(name) never opened" }
            return expected == open.asToldByRequests
                ? nil : "\(name) is \(open.text), by its events \(expected.text)"
        }
    }

    private func isEnd(_ closure: Request.Closure, of told: [OutEvent]) -> Bool {
        guard let last = told.last, last.moment == closure.at else { return false }
        switch closure.kind {
        case .reported: return last.name == "report.ready" && closure.demand != nil
        case .withdrawn, .expired: return last.name == "request.closed"
        case .foreclosed: return last.name == "request.closed" && closure.demand == nil
        }
    }

    private func opened(_ key: RequestKey, _ told: [OutEvent]) -> OpenRequest? {
        guard let content = Content(asked[key] ?? []) else { return nil }
        let (barred, reluctant) = excluded(key, told)
        let seat = seat(told, answered[key] ?? [])
        return OpenRequest(
            submission: content.submission,
            cause: content.cause,
            seats: [seat],
            barred: barred,
            reluctant: reluctant,
            assignedAt: told.first { $0.name == "assignment.made" }?.moment,
            waitTold: Self.waitMarks(told, seat),
            isToldOverdue: told.contains { $0.data.reason == "overdue" }
        )
    }

    private static func waitMarks(_ told: [OutEvent], _ seat: Seat) -> WaitMarks {
        let marks = marks(told, ofSeat: false)
        guard !marks.isEmpty, case .waiting(let waiting) = seat.state else { return WaitMarks() }
        return WaitMarks(marks, since: waiting.since)
    }

    /// What was told of the clock that runs: of whoever holds the seat, or of the wait.
    private static func marks(_ told: [OutEvent], ofSeat: Bool) -> ClockMarks {
        var marks: ClockMarks = []
        for event in told where ofSeat == (event.data.assignmentId != nil) || event.data.seat != nil
        {
            switch event.name {
            case "assignment.made", "assignment.rescinded": marks = []
            case "request.reminder": marks.insert(.reminded)
            case "request.escalated" where event.data.reason != "overdue": marks.insert(.escalated)
            default: break
            }
        }
        return marks
    }

    /// Who declined for a conflict or gave a seat back, and who declined otherwise.
    private func excluded(
        _ key: RequestKey,
        _ told: [OutEvent]
    ) -> (barred: [Specialist.ID], reluctant: [Specialist.ID]) {
        var conflicts: Set<String> = []
        for event in answered[key] ?? [] {
            guard case .declined(let answer, .conflict) = event.message else { continue }
            conflicts.insert(answer.assignment?.text(of: key.request) ?? "")
        }
        var (barred, reluctant): ([Specialist.ID], [Specialist.ID]) = ([], [])
        for event in told where event.name == "assignment.rescinded" {
            let id = Specialist.ID(event.data.specialistId ?? "")
            switch event.data.reason {
            case "given-back": barred.append(id)
            case "declined" where conflicts.contains(event.data.assignmentId ?? ""):
                barred.append(id)
            case "declined" where !reluctant.contains(id): reluctant.append(id)
            default: break
            }
        }
        return (barred, reluctant)
    }

    private func seat(_ told: [OutEvent], _ answers: [Event]) -> Seat {
        let made = told.last { $0.name == "assignment.made" }
        let attempt = made?.data.attempt ?? 0
        let isHeld = told.last { $0.name.hasPrefix("assignment.") }?.name == "assignment.made"
        guard let made, isHeld else {
            return Seat(id: 1, attempt: attempt, state: .waiting(waiting(told)))
        }
        let isAccepted = answers.contains { event in
            guard case .accepted(let answer) = event.message else { return false }
            return answer.assignment == AssignmentID(seat: 1, attempt: attempt)
        }
        var holding = Seat.Holding(
            specialist: Specialist.ID(made.data.specialistId ?? ""),
            at: made.moment,
            discipline: made.data.seat?.discipline ?? "",
            cost: made.data.load?.cost ?? 0,
            isAccepted: isAccepted
        )
        holding.told = Self.marks(told, ofSeat: true)
        return Seat(id: 1, attempt: attempt, state: .held(holding))
    }

    /// Since the seat was last taken back, or since it was first told.
    private func waiting(_ told: [OutEvent]) -> Seat.Waiting {
        let begun = told.lastIndex { $0.name == "assignment.rescinded" } ?? 0
        let reasons = told.last { $0.data.reasons != nil }
        return Seat.Waiting(
            since: told[begun].moment,
            rules: RuleSet((reasons?.data.reasons ?? [:]).keys.compactMap(Rule.init(name:))),
            isUnmatchable: reasons?.name == "request.unmatchable"
        )
    }

    /// Which content is in force: the latest by its own time, asked for since the first submission.
    private struct Content {
        var submission: Submission
        var cause: Cause
        private var time: Moment
        private var isSubmitted: Bool
        private var identities: Set<EventIdentity> = []

        init?(_ events: [Event]) {
            guard let first = events.first, let submission = first.message.submission else {
                return nil
            }
            self.submission = submission
            cause = first.cause
            time = first.time
            isSubmitted = first.message.kind == .submitted
            identities.insert(first.mark.identity)
            for event in events.dropFirst() where identities.insert(event.mark.identity).inserted {
                take(event)
            }
        }

        private mutating func take(_ event: Event) {
            switch event.message {
            case .submitted where !isSubmitted && event.time <= time:
                isSubmitted = true
                submission.submittedAt = event.time
            case .amended(var new) where time <= event.time:
                new.submittedAt = submission.submittedAt
                (submission, cause, time) = (new, event.cause, event.time)
            case .submitted, .amended, .withdrawn, .accepted, .declined, .givenBack, .delivered:
                break
            }
        }
    }
}

extension OutEvent {
    var moment: Moment {
        Moment(milliseconds: Timestamp.milliseconds(time) ?? -1)
    }
}

extension Message {
    fileprivate var submission: Submission? {
        switch self {
        case .submitted(let submission), .amended(let submission): submission
        case .withdrawn, .accepted, .declined, .givenBack, .delivered: nil
        }
    }
}

extension OpenRequest {
    /// Without what the directory says of those who hold its seats.
    fileprivate var asToldByRequests: OpenRequest {
        let seats = seats.map { seat in
            guard var holding = seat.holding else { return seat }
            holding.goneSince = nil
            holding.isKept = false
            holding.stayedAt = nil
            var seat = seat
            seat.state = .held(holding)
            return seat
        }
        return OpenRequest(
            submission: submission,
            cause: cause,
            seats: seats,
            barred: barred,
            reluctant: reluctant,
            assignedAt: assignedAt,
            seatsPlanned: seatsPlanned,
            awaitsRecords: awaitsRecords,
            recordsAt: recordsAt,
            waitTold: waitTold,
            isToldOverdue: isToldOverdue
        )
    }

    /// What two of them may differ in, without the words of the request.
    fileprivate var text: String {
        "\(submission.submittedAt) \(cause.eventID) \(seats) \(barred) \(reluctant) "
            + "\(String(describing: assignedAt))"
    }
}

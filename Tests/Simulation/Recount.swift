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
        let pauses = pauses(request.key, told)
        guard pauses == request.pauses else { return "\(name) tells of pauses otherwise" }
        switch request.phase {
        case .closed(let closure):
            return isEnd(closure, of: told) ? nil : "\(name) did not end as \(closure)"
        case .open(let open):
            guard let expected = opened(request.key, told, open) else {
                return "\(name) never opened"
            }
            return expected == open.asToldByRequests
                ? nil : "\(name) has \(open.asToldByRequests.difference(from: expected))"
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

    /// What a request must be.
    ///
    /// What nobody can work out is as the state says: which seats a panel has that were
    /// never given to anybody, and what they ask.
    private func opened(
        _ key: RequestKey,
        _ told: [OutEvent],
        _ kept: OpenRequest
    ) -> OpenRequest? {
        guard var content = Content(asked[key] ?? []) else { return nil }
        let (barred, reluctant) = excluded(key, told)
        let answers = SeatAnswers(answered[key] ?? [])
        let asksElse =
            kept.askedFamily == content.submission.family && answers.finds(kept.submission.family)
        if asksElse { content.submission.family = kept.submission.family }
        let seats = SeatRecount.seats(told, of: kept, answers)
        return OpenRequest(
            submission: content.submission,
            cause: content.cause,
            seats: seats,
            barred: barred,
            reluctant: reluctant,
            assignedAt: told.first { $0.name == "assignment.made" }?.moment,
            seatsPlanned: max(kept.seatsPlanned, told.compactMap(\.seat).max() ?? 0),
            awaitsRecords: told.last { $0.isOfSeats || $0.awaitsRecords }?.awaitsRecords ?? false,
            recordsAt: recordsAt(key, told),
            waitTold: waitMarks(told, kept, seats),
            askedFamily: asksElse ? kept.askedFamily : nil,
            isToldOverdue: isToldOverdue(told, kept)
        )
    }

    /// Where an amendment gave more time only the state knows whether that had ended then.
    private func isToldOverdue(_ told: [OutEvent], _ kept: OpenRequest) -> Bool {
        guard let last = told.last(where: { $0.data.reason == "overdue" }) else { return false }
        return kept.submission.due <= last.moment || kept.isToldOverdue
    }

    /// When the records came that a request was without at first: the time of what brought them.
    private func recordsAt(_ key: RequestKey, _ told: [OutEvent]) -> Moment? {
        guard told.contains(where: \.awaitsRecords),
            let next = told.first(where: { $0.isOfSeats }),
            let event = asked[key]?.first(where: { $0.cause.eventID == next.causationid })
        else { return nil }
        return event.time
    }

    /// What was told of the wait of the only seat; of several, of offers and for records, waits go on: see
    /// ``SeatRecount``.
    private func waitMarks(_ told: [OutEvent], _ kept: OpenRequest, _ seats: [Seat]) -> WaitMarks {
        guard kept.seatsPlanned == 1,
            !told.contains(where: { $0.data.mode == "offer" || $0.awaitsRecords })
        else { return kept.waitTold }
        let marks = SeatRecount.marks(told) { $0.data.assignmentId == nil }
        guard !marks.isEmpty, case .waiting(let waiting) = seats.first?.state else {
            return WaitMarks()
        }
        return WaitMarks(marks, since: waiting.since)
    }

    /// Who declined for a conflict or gave a seat back, and who declined otherwise.
    private func excluded(
        _ key: RequestKey,
        _ told: [OutEvent]
    ) -> (barred: [Specialist.ID], reluctant: [Specialist.ID]) {
        let conflicts = declined(key, for: .conflict)
        var (barred, reluctant): ([Specialist.ID], [Specialist.ID]) = ([], [])
        for event in told where event.name == "assignment.rescinded" {
            let id = Specialist.ID(event.data.specialistId ?? "")
            switch event.data.reason {
            case "given-back": barred.append(id)
            case "declined" where conflicts.contains(event.data.assignmentId ?? ""):
                barred.append(id)
            case "declined" where !reluctant.contains(id),
                "timed-out" where !reluctant.contains(id):
                reluctant.append(id)
            default: break
            }
        }
        return (barred, reluctant)
    }

    /// Those who declined for their workload, in the order in which they first did.
    private func pauses(_ key: RequestKey, _ told: [OutEvent]) -> [Pause] {
        let overworked = declined(key, for: .workload)
        var pauses: [Pause] = []
        for event in told where event.data.reason == "declined" {
            guard overworked.contains(event.data.assignmentId ?? "") else { continue }
            let id = Specialist.ID(event.data.specialistId ?? "")
            let pause = Pause(specialist: id, since: event.moment)
            if let known = pauses.firstIndex(where: { $0.specialist == id }) {
                pauses[known] = pause
            } else {
                pauses.append(pause)
            }
        }
        return pauses
    }

    /// The assignments that were declined for a reason.
    private func declined(_ key: RequestKey, for wanted: DeclineReason) -> Set<String> {
        let events = answered[key] ?? []
        return Set(
            events.compactMap { event in
                guard case .declined(let answer, wanted) = event.message else { return nil }
                return answer.assignment?.text(of: key.request)
            }
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
            identities.insert(first.fingerprint.identity)
            for event in events.dropFirst()
            where identities.insert(event.fingerprint.identity).inserted {
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
            case .submitted, .amended, .withdrawn, .directed, .accepted, .declined, .givenBack,
                .delivered:
                break
            }
        }
    }
}

extension OutEvent {
    fileprivate var awaitsRecords: Bool { name == "request.awaiting-records" }
    /// Whether it is the first that can be told of a seat.
    fileprivate var isOfSeats: Bool {
        ["assignment.made", "request.waiting", "request.unmatchable"].contains(name)
    }

    var moment: Moment {
        Moment(milliseconds: Timestamp.milliseconds(time) ?? -1)
    }

    /// Until when it may be accepted; nil: it is given.
    var acceptBy: Moment? {
        data.acceptBy.flatMap { Timestamp.milliseconds($0) }.map { Moment(milliseconds: $0) }
    }
}

extension Message {
    fileprivate var submission: Submission? {
        switch self {
        case .submitted(let submission), .amended(let submission): submission
        case .withdrawn, .directed, .accepted, .declined, .givenBack, .delivered: nil
        }
    }
}

extension Submission {
    /// What it asks, without words.
    fileprivate var text: String {
        "\(kind) \(family.name) of \(submittedAt.milliseconds) due \(due.milliseconds)"
    }
}

extension OpenRequest {
    /// Without what the directory says of those who hold its seats.
    fileprivate var asToldByRequests: OpenRequest {
        let seats = seats.map(\.asToldByRequests)
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
            askedFamily: askedFamily,
            isToldOverdue: isToldOverdue
        )
    }

    /// What two of them differ in, without the words of the request.
    fileprivate func difference(from other: OpenRequest) -> String {
        let parts = [
            ("submission", submission.text, other.submission.text),
            ("content", "as kept", submission == other.submission ? "as kept" : "as sent"),
            ("cause", cause.eventID, other.cause.eventID),
            ("barred", "\(barred)", "\(other.barred)"),
            ("reluctant", "\(reluctant)", "\(other.reluctant)"),
            ("assigned", "\(assignedAt as Any)", "\(other.assignedAt as Any)"),
            ("waits", "\(waitTold)", "\(other.waitTold)"),
            ("overdue", "\(isToldOverdue)", "\(other.isToldOverdue)"),
            ("seats planned", "\(seatsPlanned)", "\(other.seatsPlanned)"),
        ]
        let seats = zip(seats, other.seats).filter { $0 != $1 }.map { "\($0.text), not \($1.text)" }
        return (parts.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1), not \($0.2)" } + seats)
            .joined(separator: "; ")
    }
}

import OpinionFlow
import OpinionMatching
import OpinionTesting
import OpinionWire

/// What was answered on the assignments of a request.
struct SeatAnswers {
    private(set) var accepted: Set<AssignmentID> = []
    private(set) var opinions: [AssignmentID: (opinion: Opinion, at: Moment)] = [:]

    /// - Parameter events: The responses that were not refused, in their order.
    init(_ events: [Event]) {
        for event in events {
            switch event.message {
            case .accepted(let answer):
                if let id = answer.assignment { accepted.insert(id) }
            case .delivered(let answer, let opinion):
                guard let id = answer.assignment, opinions[id] == nil else { continue }
                opinions[id] = (opinion, event.time)
            case .submitted, .amended, .withdrawn, .directed, .declined, .givenBack: break
            }
        }
    }

    /// Whether anybody says that it is another family, and which.
    func finds(_ family: CancerFamily) -> Bool {
        opinions.values.contains { $0.opinion.diagnosis == .changed && $0.opinion.family == family }
    }
}

/// One seat, worked out from what was told of it and what was answered.
///
/// What nobody is told is taken from the state: what the seat asks, since when one waits that nobody was ever
/// given, when an offer was accepted, and since when a seat that is offered has waited.
struct SeatRecount {
    private let told: [OutEvent]
    private let kept: Seat
    private let answers: SeatAnswers

    /// The seats of a request; one that is offered to several stands there once for each.
    static func seats(_ told: [OutEvent], of kept: OpenRequest, _ answers: SeatAnswers) -> [Seat] {
        var ids: [Seat.ID] = []
        for seat in kept.seats where ids.last != seat.id { ids.append(seat.id) }
        return ids.flatMap { id in
            seats(told.filter { $0.data.seat?.id == id || $0.seat == id }, id, of: kept, answers)
        }
    }

    private static func seats(
        _ told: [OutEvent],
        _ id: Seat.ID,
        of kept: OpenRequest,
        _ answers: SeatAnswers
    ) -> [Seat] {
        let entries = kept.seats.filter { $0.id == id }
        let made = told.filter { $0.name == "assignment.made" }
        let ended = Set(
            told.filter { $0.name == "assignment.rescinded" }.map(\.data.assignmentId)
        )
        let last = made.last?.data.attempt ?? 0
        var seats = made.filter { !ended.contains($0.data.assignmentId) }.map { made in
            let entry = entries.first { $0.attempt == made.data.attempt } ?? entries[0]
            return SeatRecount(told: told, kept: entry, answers: answers).taken(made)
        }
        guard !seats.isEmpty else {
            let recount = SeatRecount(told: told, kept: entries[0], answers: answers)
            return [recount.seat(last, .waiting(recount.waiting))]
        }
        if !seats.contains(where: { $0.attempt == last }) { seats[0].lastAttempt = last }
        return seats
    }

    private func taken(_ made: OutEvent) -> Seat {
        let id = AssignmentID(seat: kept.id, attempt: made.data.attempt ?? 0)
        let holding = holding(made, isAccepted: answers.accepted.contains(id))
        guard let (opinion, at) = answers.opinions[id] else {
            return seat(id.attempt, .held(holding))
        }
        return seat(id.attempt, .delivered(holding, opinion, at: at))
    }

    private func seat(_ attempt: Int, _ state: Seat.State) -> Seat {
        Seat(id: kept.id, attempt: attempt, state: state, spec: kept.spec)
    }

    // MARK: Somebody has it

    private func holding(_ made: OutEvent, isAccepted: Bool) -> Seat.Holding {
        var holding = Seat.Holding(
            specialist: Specialist.ID(made.data.specialistId ?? ""),
            at: made.moment,
            discipline: made.data.seat?.discipline ?? "",
            cost: made.data.load?.cost ?? 0,
            isAccepted: isAccepted
        )
        holding.kind = kept.spec == nil ? .single : .panel
        if made.data.mode == "offer" { offer(&holding, until: made) }
        let clock: ClockKind = holding.acceptBy == nil ? .deliver : .accept
        let own = told.filter { $0.data.assignmentId == made.data.assignmentId }
        holding.told = Self.marks(own) { $0.isAbout(clock) }
        return holding
    }

    private func offer(_ holding: inout Seat.Holding, until made: OutEvent) {
        if holding.isAccepted {
            holding.acceptedAt = kept.occupancy?.acceptedAt ?? .distantPast
        } else {
            holding.acceptBy = made.acceptBy
            holding.waitedSince = kept.occupancy?.waitedSince
        }
    }

    /// What was told of a clock since the last assignment.
    static func marks(_ told: [OutEvent], where isMeant: (OutEvent) -> Bool) -> ClockMarks {
        var marks: ClockMarks = []
        for event in told {
            switch event.name {
            case "assignment.made", "assignment.rescinded": marks = []
            case "request.reminder" where isMeant(event): marks.insert(.reminded)
            case "request.escalated" where event.data.reason != "overdue" && isMeant(event):
                marks.insert(.escalated)
            default: break
            }
        }
        return marks
    }

    // MARK: Somebody is looked for

    /// Since the seat was last taken back, or since it was first told.
    private var waiting: Seat.Waiting {
        let begun = told.lastIndex { $0.name == "assignment.rescinded" }
        let wait = told[(begun ?? 0)...]
        let reasons = wait.last { $0.data.reasons != nil }
        return Seat.Waiting(
            since: since(begun.map { told[$0] }),
            rules: RuleSet((reasons?.data.reasons ?? [:]).keys.compactMap(Rule.init(name:))),
            isUnmatchable: reasons?.name == "request.unmatchable"
        )
    }

    private func since(_ end: OutEvent?) -> Moment {
        let isLapsed = told.contains { $0.data.mode == "offer" }
        guard case .waiting(let waiting) = kept.state, isLapsed || kept.spec != nil else {
            return end?.moment ?? told.first?.moment ?? .distantPast
        }
        return isLapsed ? waiting.since : end?.moment ?? waiting.since
    }
}

extension OutEvent {
    /// Whether it reminds of a clock, or tells that it ran too long, for whoever has a seat.
    fileprivate func isAbout(_ clock: ClockKind) -> Bool {
        guard data.assignmentId != nil else { return false }
        return data.clock == clock.rawValue || data.reason == Escalation.Reason.late(clock).name
    }
}

extension Seat {
    /// Without what the directory says of whoever has it.
    var asToldByRequests: Seat {
        guard var holding = occupancy else { return self }
        holding.goneSince = nil
        holding.isKept = false
        holding.stayedAt = nil
        holding.affiliation = nil
        var seat = self
        seat.state =
            if case .delivered(_, let opinion, let at) = state {
                .delivered(holding, opinion, at: at)
            } else {
                .held(holding)
            }
        return seat
    }

    /// Who has it, or had it when it was delivered.
    fileprivate var occupancy: Holding? {
        switch state {
        case .waiting: nil
        case .held(let holding), .delivered(let holding, _, _): holding
        }
    }

    /// What two of them may differ in.
    var text: String {
        let holder = occupancy.map { holding in
            "\(holding.specialist.text) at \(holding.at.milliseconds) told \(holding.told.rawValue) "
                + "accepted \(holding.isAccepted) at \(holding.acceptedAt as Any) by \(holding.acceptBy as Any) "
                + "\(holding.kind) \(holding.cost) \(holding.discipline)"
        }
        return "\(id)/\(attempt) \(holder ?? "\(state)")\(isDelivered ? " delivered" : "")"
    }
}

import OpinionFlow
import OpinionMatching
import OpinionTesting
import OpinionWire

/// Who holds which seat and how many units, counted once more: by what was told, and by the opinions that were
/// taken in.
///
/// Nothing is told when one of several has delivered. So within a transaction it isn't known whether that came
/// before or after what it tells.
struct SeatLedger {
    fileprivate struct Entry {
        let holder: String
        let specialist: String
        let cost: Int
        let seat: OutEvent.Data.Seat?
        /// nil: it was given, not offered.
        let acceptBy: Moment?
        let isPanel: Bool
        var isAccepted = false
        var isDelivered = false
    }

    private let policy: Policy
    /// Assignments that were neither taken back nor reported.
    private var entries: [String: Entry] = [:]
    private var byRequest: [String: Set<String>] = [:]
    private var units: [String: Int] = [:]
    /// What was delivered in the transaction that is looked at.
    private var fresh: [String: Entry] = [:]
    /// Whatever was delivered.
    private var done: Set<String> = []
    /// Assignments of each open request that were ever accepted, or delivered.
    private var accepted: [String: Set<String>] = [:]
    /// Assignments that were declined for the workload, and until when those pause who had them.
    private var overworked: Set<String> = []
    private var pauses: [String: Moment] = [:]
    /// Seats that were given once and that a report must wait for.
    private var required: [String: Set<Int>] = [:]

    init(_ policy: Policy) { self.policy = policy }

    /// Who has another seat of a request than a given one, or has delivered on it.
    ///
    /// The seat may be offered to others too: who they are doesn't matter, since only one will have it.
    func holders(of request: String, besides seat: Int?) -> [String] {
        byRequest[request, default: []].compactMap { entries[$0] }
            .filter { $0.seat?.id != seat }
            .map(\.specialist)
    }

    /// The seats of a request that somebody has and has not delivered on, and those that were delivered.
    func seats(of request: String) -> (held: [OutEvent.Data.Seat], delivered: [OutEvent.Data.Seat])
    {
        let all = byRequest[request, default: []].compactMap { entries[$0] }
        return (
            all.filter { !$0.isDelivered }.compactMap(\.seat),
            all.filter(\.isDelivered).compactMap(\.seat)
        )
    }

    /// Until when an assignment that is offered can be accepted; nil: it isn't offered, or was before.
    func acceptBy(of assignment: String) -> Moment? { entries[assignment]?.acceptBy }

    /// The assignments of a request that were delivered.
    func delivered(of request: String) -> Set<String> {
        byRequest[request, default: []].filter { entries[$0]?.isDelivered == true }
    }

    /// Seats of a request that a report waits for until it is due, as far as anybody ever had them.
    func required(of request: String) -> Set<Int> { required[request, default: []] }

    // MARK: What is sent

    /// Takes in an event that the daemon has applied.
    ///
    /// - Returns: What is wrong with that; nil when nothing is.
    mutating func apply(_ event: InEvent) -> String? {
        guard let id = event.data.assignmentId else { return nil }
        if event.isAcceptance || event.isOpinion {
            entries[id]?.isAccepted = true
            accepted[event.data.requestId, default: []].insert(id)
        }
        if event.isForWorkload { overworked.insert(id) }
        guard event.isOpinion, done.insert(id).inserted else { return nil }
        guard let entry = entries[id] else { return "counts though nobody has \(id)" }
        entries[id]?.isDelivered = true
        fresh[id] = entry
        return nil
    }

    /// What was delivered is held no longer, for certain.
    ///
    /// - Returns: What is wrong with the offers that are open now.
    mutating func settle() -> [String] {
        for entry in fresh.values where entry.isPanel {
            units[entry.holder, default: 0] -= entry.cost
        }
        fresh = [:]
        return byRequest.keys.filter(isOutdone).map { "\($0) is offered though it is accepted" }
    }

    /// Whether the only seat of a request is offered to some though somebody has accepted.
    private func isOutdone(_ request: String) -> Bool {
        let asked = byRequest[request, default: []].compactMap { entries[$0] }
        return asked.count > 1 && asked.contains { !$0.isPanel && $0.isAccepted }
    }

    // MARK: What is told

    /// - Returns: What is wrong with an event.
    mutating func take(_ event: OutEvent, isPanel: Bool) -> [String] {
        switch event.name {
        case "assignment.made": made(event, isPanel)
        case "assignment.rescinded": rescinded(event)
        case "report.ready": reported(event)
        case "request.closed": closed(event)
        case "request.reminder", "request.escalated": noticed(event)
        default: []
        }
    }

    private mutating func made(_ event: OutEvent, _ isPanel: Bool) -> [String] {
        guard let id = event.data.assignmentId, let load = event.data.load else {
            return ["says too little"]
        }
        let entry = Entry(event, isPanel: isPanel)
        let held = held(by: entry.holder)
        entries[id] = entry
        byRequest[event.data.requestId, default: []].insert(id)
        units[entry.holder, default: 0] += entry.cost
        if let seat = event.data.seat, Terms.requires(seat) {
            required[event.data.requestId, default: []].insert(seat.id)
        }
        let hasRoom = load.unitsBefore + load.cost <= load.capacity
        // Whoever is named by an operator may pause.
        let pauses =
            event.data.directed == nil && event.moment < pauses[entry.holder] ?? .distantPast
        return (held.contains(load.unitsBefore) ? [] : ["\(held) units were held before"])
            + (hasRoom ? [] : ["\(entry.specialist) has no room"])
            + (pauses ? ["\(entry.specialist) pauses"] : [])
    }

    /// Units that somebody holds now.
    private func held(by holder: String) -> ClosedRange<Int> {
        let freed = fresh.values.filter { $0.isPanel && $0.holder == holder }
        let most = units[holder, default: 0]
        return freed.reduce(most) { $0 - $1.cost }...most
    }

    private mutating func rescinded(_ event: OutEvent) -> [String] {
        let id = event.data.assignmentId ?? ""
        guard let entry = entries.removeValue(forKey: id),
            entry.specialist == event.data.specialistId
        else { return ["is of nobody"] }
        byRequest[event.data.requestId]?.remove(id)
        if entry.isDelivered { return ["was delivered"] }
        units[entry.holder, default: 0] -= entry.cost
        switch event.data.reason {
        case "timed-out": return faultOfTime(entry, event)
        case "accepted-elsewhere":
            let others = accepted[event.data.requestId, default: []].subtracting([id])
            return others.isEmpty ? ["is taken back though nobody else accepted"] : []
        case "declined" where overworked.contains(id):
            pauses[entry.holder] = event.moment.advanced(by: policy.workloadPause)
            return []
        default: return []
        }
    }

    private func faultOfTime(_ entry: Entry, _ event: OutEvent) -> [String] {
        if let acceptBy = entry.acceptBy, !entry.isAccepted {
            return event.moment < acceptBy ? ["is taken back too early"] : []
        }
        let mayBeLate = policy.clocks[.deliver].reassign.contains { 0 < $0 }
        return mayBeLate ? [] : ["is taken back though it was accepted"]
    }

    /// The report lists all that was delivered, and nobody has a seat any more.
    private mutating func reported(_ event: OutEvent) -> [String] {
        let delivered = delivered(of: event.data.requestId)
        let listed = Set((event.data.reports ?? []).map(\.assignmentId))
        return closed(event)
            + listed.symmetricDifference(delivered).sorted().map { "\($0) isn't as delivered" }
    }

    private mutating func closed(_ event: OutEvent) -> [String] {
        let ended = byRequest.removeValue(forKey: event.data.requestId) ?? []
        accepted[event.data.requestId] = nil
        let last = ended.compactMap { entries.removeValue(forKey: $0) }
        for entry in last where !entry.isPanel { units[entry.holder, default: 0] -= entry.cost }
        return last.filter { !$0.isDelivered }.map { "\($0.specialist) still has a seat" }
    }

    private func noticed(_ event: OutEvent) -> [String] {
        guard let id = event.data.assignmentId else { return [] }
        let isHeld = entries[id]?.isDelivered == false || fresh[id] != nil
        return isHeld ? [] : ["\(id) is held by nobody"]
    }
}

extension SeatLedger.Entry {
    fileprivate init(_ made: OutEvent, isPanel: Bool) {
        specialist = made.data.specialistId ?? ""
        holder = "\(made.data.networkId)/\(specialist)"
        cost = made.data.load?.cost ?? 0
        seat = made.data.seat
        acceptBy = made.acceptBy
        self.isPanel = isPanel
    }
}

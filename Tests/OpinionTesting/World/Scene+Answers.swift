import Foundation

// What specialists say.
extension Scene {
    /// What the specialist says to an assignment: nothing at times.
    package mutating func answers(to made: OutEvent) -> [Outgoing] {
        let said = made.data.mode == "offer" ? answersToOffer(made) : answersToSeat(made)
        seated[made.data.requestId, default: []].append(made.data.specialistId ?? "")
        var records = said.map { Events.response($0, to: made, time: time()) }
        for (answer, record) in zip(said, records) {
            responses[record.value ?? []] = "\(answer.name)-\(made.data.assignmentId ?? "")"
        }
        if random.percent(3), let last = records.last { records.append(last) }
        if random.percent(3) { records.insert(misdirected(made), at: 0) }
        return records.map { perhapsMisplaced($0) }
    }

    private mutating func answersToSeat(_ made: OutEvent) -> [Events.Answer] {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<8: [.declined("workload")]
        case 8..<14: [.declined("conflict")]
        case 14..<20: [.givenBack]
        case 20..<30: []
        case 30..<40: [.accepted, opinion(on: made)]
        default: [opinion(on: made)]
        }
    }

    /// Some only accept, and some let the offer pass.
    private mutating func answersToOffer(_ made: OutEvent) -> [Events.Answer] {
        switch random.below(100) {
        case 0..<10: [.declined("workload")]
        case 10..<15: [.declined("conflict")]
        case 15..<30: []
        case 30..<38: [.accepted]
        case 38..<43: [.accepted, .givenBack]
        case 43..<70: [.accepted, opinion(on: made)]
        default: [opinion(on: made)]
        }
    }

    private mutating func opinion(on made: OutEvent) -> Events.Answer {
        let isPanel = requests[made.data.requestId]?.kind == "panel"
        let opinion = isPanel ? panelOpinion() : Events.Opinion()
        opinions[made.data.assignmentId ?? ""] = opinion
        return .found(opinion)
    }

    /// An opinion of somebody who has no such seat, but another of the request's if anybody has.
    private mutating func misdirected(_ made: OutEvent) -> Outgoing {
        let id = "wrong-\(made.data.assignmentId ?? "")"
        let other = seated[made.data.requestId]?.first { $0 != made.data.specialistId }
        let record = Events.response(
            .delivered,
            to: made,
            specialist: other ?? "somebody-else",
            id: id,
            time: time()
        )
        bad[record.value ?? []] = "wrong-specialist"
        return record
    }
}

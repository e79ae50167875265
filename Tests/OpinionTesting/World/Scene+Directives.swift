// What operators say.
extension Scene {
    /// At times an operator gives a seat to somebody of the network, who may or may not take it; nil: not this one.
    package mutating func directive(on made: OutEvent) -> Outgoing? {
        guard random.percent(8), let seat = made.seat else { return nil }
        let people = specialists.filter { $0.network == made.data.networkId }
        guard !people.isEmpty else { return nil }
        let record = Events.directed(
            made.data.requestId,
            of: made.data.networkId,
            seat: seat,
            to: random.pick(people).id,
            id: "direct-\(made.data.assignmentId ?? "")",
            time: time()
        )
        directives.insert(record.value ?? [])
        return perhapsMisplaced(record)
    }
}

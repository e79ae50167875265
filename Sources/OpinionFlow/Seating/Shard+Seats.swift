internal import OpinionMatching

// Which seats a request has, and in which order they are filled.
extension Shard {
    /// The seats with which a request opens; a request that is no panel has one seat without a spec.
    mutating func firstSpecs(of handle: RequestHandle) -> [SeatSpec?] {
        guard let submission = requests.open(handle)?.submission, submission.kind == .panel else {
            return [nil]
        }
        let first = policy.panels.first.map {
            SeatSpec(
                disciplines: [$0],
                covers: [submission.family],
                phase: 1,
                family: submission.family
            )
        }
        return first.isEmpty ? adviceSpecs(of: handle) : first
    }

    /// The seats that advise: the template's, those for the disciplines that the request asks for, and as few more
    /// as cover every organ with secondaries.
    ///
    /// Seats that somebody has or has delivered on stay what they are.
    mutating func adviceSpecs(of handle: RequestHandle) -> [SeatSpec] {
        guard let open = requests.open(handle) else { return [] }
        let tie = requests[handle].key.tie
        return withNetwork(of: handle) { network, policy in
            var coverage = OrganCoverage(of: open, policy, tie: tie)
            return coverage.complete(in: &network.roster)
        }
    }

    mutating func addSeats(for specs: [SeatSpec?], to handle: RequestHandle) {
        let now = decidedAt
        changeOpen(handle) { open in
            for spec in specs { open.addSeat(for: spec, at: now) }
        }
    }

    /// The seats of a request that wait, in the order in which they are filled.
    mutating func fillingOrder(of handle: RequestHandle) -> [Int] {
        guard let open = requests.open(handle) else { return [] }
        let waiting = open.seatList.indices.filter { open.seatList[$0].isWaiting }
        guard waiting.count > 1 else { return waiting }
        let needs = waiting.map { need(of: open, $0, handle) }
        return withNetwork(of: handle) { network, policy in
            var order = FillingOrder()
            for (index, need) in zip(waiting, needs) {
                let isOptional = open.seatList[index].isOptional
                let people = network.roster.possible(
                    for: need,
                    policy.matching,
                    most: waiting.count
                )
                order.add(index, need, isOptional: isOptional, people)
            }
            return order.indices(&network.roster, policy.matching)
        }
    }
}

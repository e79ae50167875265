package import OpinionMatching

// What a seat asks of the specialist who takes it.
extension Shard {
    /// What a seat asks of a specialist who is looked for.
    func need(of open: OpenRequest, _ seat: Int, _ handle: RequestHandle) -> Need {
        var need = hardNeed(of: open, seat, handle)
        // The report would wait for a specialist who declines the seat again and again.
        if open.seatList[seat].isOptional { need.excluded += open.reluctant }
        return need
    }

    /// What the hard rules ask of the specialist who takes a seat.
    func hardNeed(of open: OpenRequest, _ seat: Int, _ handle: RequestHandle) -> Need {
        let shared = open.sharedNeed?.need ?? need(of: open, handle)
        guard open.seatList.count > 1 || open.seatList[seat].spec != nil else { return shared }
        let slot = requests[handle].network
        return policy.narrowed(shared, to: seat, of: open, in: networks.list[slot].roster)
    }

    /// What every seat of a request asks.
    func need(of open: OpenRequest, _ handle: RequestHandle) -> Need {
        policy.need(
            of: open.submission,
            barred: open.barred,
            reluctant: open.reluctant,
            tie: requests[handle].key.tie
        )
    }

    /// Keeps at hand what the seats of a request ask, since one of them waits.
    mutating func cacheNeed(of handle: RequestHandle) {
        guard let open = requests.open(handle), open.sharedNeed == nil else { return }
        let sharedNeed = OpenRequest.NeedBox(need(of: open, handle))
        requests[handle].withOpen { $0.sharedNeed = sharedNeed }
    }
}

extension Policy {
    /// What every seat of a request asks.
    package func need(
        of submission: Submission,
        barred: [Specialist.ID] = [],
        reluctant: [Specialist.ID] = [],
        tie: UInt64
    ) -> Need {
        Need(
            family: submission.family,
            disciplines: disciplines(of: submission),
            languages: submission.languages.map(primarySubtag),
            residence: submission.residence,
            due: submission.due.day,
            firstOpinion: submission.firstOpinion,
            excluded: barred.isEmpty ? submission.excluded : submission.excluded + barred,
            age: submission.age,
            preferences: submission.preferences,
            asked: submission.submittedAt,
            reluctant: reluctant,
            kind: submission.kind,
            cost: cost(of: submission.kind, nil),
            tieSeed: tie
        )
    }
}

internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

// What became of what came in, by what the topics say of it: the gates of today are not asked.
extension RequestHistory {
    /// Says of each record that came in whether it was forwarded, refused, said before, or taken.
    ///
    /// What is left of a topic once the forwarded are set aside lies in one partition, the network's, and
    /// was read in that order.
    mutating func settleFates() {
        let copies = copies
        var memory = Memory(effects: effects, endedAt: endedAt)
        for index in entries.indices.sorted(by: { entries[$0].place < entries[$1].place }) {
            guard let heard = entries[index].heard else { continue }
            let place = entries[index].place
            if let copy = copies[place] {
                setFate(.forwarded(to: copy), of: index)
            } else if let refused = refusals[place] ?? refusal(told: place) {
                setFate(.refused(refused), of: index)
            } else if let event = heard.event {
                setFate(memory.fate(of: event), of: index)
            }
        }
    }

    /// Where the copy of each forwarded record lies.
    ///
    /// Anybody may send the header that says so: a copy says the same as its original, in another partition.
    private var copies: [Place: Place] {
        let heard = entries.filter { $0.heard != nil }
        let originals = Dictionary(heard.map { ($0.place, $0) }) { first, _ in first }
        let pairs = heard.compactMap { copy -> (Place, Place)? in
            guard let origin = copy.heard?.origin, let original = originals[origin],
                origin.topic == copy.place.topic, origin.partition != copy.place.partition,
                let mark = original.heard?.event?.fingerprint,
                mark == copy.heard?.event?.fingerprint
            else { return nil }
            return (origin, copy.place)
        }
        return Dictionary(pairs, uniquingKeysWith: min)
    }

    /// The ids of events that something was announced because of; a refusal is no effect.
    private var effects: Set<String> {
        Set(entries.compactMap(\.told).filter { $0.refused == nil }.compactMap(\.cause))
    }

    /// When the request was closed, with a report or without; nil: it wasn't.
    private var endedAt: Moment? {
        entries.lazy.compactMap(\.told).first { $0.isEnd }?.at
    }

    /// What the intake was told of a record whose dead letter is gone.
    private func refusal(told place: Place) -> Refused? {
        let told = entries.lazy.compactMap(\.told).first { $0.refused == place }
        return told.map {
            Refused(reason: $0.data.text("reason"), pointer: $0.data.text("pointer"), at: $0.at)
        }
    }

    /// What was taken so far, as the daemon would remember it.
    private struct Memory {
        let effects: Set<String>
        let endedAt: Moment?
        private var events: Set<EventIdentity> = []
        /// What specialists and operators said.
        private var contents: Set<UInt64> = []
        private var intake = IntakeReplay()

        init(effects: Set<String>, endedAt: Moment?) {
            self.effects = effects
            self.endedAt = endedAt
        }

        mutating func fate(of event: Event) -> Fate {
            guard events.insert(event.fingerprint.identity).inserted else { return .repetition }
            let isTold = effects.contains(event.cause.eventID)
            if event.message.isFromIntake { return intakeFate(of: event, isTold) }
            let isNew = contents.insert(event.fingerprint.content).inserted
            return isTold || isNew ? .taken : .repetition
        }

        /// The core says it, but for the end, which may have come of what can't be put to it.
        private mutating func intakeFate(of event: Event, _ isTold: Bool) -> Fate {
            if isTold {
                intake.apply(event)
                return .taken
            }
            if event.message.isChange, let endedAt, endedAt < event.time { return .late }
            let isEnded = intake.isEnded
            switch intake.step(event) {
            case .applied: return .taken
            case .duplicate: return .repetition
            case .superseded: return isEnded && event.message.isChange ? .late : .overtaken
            case .refused(let refusal): return .refused(Refused(refusal, at: event.time))
            }
        }
    }
}

extension IntakeReplay {
    /// Whether the request was there and has ended.
    fileprivate var isEnded: Bool {
        switch status {
        case .reported, .withdrawn, .expired: true
        case .unknown, .waiting, .unmatchable, .assigned, .awaitingRecords, .foreclosed, nil: false
        }
    }
}

extension RequestHistory.Refused {
    fileprivate init(_ refusal: Refusal, at moment: Moment) {
        self.init(reason: refusal.reason.rawValue, pointer: refusal.pointer, at: moment)
    }
}

extension RequestHistory.Told {
    fileprivate var isEnd: Bool { type == "report.ready.v1" || type == "request.closed.v1" }
}

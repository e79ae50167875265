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

    /// The ids of events that something was told because of.
    private var effects: Set<String> { Set(entries.compactMap(\.told?.cause)) }

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
        private var contents: Set<UInt64> = []
        private var inForce: (content: UInt64, time: Moment)?
        private var isForeclosed = false

        init(effects: Set<String>, endedAt: Moment?) {
            self.effects = effects
            self.endedAt = endedAt
        }

        mutating func fate(of event: Event) -> Fate {
            guard events.insert(event.fingerprint.identity).inserted else { return .repetition }
            let fate: Fate = effects.contains(event.cause.eventID) ? .taken : silentFate(of: event)
            if case .taken = fate { note(event) }
            if !event.isAmendment { contents.insert(event.fingerprint.content) }
            return fate
        }

        /// Of an event because of which nothing was told.
        private func silentFate(of event: Event) -> Fate {
            let content = event.fingerprint.content
            if !event.isAmendment, contents.contains(content) { return .repetition }
            if event.isOfIntake, let endedAt, endedAt < event.time { return .late }
            switch event.message {
            case .withdrawn, .directed, .accepted, .declined, .givenBack, .delivered: return .taken
            case .submitted, .amended:
                if inForce?.content == content { return .repetition }
                guard let inForce else { return isForeclosed ? .overtaken : .taken }
                return event.isAmendment && inForce.time <= event.time ? .taken : .overtaken
            }
        }

        private mutating func note(_ event: Event) {
            switch event.message {
            case .submitted, .amended: inForce = (event.fingerprint.content, event.time)
            case .withdrawn: isForeclosed = isForeclosed || inForce == nil
            case .directed, .accepted, .declined, .givenBack, .delivered: break
            }
        }
    }
}

extension Event {
    fileprivate var isAmendment: Bool { message.kind == .amended }
    /// Whether it changes what is asked.
    fileprivate var isOfIntake: Bool { isAmendment || message.kind == .withdrawn }
}

extension RequestHistory.Told {
    fileprivate var isEnd: Bool { type == "report.ready.v1" || type == "request.closed.v1" }
}

internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService

// What must have come before what, of entries in the order of their places.
extension [RequestHistory.Entry] {
    /// Pairs of indices, the earlier one first.
    var causalPairs: [(Int, Int)] {
        let lines = linesOfPlaces + numbered
        return lines + copies + answers + effects(in: lines)
    }

    /// Records of one partition follow each other.
    private var linesOfPlaces: [(Int, Int)] {
        zip(indices, indices.dropFirst()).filter { first, second in
            self[first].place.topic == self[second].place.topic
                && self[first].place.partition == self[second].place.partition
        }
    }

    /// What was told has numbers across topics; they begin anew once a request is forgotten, so the latest
    /// that has the number before counts.
    private var numbered: [(Int, Int)] {
        indices.compactMap { index in
            guard let told = self[index].told, let number = told.number else { return nil }
            let before = indices.last { other in
                self[other].told?.number == number - 1 && self[other].at <= told.at
                    && self[other].place.topic != self[index].place.topic
            }
            return before.map { ($0, index) }
        }
    }

    /// A copy comes after what was forwarded.
    private var copies: [(Int, Int)] {
        indices.compactMap { index in
            guard case .forwarded(let place)? = self[index].heard?.fate else { return nil }
            return firstIndex { $0.place == place }.map { (index, $0) }
        }
    }

    /// Nobody answers before being asked, unless it is refused as no answer to anything.
    private var answers: [(Int, Int)] {
        indices.flatMap { index -> [(Int, Int)] in
            guard let heard = self[index].heard, !heard.isRefused,
                let name = heard.event?.assignmentName
            else { return [] }
            return indices.filter { self[$0].told?.made == name }.map { ($0, index) }
        }
    }

    /// What was told comes after its cause.
    ///
    /// Where that was at once, all that had been told before comes before the cause, and the record behind the
    /// cause after all that was told at that moment.
    private func effects(in lines: [(Int, Int)]) -> [(Int, Int)] {
        let caused = indices.compactMap { effect in cause(of: effect).map { ($0, effect) } }
        return Dictionary(grouping: caused, by: \.0).flatMap { cause, pairs -> [(Int, Int)] in
            let effects = pairs.map(\.1)
            guard let first = effects.min(by: isTold(_:before:)), isAtOnce(first, because: cause)
            else { return pairs }
            let before = lines.filter { $0.1 == first && self[$0.0].told != nil }
            let next = lines.first { $0.0 == cause && self[$0.1].heard != nil }
            let atOnce = effects.filter { self[$0].at == self[first].at }
            return pairs + before.map { ($0.0, cause) }
                + atOnce.flatMap { effect in next.map { [(effect, $0.1)] } ?? [] }
        }
    }

    private func isTold(_ left: Int, before right: Int) -> Bool {
        (self[left].at, self[left].told?.number ?? 0)
            < (self[right].at, self[right].told?.number ?? 0)
    }

    /// Of a refusal the very record is told; else the id of the event, whichever record was taken.
    private func cause(of effect: Int) -> Int? {
        guard let told = self[effect].told else { return nil }
        if let place = told.refused { return firstIndex { $0.place == place } }
        guard let name = told.cause else { return nil }
        return firstIndex { $0.heard?.isTaken == true && $0.heard?.id == name }
    }

    /// Whether the first effect of an event was told when that was read.
    ///
    /// What time does to a request is told as an effect of its amendment, however much later.
    private func isAtOnce(_ effect: Int, because cause: Int) -> Bool {
        guard self[cause].heard?.event?.message.kind == .amended, let told = self[effect].told
        else { return true }
        switch told.type {
        case "assignment.rescinded.v1": return told.data.text("reason") == "amended"
        case "request.reminder.v1", "request.escalated.v1", "request.closed.v1": return false
        default: return true
        }
    }
}

extension RequestHistory.Heard {
    fileprivate var isRefused: Bool { if case .refused = fate { true } else { false } }
}

extension RequestHistory.Told {
    /// The assignment that it tells of.
    var made: String? {
        type == "assignment.made.v1" ? data.text("assignmentId") : nil
    }
}

extension Event {
    /// The assignment that it answers.
    var assignmentName: String? {
        message.answer?.assignment?.text(of: key.request)
    }
}

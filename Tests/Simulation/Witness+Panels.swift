import OpinionFlow
import OpinionMatching
import OpinionTesting
import OpinionWire

// Which seats a panel has, when somebody judges, and when a report may lack seats.
extension Witness {
    /// No seat is there twice; one that was delivered is opened again only where the intake asks for something else.
    func checkSeat(_ event: OutEvent) {
        guard let seat = event.data.seat else { return }
        let (held, delivered) = ledger.seats(of: event.data.requestId)
        let isAmended = scene().amendments[event.data.requestId] != nil
        // One seat may be offered to several.
        let others = (isAmended ? held : held + delivered).filter { $0.id != seat.id }
        let isTwice = others.contains { $0.isSame(as: seat) }
        expect(!isTwice, "\(event.id): a seat for \(seat.discipline) is there already")
    }

    /// Somebody judges only where two contradict each other.
    func checkJudge(_ event: OutEvent) {
        guard event.data.seat?.role == "adjudicator" else { return }
        let opinions = ledger.delivered(of: event.data.requestId).compactMap {
            scene().opinions[$0]
        }
        expect(opinions.isContradictory, "\(event.id): a judge though nobody contradicts")
        expect(policy.panels.adjudicates, "\(event.id): a judge whom the policy doesn't want")
    }

    /// Without a seat that is required a report comes only when it is due, and with a quorum.
    ///
    /// Looked at before the ledger takes the report in.
    func checkQuorum(_ event: OutEvent) {
        let id = event.data.requestId
        guard let seats = event.data.seats, !ledger.required(of: id).isDisjoint(with: seats.missing)
        else { return }
        expect(policy.panels.quorum <= seats.delivered, "\(event.id): \(seats) is no quorum")
        let asked = (scene().requests[id].map { [$0] } ?? []) + scene().amendments[id, default: []]
        let dues = asked.compactMap(\.due).compactMap { Timestamp.milliseconds($0) }
        let isDue = dues.min().map { $0 <= event.moment.milliseconds } ?? false
        expect(isDue, "\(event.id): reported before \(dues)")
    }
}

extension OutEvent.Data.Seat {
    /// Whether it is for what another is for.
    fileprivate func isSame(as other: Self) -> Bool {
        role == other.role && discipline == other.discipline
            && covers.first == other.covers.first
    }
}

extension [Events.Opinion] {
    /// Whether one holds what another changes, of the diagnosis or of the treatment.
    fileprivate var isContradictory: Bool {
        let (diagnoses, treatments) = (Set(map(\.diagnosis)), Set(map(\.treatment)))
        let differs =
            diagnoses.contains("changed") && !diagnoses.isDisjoint(with: ["confirmed", "refined"])
        return differs
            || treatments.contains("agree") && !treatments.isDisjoint(with: ["replace", "observe"])
    }
}

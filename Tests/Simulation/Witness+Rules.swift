import OpinionFlow
import OpinionTesting

// The rules that the scene can break.
extension Witness {
    func checkRules(_ event: OutEvent) {
        let name = event.data.specialistId ?? ""
        guard let request = scene().requests[event.data.requestId],
            let specialist = scene().specialist(name)
        else { return expect(false, "\(event.id) is about nothing that was sent") }
        let asked = [request] + scene().amendments[request.id, default: []]
        let isExcluded = asked.allSatisfy { $0.excluded.contains(name) }
        expect(!isExcluded, "\(event.id): \(name) is excluded")
        expect(request.firstOpinion != name, "\(event.id): \(name) gave the first opinion")
        let needed = Set(policy.records.required)
        let isComplete = asked.contains { needed.isSubset(of: $0.records) }
        expect(isComplete, "\(event.id): \(name) is asked without the records")
        checkSkill(of: specialist, event)
        checkMode(of: specialist, event)
        guard scene().isPanel(request.id) else { return }
        checkColleagues(of: specialist, event)
        checkSeat(event)
        checkJudge(event)
    }

    /// Of a panel the seat says what must be treated, of others the request does.
    private func checkSkill(of specialist: Events.Specialist, _ event: OutEvent) {
        let covers = event.data.seat?.covers ?? []
        let isAble = !covers.isEmpty && covers.allSatisfy(specialist.families.contains)
        expect(isAble, "\(event.id): \(specialist.families) for \(covers)")
        let discipline = event.data.seat?.discipline
        expect(discipline == specialist.discipline, "\(event.id): no \(discipline ?? "")")
        guard !scene().isPanel(event.data.requestId) else { return }
        let codes = scene().codes(of: event.data.requestId)
        expect(
            specialist.families.contains { Scene.families[$0].map(codes.contains) ?? false },
            "\(event.id): \(specialist.id) treats \(specialist.families), not \(codes)"
        )
    }

    /// Those who accept by hand are asked, all others are not.
    private func checkMode(of specialist: Events.Specialist, _ event: OutEvent) {
        let isOffer = policy.offersSeats && specialist.isAsked
        expect(event.data.mode == (isOffer ? "offer" : "assign"), "\(event.id): \(specialist.id)")
        expect((event.data.acceptBy != nil) == isOffer, "\(event.id): no time to accept")
        let cost = event.data.seat?.role == "chair" ? policy.costs.chair : 1
        expect(event.data.load?.cost == cost, "\(event.id) costs other than \(cost)")
    }

    /// Of one house few may sit on a panel; who judges is of another.
    private func checkColleagues(of specialist: Events.Specialist, _ event: OutEvent) {
        let colleagues = ledger.holders(
            of: event.data.requestId,
            besides: event.data.seat?.id
        )
        let houses = colleagues.map { scene().specialist($0)?.organisation }
        let same = houses.count { $0 == specialist.organisation }
        expect(same < policy.panels.perOrganisation, "\(event.id): too many of one house")
        guard event.data.seat?.role == "adjudicator" else { return }
        expect(same == 0, "\(event.id): the judge works with a reviewer")
    }
}

import Foundation
import OpinionFlow
import OpinionMatching
import OpinionReplay
import OpinionWire

/// How many decisions a second one core makes in one network: rules, histogram and candidates, and the
/// unit taken or given back.
struct DecisionBench {
    private static let rounds = 200_000
    private let now = Moment(milliseconds: 1_795_341_540_000)

    func run(specialists: Int) {
        let (roster, needs) = scene(specialists)
        for share in [0, 75] { measure(roster, needs, inUse: share) }
    }

    /// Makes so many decisions and no more, for who counts instructions.
    func count(_ decisions: Int, specialists: Int, inUse share: Int) {
        let (empty, needs) = scene(specialists)
        var roster = empty
        fill(&roster, needs, to: share)
        _ = decide(decisions, &roster, needs)
    }

    private func scene(_ specialists: Int) -> (Roster, [Need]) {
        let options = Workload.Options(
            specialists: specialists,
            requests: 2_000,
            networks: 1,
            epoch: now.milliseconds - 3_600_000
        )
        let workload = Workload(options)
        let policy = Policy(name: "bench", sha256: "")
        let reader = EventReader(ReaderSettings(policy: policy))
        var roster = Roster()
        for record in workload.roster().map(Record.init) {
            guard let (specialist, _) = try? reader.profile(record) else { continue }
            roster.profile(specialist)
        }
        let needs = workload.requests().map(Record.init).compactMap { record -> Need? in
            guard let event = try? reader.event(record, from: .requests),
                case .submitted(let submission) = event.message
            else { return nil }
            roster.want(submission.demand)
            return policy.need(of: submission, tie: event.key.tie)
        }
        return (roster, needs)
    }

    private func measure(_ empty: Roster, _ needs: [Need], inUse share: Int) {
        var roster = empty
        fill(&roster, needs, to: share)
        let count = roster.count > 10_000 ? Self.rounds / 10 : Self.rounds
        var eligible = 0
        let alone = cpuSeconds { eligible = decide(count, &roster, needs, takesUnits: false) }
        let taking = cpuSeconds { eligible = decide(count, &roster, needs) }
        print(
            String(
                format: "  %d specialists, %d %% in use, %d eligible: %.0f decisions a second,"
                    + " %.0f with the unit taken and given back",
                roster.count,
                share,
                eligible / count,
                Double(count) / alone,
                Double(count) / taking
            )
        )
    }

    /// Decides, takes the unit and gives it back; how many were eligible in all.
    ///
    /// A need is moved out of the list and back: whoever has just read a request needn't copy what it asks either.
    private func decide(
        _ count: Int,
        _ roster: inout Roster,
        _ needs: [Need],
        takesUnits: Bool = true
    ) -> Int {
        var eligible = 0
        let policy = MatchingPolicy()
        var needs = needs
        var need = needs[0]
        for round in 0..<count {
            swap(&need, &needs[round % needs.count])
            let decision = roster.decide(need, policy, at: now)
            swap(&need, &needs[round % needs.count])
            eligible += decision.eligible
            guard takesUnits, let chosen = decision.candidates.first else { continue }
            roster.take(chosen.specialist, units: 1)
            roster.release(chosen.specialist, units: 1)
        }
        return eligible
    }

    /// Gives seats until that share of the units is in use.
    private func fill(_ roster: inout Roster, _ needs: [Need], to share: Int) {
        let wanted = roster.capacityUnits * share / 100
        var taken = 0
        var round = 0
        while taken < wanted, round < 2 * wanted {
            let decision = roster.decide(needs[round % needs.count], MatchingPolicy(), at: now)
            if let id = decision.chosen {
                roster.take(id, units: 1)
                taken += 1
            }
            round += 1
        }
    }
}

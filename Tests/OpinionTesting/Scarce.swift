package import OpinionMatching

/// The scarcity term once more, counted anew from the colleagues and the remembered requests.
package struct Scarce: Sendable {
    private var free: [Demand: Int] = [:]
    private var asked: [Demand: Int] = [:]
    private var requests = 0
    private var unitsFree = 0
    private var units = 0

    package init(_ colleagues: [Colleague], _ wanted: [Demand]) {
        for demand in wanted { asked[demand, default: 0] += 1 }
        requests = wanted.count
        for colleague in colleagues where colleague.profile.isActive {
            let free = Self.free(colleague)
            for work in Self.served(by: colleague.profile) { self.free[work, default: 0] += free }
            unitsFree += free
            units += colleague.profile.capacity.units
        }
    }

    /// 5000 · weight · ln(1 + price / (requests + 40)).
    package func term(of colleague: Colleague, besides need: Need) -> Int {
        let least = requests + 40
        var price = 0
        for work in Self.served(by: colleague.profile) where !isOwn(work, need) {
            let room = free[work, default: 0] + 1
            price += (4 * asked[work, default: 0] + 1) * 25_000 / (room * room)
        }
        let doublings = WholeLog.of(price + least) - WholeLog.of(least)
        return doublings * weight * 3_466 / (256 * 1_024)
    }

    /// Nothing up to 62 % of the units in use, 1,024 from 82 %.
    private var weight: Int {
        guard units > 0 else { return 0 }
        return min(max(((units - unitsFree) * 1_024 / units - 635) * 5, 0), 1_024)
    }

    private func isOwn(_ work: Demand, _ need: Need) -> Bool {
        guard work.family == need.family else { return false }
        guard let language = work.language else { return true }
        return need.languages.isEmpty || need.languages.contains(language)
    }

    private static func served(by specialist: Specialist) -> Set<Demand> {
        var works: Set<Demand> = []
        for expertise in specialist.expertise {
            works.insert(Demand(family: expertise.family, language: nil))
            for language in specialist.languages {
                works.insert(Demand(family: expertise.family, language: language))
            }
        }
        return works
    }

    private static func free(_ colleague: Colleague) -> Int {
        let capacity = colleague.profile.capacity
        guard colleague.work.today < capacity.dailyAssignments ?? .max,
            colleague.work.week < capacity.weeklyAssignments ?? .max
        else { return 0 }
        return max(0, capacity.units - colleague.work.units)
    }
}

internal import OpinionMatching

/// Covers every organ with secondaries by as few specialists as the roster allows.
///
/// First by seats that are planned anyway, as long as each of them still finds a specialist of its own. Then by the
/// fewest further seats, which a search over all groups of organs finds.
struct OrganCoverage {
    private let submission: Submission
    private let policy: Policy
    private var candidates: SeatCandidates
    private var specs: [SeatSpec]
    /// Seats that somebody has or has delivered on: they stay what they are.
    private let taken: [Seat]
    /// More organs than this are covered one by one.
    private static let groupedMax = 6

    /// - Parameters:
    ///   - open: The panel's request.
    ///   - policy: The policy in force.
    ///   - tie: The request's tie seed.
    init(of open: OpenRequest, _ policy: Policy, tie: UInt64) {
        let taken = open.takenAdvice
        let (submission, planned) = (open.submission, policy.panels.specs(of: open.submission))
        var others = taken
        var specs = planned.map { spec in
            let index = others.firstIndex { $0.stands(for: spec) }
            return index.flatMap { others.remove(at: $0).spec } ?? spec
        }
        specs += others.compactMap(\.spec).filter { spec in
            spec.covers[0] != submission.family
                && spec.covers.contains(where: submission.organs.contains)
        }
        (self.submission, self.taken, self.specs, self.policy) = (submission, taken, specs, policy)
        candidates = SeatCandidates(
            of: open,
            policy,
            tie: tie,
            taken: taken.compactMap(\.occupant),
            most: specs.count + submission.organs.count
        )
    }

    /// All seats, including those that cover the organs.
    ///
    /// - Complexity: one question to the roster for each group of organs, 2ⁿ at most, and one for each seat
    ///   and organ.
    mutating func complete(in roster: inout Roster) -> [SeatSpec] {
        var organs = submission.organs
        for known in specs.flatMap(\.covers) + [submission.family] { organs.remove(known) }
        for organ in organs.families where extend(by: organ, &roster) { organs.remove(organ) }
        for group in groups(of: organs.families, &roster) {
            specs.append(spec(for: group))
        }
        return specs
    }

    /// Lets a planned seat cover the organ too, if a specialist can who isn't needed elsewhere.
    private mutating func extend(by organ: CancerFamily, _ roster: inout Roster) -> Bool {
        let before = candidates.seated(specs.filter(isOpen), &roster)
        for index in specs.indices where isOpen(specs[index]) {
            var extended = specs
            extended[index] = specs[index].covering(organ)
            guard !candidates.possible(for: extended[index], &roster).isEmpty,
                candidates.seated(extended.filter(isOpen), &roster) >= before
            else { continue }
            specs = extended
            return true
        }
        return false
    }

    /// The fewest groups each of which one specialist treats; an organ that nobody treats is a group of its own.
    private mutating func groups(
        of organs: [CancerFamily],
        _ roster: inout Roster
    ) -> [[CancerFamily]] {
        guard organs.count <= Self.groupedMax else { return organs.map { [$0] } }
        // The fewest for each set of organs, as bits, from the smaller sets to the larger.
        var fewest: [[Int]] = [[]]
        for set in (1..<(1 << organs.count)) {
            let lowest = set & (0 &- set)
            var best = [lowest] + fewest[set ^ lowest]
            for group in (1...set).reversed()
            where group & set == group && group & lowest != 0 && group != lowest {
                guard fewest[set ^ group].count + 1 < best.count,
                    isTreated(group, organs, &roster)
                else { continue }
                best = [group] + fewest[set ^ group]
            }
            fewest.append(best)
        }
        return fewest[fewest.count - 1].map { Self.organs(of: $0, among: organs) }
    }

    private mutating func isTreated(
        _ group: Int,
        _ organs: [CancerFamily],
        _ roster: inout Roster
    ) -> Bool {
        let spec = spec(for: Self.organs(of: group, among: organs))
        return !candidates.possible(for: spec, &roster).isEmpty
    }

    private static func organs(of group: Int, among organs: [CancerFamily]) -> [CancerFamily] {
        organs.indices.filter { group & 1 << $0 != 0 }.map { organs[$0] }
    }

    /// A seat for organs: any of the disciplines that lead their treatment.
    private func spec(for organs: [CancerFamily]) -> SeatSpec {
        var disciplines: [String] = []
        for place in organs.flatMap(policy.panels.template) where place.isRequired {
            if !disciplines.contains(place.discipline) { disciplines.append(place.discipline) }
        }
        return SeatSpec(
            disciplines: disciplines,
            covers: organs,
            phase: 2,
            family: submission.family
        )
    }

    /// Whether the report waits for a seat that nobody has yet.
    private func isOpen(_ spec: SeatSpec) -> Bool {
        spec.isRequired && !taken.contains { $0.spec === spec }
    }
}

extension Seat {
    /// Whether its specialist does what another seat is planned for.
    fileprivate func stands(for planned: SeatSpec) -> Bool {
        guard let spec, spec.stands(for: planned) else { return false }
        return isDelivered
            || spec.role == planned.role && spec.isRequired == planned.isRequired
    }
}

internal import OpinionMatching

/// Covers every organ with secondaries by as few people as the roster allows.
///
/// First by the seats that are there anyway, as long as each of them still finds somebody of its own; then by
/// the fewest seats more, which a search over all groups of organs finds.
struct OrganCoverage {
    private let submission: Submission
    private var staff: SeatCandidates
    private var specs: [SeatSpec]
    /// Seats that somebody has or has delivered on: they stay what they are.
    private let taken: [Seat]
    /// More organs than this are covered one by one.
    private static let groupedMax = 6

    /// - Parameters:
    ///   - request: The request's handle.
    ///   - submission: What it asks.
    ///   - specs: The seats that there are whatever the organs.
    ///   - taken: Seats that somebody has or has delivered on: of those, and of such for organs, what they are.
    init(request: Int32, submission: Submission, specs: [SeatSpec], taken: [Seat]) {
        self.submission = submission
        self.taken = taken
        var others = taken
        self.specs = specs.map { spec in
            let index = others.firstIndex { $0.stands(for: spec) }
            return index.flatMap { others.remove(at: $0).spec } ?? spec
        }
        self.specs += others.compactMap(\.spec).filter { spec in
            spec.covers[0] != submission.family
                && spec.covers.contains(where: submission.organs.contains)
        }
        let most = self.specs.count + submission.organs.count
        staff = SeatCandidates(request: request, taken: taken.compactMap(\.occupant), most: most)
    }

    /// The seats, those that cover the organs among them.
    ///
    /// - Complexity: one question to the roster for each group of organs, 2ⁿ at most, and one for each seat
    ///   and organ.
    mutating func complete(in shard: inout Shard) -> [SeatSpec] {
        var organs = submission.organs
        for known in specs.flatMap(\.covers) + [submission.family] { organs.remove(known) }
        for organ in organs.families where extend(by: organ, &shard) { organs.remove(organ) }
        for group in groups(of: organs.families, &shard) {
            specs.append(spec(for: group, shard.policy))
        }
        return specs
    }

    /// Lets a seat that is there anyway cover the organ too, if somebody can who isn't needed elsewhere.
    private mutating func extend(by organ: CancerFamily, _ shard: inout Shard) -> Bool {
        let before = staff.seated(specs.filter(isOpen), &shard)
        for index in specs.indices where isOpen(specs[index]) {
            var extended = specs
            extended[index] = specs[index].covering(organ)
            guard !staff.possible(for: extended[index], &shard).isEmpty,
                staff.seated(extended.filter(isOpen), &shard) >= before
            else { continue }
            specs = extended
            return true
        }
        return false
    }

    /// The fewest groups each of which one person treats; organs that nobody treats are alone.
    private mutating func groups(
        of organs: [CancerFamily],
        _ shard: inout Shard
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
                    isTreated(group, organs, &shard)
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
        _ shard: inout Shard
    ) -> Bool {
        let spec = spec(for: Self.organs(of: group, among: organs), shard.policy)
        return !staff.possible(for: spec, &shard).isEmpty
    }

    private static func organs(of group: Int, among organs: [CancerFamily]) -> [CancerFamily] {
        organs.indices.filter { group & 1 << $0 != 0 }.map { organs[$0] }
    }

    /// A seat for organs: any of the disciplines that lead their treatment.
    private func spec(for organs: [CancerFamily], _ policy: Policy) -> SeatSpec {
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
    /// Whether who has it, or has delivered on it, does what another seat is planned for.
    fileprivate func stands(for planned: SeatSpec) -> Bool {
        guard let spec, spec.stands(for: planned) else { return false }
        return isDelivered
            || spec.role == planned.role && spec.isRequired == planned.isRequired
    }
}

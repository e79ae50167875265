internal import OpinionMatching

/// Covers every organ with secondaries by as few people as the roster allows.
///
/// First by the seats that are there anyway, as long as each of them still finds somebody of its own; then by
/// the fewest seats more, which a search over all groups of organs finds.
struct Cover {
    private let submission: Submission
    private var staff: Staff
    private var briefs: [Brief]
    /// More organs than this are covered one by one.
    private static let groupedMax = 6

    init(request: Int32, submission: Submission, briefs: [Brief]) {
        self.submission = submission
        self.briefs = briefs
        staff = Staff(request: request, most: briefs.count + submission.organs.count)
    }

    /// The seats, those that cover the organs among them.
    ///
    /// - Complexity: one question to the roster for each group of organs, 2ⁿ at most, and one for each seat
    ///   and organ.
    mutating func complete(in shard: inout Shard) -> [Brief] {
        var organs = submission.organs
        organs.remove(submission.family)
        for organ in organs.families where extend(by: organ, &shard) { organs.remove(organ) }
        for group in groups(of: organs.families, &shard) {
            briefs.append(Self.brief(for: group, shard.policy))
        }
        return briefs
    }

    /// Lets a seat that is there anyway cover the organ too, if somebody can who isn't needed elsewhere.
    private mutating func extend(by organ: CancerFamily, _ shard: inout Shard) -> Bool {
        let before = staff.seated(briefs, &shard)
        for index in briefs.indices where briefs[index].isRequired {
            var extended = briefs
            extended[index] = briefs[index].covering(organ)
            guard !staff.possible(for: extended[index], &shard).isEmpty,
                staff.seated(extended, &shard) >= before
            else { continue }
            briefs = extended
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
        let brief = Self.brief(for: Self.organs(of: group, among: organs), shard.policy)
        return !staff.possible(for: brief, &shard).isEmpty
    }

    private static func organs(of group: Int, among organs: [CancerFamily]) -> [CancerFamily] {
        organs.indices.filter { group & 1 << $0 != 0 }.map { organs[$0] }
    }

    /// A seat for organs: any of the disciplines that lead their treatment.
    private static func brief(for organs: [CancerFamily], _ policy: Policy) -> Brief {
        var disciplines: [String] = []
        for place in organs.flatMap(policy.panels.template) where place.isRequired {
            if !disciplines.contains(place.discipline) { disciplines.append(place.discipline) }
        }
        return Brief(disciplines: disciplines, covers: organs, phase: 2)
    }
}

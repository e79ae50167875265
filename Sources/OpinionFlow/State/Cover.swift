internal import OpinionMatching

/// Covers every organ with secondaries by as few people as the roster allows.
///
/// Greedy, the largest group of organs that one person treats first: a set cover within a factor of
/// ln *n* of the best (Chvátal 1979), and *n* is a handful.
struct Cover {
    let request: Int32
    let submission: Submission
    private(set) var briefs: [Brief]
    /// More organs than this are covered one by one.
    private static let groupedMax = 6

    init(request: Int32, submission: Submission, briefs: [Brief]) {
        self.request = request
        self.submission = submission
        self.briefs = briefs
    }

    /// The seats, those that cover the organs among them.
    ///
    /// - Complexity: one question to the roster for each group of organs, 2ⁿ at most.
    mutating func complete(in shard: inout Shard) -> [Brief] {
        var organs = submission.organs
        organs.remove(submission.family)
        for organ in organs.families where extend(by: organ, &shard) { organs.remove(organ) }
        var left = organs.families
        while !left.isEmpty {
            let group = group(of: left, &shard)
            briefs.append(Self.brief(for: group, shard.policy))
            left.removeAll(where: group.contains)
        }
        return briefs
    }

    /// Lets a seat that is there anyway cover the organ too, if somebody can.
    private mutating func extend(by organ: CancerFamily, _ shard: inout Shard) -> Bool {
        for index in briefs.indices where briefs[index].isRequired {
            let brief = briefs[index].covering(organ)
            guard shard.hasAnybody(for: brief, request) else { continue }
            briefs[index] = brief
            return true
        }
        return false
    }

    /// The largest group that one person treats; a single organ when nobody treats several.
    private func group(of organs: [CancerFamily], _ shard: inout Shard) -> [CancerFamily] {
        guard organs.count <= Self.groupedMax else { return [organs[0]] }
        let groups = (1..<(1 << organs.count)).sorted {
            ($0.nonzeroBitCount, $1) > ($1.nonzeroBitCount, $0)
        }.map { bits in organs.indices.filter { bits & 1 << $0 != 0 }.map { organs[$0] } }
        for group in groups where group.count > 1 {
            if shard.hasAnybody(for: Self.brief(for: group, shard.policy), request) { return group }
        }
        return [organs[0]]
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

extension Shard {
    /// Whether the network has anybody who may take such a seat of a request, busy or not.
    mutating func hasAnybody(for brief: Brief, _ handle: Int32) -> Bool {
        guard let open = openRequest(handle) else { return false }
        var need = policy.need(
            of: open.submission,
            barred: open.barred,
            tie: requests[Int(handle)].key.tie
        )
        need.family = brief.covers[0]
        need.alsoTreats = FamilySet(brief.covers.dropFirst())
        need.disciplines = brief.disciplines
        let now = decidedAt
        return withPool(of: handle) { pool, policy in
            pool.roster.hasAnybody(for: need, policy.matching, at: now)
        }
    }
}

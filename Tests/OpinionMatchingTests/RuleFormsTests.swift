import OpinionMatching
import OpinionTesting
import Testing

/// Each hard rule is written twice, over sets and for one specialist: `Sources/OpinionMatching/Eligibility/Rules`.
@Suite("The two forms of a rule")
struct RuleFormsTests {
    private static let seeds: ClosedRange<UInt64> = 1...24

    @Test("sets and the single form exclude the same specialists", arguments: Rule.allCases)
    func eachRule(_ rule: Rule) {
        var excluded = 0
        for seed in Self.seeds {
            let findings = findings(seed: seed) { ($0.only(rule), $0.only(rule)) }
            excluded += findings.count { $0.bySets == rule }
            for finding in findings where finding.isDisagreement {
                Issue.record("\(rule.name), seed \(seed): \(finding)")
            }
        }
        #expect(excluded > 30, "\(rule.name) excludes too few for the comparison to say anything")
    }

    @Test(
        "both name the same rule when several are broken",
        arguments: Self.seeds
    )
    func firstRule(seed: UInt64) {
        for finding in findings(seed: seed, { ($0, $0) }) where finding.isDisagreement {
            Issue.record("seed \(seed): \(finding)")
        }
    }

    @Test("a rule that only one form asks is found, and named", arguments: Rule.allCases)
    func difference(_ rule: Rule) {
        var found: Set<Rule> = []
        for seed in Self.seeds {
            let findings = findings(seed: seed) { ($0.only(rule), $0.only(rule).easing(rule)) }
            for finding in findings where finding.isDisagreement { found.formUnion(finding.rules) }
        }
        #expect(found.contains(rule))
        // Easing it uncovers the rules behind it, never one before it.
        let order = Rule.allCases.prefix { $0 != rule }
        #expect(found.isDisjoint(with: order), "\(found.map(\.name))")
    }

    /// What is found of a random roster by random questions, changed before they are asked.
    private func findings(
        seed: UInt64,
        _ change: (RuleForms.Question) -> (RuleForms.Question, RuleForms.Question)
    ) -> [RuleForms.Finding] {
        var crowd = Crowd(seed: seed)
        // Now and then more slots than bits in a word.
        let size = seed % 12 == 0 ? 66 : crowd.clinic.chance.within(6...16)
        let colleagues = (0..<size).map { Colleague(crowd.specialist($0), crowd.clinic.work()) }
        var forms = RuleForms(colleagues)
        let questions = (0..<12).map { _ in
            RuleForms.Question(
                need: crowd.need(),
                policy: crowd.clinic.policy(),
                now: crowd.clinic.moment()
            )
        }
        return forms.findings(questions.map(change).map { (bySets: $0.0, alone: $0.1) })
    }
}

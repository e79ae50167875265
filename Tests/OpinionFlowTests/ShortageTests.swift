import OpinionFlow
import OpinionMatching
import Testing

/// Why nobody may take a seat, and what was found of everybody, as prose.
@Suite("What stands in the way")
struct ShortageTests {
    @Test("an unmatchable seat tells the rules that alone keep somebody out, and who is missing")
    func shortage() {
        var story = Story()
        story.tellsShortage = true
        story.profile("anna") { $0.languages = ["en"] }
        story.profile("bela") { $0.languages = ["kn"] }
        story.submit("r1") {
            $0.languages = ["kn"]
            $0.excluded = [Specialist.ID("bela")]
        }
        story.submit("r2") {
            $0.languages = ["ta"]
            $0.disciplines = ["surgery"]
        }
        story.submit("r3") {
            $0.family = .lung
            $0.residence = "IN-KA"
        }
        #expect(
            story.text == """
                e1 anna profiled
                e2 bela profiled
                e3 r1 submitted
                    r1#1 unmatchable: language 1, excluded 1 [e3]
                        but for language, excluded; missing: breast, kn
                e4 r2 submitted
                    r2#1 unmatchable: discipline 2 [e4]
                        but for more than one rule; missing: breast, surgery, ta
                e5 r3 submitted
                    r3#1 unmatchable: expertise 2 [e5]
                        but for more than one rule; missing: lung, IN-KA
                """
        )
    }

    @Test("where the policy asks for it each decision tells what it found of everybody")
    func audit() {
        var policy = Story.policy
        policy.matching.verdictsMax = 3
        var story = Story(policy: policy)
        story.profile("anna", units: 2)
        story.profile("bela") { $0.expertise = [] }
        story.profile("cira") { $0.isActive = false }
        story.profile("dora", units: 2)
        story.submit("r1") { $0.excluded = [Specialist.ID("dora")] }
        story.submit("r2")
        story.submit("r3") { $0.disciplines = ["surgery"] }
        #expect(
            story.text.hasSuffix(
                """
                e5 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 2 [e5]
                        of seat 1/1: anna 0, bela expertise, dora excluded
                e6 r2 submitted
                    r2#1 r2/1/1 to dora, who holds 0 of 2 [e6]
                        of seat 1/1: dora 0, anna 5500, bela expertise
                e7 r3 submitted
                    r3#1 unmatchable: expertise 1, discipline 2 [e7]
                        of seat 1/1: anna discipline, bela expertise, dora discipline
                """
            )
        )
    }
}

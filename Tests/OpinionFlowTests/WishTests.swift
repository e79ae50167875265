import OpinionFlow
import OpinionMatching
import Testing

/// What a request would rather have, as prose.
@Suite("Wishes")
struct WishTests {
    private func story(_ tell: (inout Story) -> Void) -> String {
        var story = Story()
        tell(&story)
        return story.text
    }

    @Test(
        "a wish counts more than an even workload, until it is relaxed; it never makes anybody wait"
    )
    func sex() {
        let text = story {
            $0.profile("anna", units: 4) { $0.sex = "female" }
            $0.profile("bela", units: 4) { $0.sex = "male" }
            $0.submit("r1") { $0.preferences.sex = "female" }
            // Anna's 2,600 points of work are fewer than the 3,000 of another sex.
            $0.submit("r2") { $0.preferences.sex = "female" }
            $0.submit("r3") { $0.preferences.sex = "female" }
            $0.submit("r4") { $0.preferences.sex = "diverse" }
            // Asked two days ago, it is relaxed.
            $0.wait(until: 48)
            $0.submit("r5", at: 0) { $0.preferences.sex = "female" }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 4, step 0 [e3]
                e4 r2 submitted
                    r2#1 r2/1/1 to anna, who holds 1 of 4, step 0 [e4]
                e5 r3 submitted
                    r3#1 r3/1/1 to bela, who holds 0 of 4, step 0, for sex 3000 [e5]
                e6 r4 submitted
                    r4#1 r4/1/1 to bela, who holds 1 of 4, step 0, for sex 3000 [e6]
                hour 48
                e7 r5 submitted
                    r5#1 r5/1/1 to bela, who holds 2 of 4, step 2 without sex [e7]
                """
        )
    }

    @Test(
        "whoever knows the case is asked first, also when an amendment or a free unit comes later"
    )
    func continuity() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.profile("bela", units: 2)
            $0.submit("r1")
            $0.submit("r2") { $0.preferences.specialist = Specialist.ID("anna") }
            $0.submit("r3") {
                $0.preferences.specialist = Specialist.ID("anna")
                $0.firstOpinion = Need.FirstOpinion(
                    practitioner: "anna",
                    organisation: nil,
                    practiceGroup: nil
                )
            }
        }
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("    ") }
        #expect(
            lines.dropFirst().map(String.init) == [
                "    r2#1 r2/1/1 to anna, who holds \(lines[0].contains("anna") ? 1 : 0) of 2, step 0 [e4]",
                // The first opinion's doctor is no second one, whatever is wished.
                "    r3#1 r3/1/1 to bela, who holds \(lines[0].contains("bela") ? 1 : 0) of 2, step 0,"
                    + " for continuity 5000 [e5]",
            ]
        )
    }

    @Test("of two who share a language the one who speaks the first; of two experts the better one")
    func languageAndLevel() {
        let text = story {
            $0.profile("anna", units: 9) {
                $0.languages = ["en"]
                $0.expertise = [Specialist.Expertise(family: .breast, level: 5)]
            }
            $0.profile("bela", units: 9) {
                $0.languages = ["kn"]
                $0.expertise = [Specialist.Expertise(family: .breast, level: 2)]
            }
            $0.submit("r1") { $0.languages = ["kn", "en"] }
            $0.submit("r2") { $0.languages = ["en", "kn"] }
            $0.submit("r3") {
                $0.languages = ["kn", "en"]
                $0.preferences.level = 4
            }
            $0.wait(until: 24)
            $0.submit("r4", at: 0) {
                $0.languages = ["kn", "en"]
                $0.preferences.level = 4
            }
        }
        #expect(text.contains("r1#1 r1/1/1 to bela, who holds 0 of 9, in kn, step 0 "))
        #expect(text.contains("r2#1 r2/1/1 to anna, who holds 0 of 9, in en, step 0 "))
        #expect(
            text.contains("r3#1 r3/1/1 to anna, who holds 1 of 9, in en, step 0, for language 500 ")
        )
        #expect(
            text.contains(
                "r4#1 r4/1/1 to bela, who holds 1 of 9, in kn, step 1 without language level "
            )
        )
    }
}

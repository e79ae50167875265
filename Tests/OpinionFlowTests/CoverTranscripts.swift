import OpinionFlow
import OpinionMatching
import Testing

/// Which seats cover the organs, and who is spent on which.
@Suite("Organs that are covered")
struct CoverTranscripts {
    @Test("as few people as can cover all organs, though the largest group first would take more")
    func fewest() {
        let text = story {
            PanelTests.staff(&$0)
            $0.join("anna", "neurosurgery", "hpb-surgery", treating: [.cns, .hpb])
            $0.join("carl", "endocrinology", "thoracic-surgery", treating: [.lung, .endocrine])
            $0.join("bela", "hpb-surgery", "thoracic-surgery", treating: [.hpb, .lung])
            $0.submit("rq") {
                $0.kind = .panel
                $0.organs = FamilySet([.cns, .hpb, .lung, .endocrine])
            }
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
        }
        #expect(
            Self.advice(text) == """
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 [e11]
                    rq#4 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e11]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e11]
                    rq#6 rq/6/1 to carl as thoracic-surgery for lung and endocrine, who holds 0 of 1 [e11]
                    rq#7 rq/7/1 to anna as hpb-surgery for hpb and cns, who holds 0 of 1 [e11]
                """
        )
    }

    @Test("nobody is planned for an organ whom a seat of the panel needs")
    func needed() {
        let text = story {
            for (name, discipline) in Self.confirmers + [("mona", "medical-oncology")] {
                $0.join(name, discipline)
            }
            $0.join("sven", "surgical-oncology")
            $0.join("xena", "surgical-oncology", "radiation-oncology", treating: [.breast, .hpb])
            $0.join("hana", "hpb-surgery", treating: [.hpb])
            $0.submit("rq") {
                $0.kind = .panel
                $0.organs = FamilySet([.hpb])
            }
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
        }
        #expect(
            Self.advice(text) == """
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 [e9]
                    rq#4 rq/5/1 to xena as radiation-oncology for breast and hpb, who holds 0 of 1 [e9]
                    rq#5 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e9]
                """
        )
    }

    @Test("who has delivered is not planned for an organ that an amendment adds")
    func delivered() {
        let text = story {
            for (name, discipline) in Self.confirmers {
                $0.join(name, discipline)
            }
            $0.join("mia", "medical-oncology", treating: [.breast, .hpb])
            $0.join("sven", "surgical-oncology")
            $0.join("raja", "radiation-oncology")
            $0.submit("rq", PanelTests.panel)
            for seat in 1...3 { $0.deliver("rq/\(seat)/1") }
            $0.join("hana", "hpb-surgery", treating: [.hpb])
            $0.amend("rq") {
                $0.kind = .panel
                $0.organs = FamilySet([.hpb])
            }
        }
        #expect(text.hasSuffix("to hana as hpb-surgery for hpb, who holds 0 of 1 [e11]"))
    }

    @Test("an optional seat leaves to a required one whom nobody else could replace there")
    func optional() {
        let text = story {
            for (name, discipline) in Self.confirmers + [
                ("cora", "colorectal-surgery"), ("mona", "medical-oncology"),
            ] {
                $0.join(name, discipline, treating: [.colorectal])
            }
            $0.join("raja", "radiation-oncology", treating: [.colorectal, .cns])
            $0.submit("rq") {
                $0.kind = .panel
                $0.family = .colorectal
                $0.organs = FamilySet([.cns])
            }
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
        }
        #expect(
            Self.advice(text) == """
                    rq#3 rq/3/1 to cora as chair, colorectal-surgery for colorectal, who holds 0 of 1 [e8]
                    rq#4 rq/4/1 to mona, who holds 0 of 1 [e8]
                    rq#5 rq/6/1 to raja as radiation-oncology for cns, who holds 0 of 1 [e8]
                    rq#6 unmatchable: discipline 4, excluded 1 [e8]
                """
        )
    }

    private static let confirmers = [("paul", "pathology"), ("rita", "radiology")]

    /// What was told after the diagnosis was confirmed.
    private static func advice(_ text: String) -> String {
        let lines = text.split(separator: "\n")
        let begin = lines.lastIndex { $0.hasSuffix("rq/2/1 delivered") }.map { $0 + 1 } ?? 0
        return lines[begin...].joined(separator: "\n")
    }
}

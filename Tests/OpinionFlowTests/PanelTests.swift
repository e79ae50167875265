import OpinionFlow
import OpinionMatching
import Testing

/// Panels as prose: who sits on them, in which order they work, when they report.
@Suite("Panels")
struct PanelTests {
    /// One specialist for each discipline that a panel on breast cancer has, each of an organisation.
    static func staff(_ story: inout Story) {
        for (name, discipline) in [
            ("paul", "pathology"), ("rita", "radiology"), ("mona", "medical-oncology"),
            ("sven", "surgical-oncology"), ("raja", "radiation-oncology"),
        ] {
            story.join(name, discipline)
        }
    }

    static func panel(_ submission: inout Submission) { submission.kind = .panel }

    @Test("pathology and radiology confirm first, then the others advise, and one report is made")
    func phases() {
        let text = story {
            Self.staff(&$0)
            $0.submit("rq", Self.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            for seat in 3...5 { $0.deliver("rq/\(seat)/1") { $0.treatment = .modify } }
        }
        #expect(
            text == """
                e1 paul profiled
                e2 rita profiled
                e3 mona profiled
                e4 sven profiled
                e5 raja profiled
                e6 rq submitted
                    rq#1 rq/1/1 to paul as pathology for breast, who holds 0 of 1 [e6]
                    rq#2 rq/2/1 to rita as radiology for breast, who holds 0 of 1 [e6]
                e7 rq/1/1 delivered
                e8 rq/2/1 delivered
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 [e8]
                    rq#4 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e8]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e8]
                e9 rq/3/1 delivered
                e10 rq/4/1 delivered
                e11 rq/5/1 delivered
                    rq#6 report: paul says confirmed, rita says confirmed, mona says confirmed, sven says \
                confirmed, raja says confirmed after 0 h; unanimous: confirmed, modify [e11]
                """
        )
    }

    @Test("organs with secondaries are covered by as few people as the roster allows")
    func organs() {
        let text = story {
            Self.staff(&$0)
            $0.profile("hana") {
                $0.disciplines = ["hpb-surgery"]
                $0.expertise = [CancerFamily.hpb, .lung].map {
                    Specialist.Expertise(family: $0, level: 3)
                }
            }
            $0.profile("bert") {
                $0.disciplines = ["surgical-oncology"]
                $0.expertise = [CancerFamily.breast, .sarcoma].map {
                    Specialist.Expertise(family: $0, level: 3)
                }
            }
            $0.submit("rq") { submission in
                submission.kind = .panel
                submission.organs = FamilySet([.hpb, .lung, .sarcoma, .breast])
            }
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
        }
        #expect(
            text.hasSuffix(
                """
                e10 rq/2/1 delivered
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 [e10]
                    rq#4 rq/4/1 to bert as surgical-oncology for breast and sarcoma, who holds 0 of 1 [e10]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e10]
                    rq#6 rq/6/1 to hana as hpb-surgery for lung and hpb, who holds 0 of 1 [e10]
                """
            ),
            "\(text)"
        )
    }

    @Test(
        "an organ that nobody treats keeps its seat waiting, and whoever comes to treat it gets it"
    )
    func unknownOrgan() {
        let text = story {
            Self.staff(&$0)
            $0.submit("rq") { submission in
                submission.kind = .panel
                submission.organs = FamilySet([.cns])
            }
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.profile("nils") {
                $0.disciplines = ["neurosurgery"]
                $0.expertise = [Specialist.Expertise(family: .cns, level: 3)]
            }
        }
        #expect(text.contains("rq#6 unmatchable: expertise 5 [e8]"))
        #expect(text.contains("rq/6/1 to nils as neurosurgery for cns, who holds 0 of 1 [e9]"))
    }

    @Test("a diagnosis that is another one now is advised on by that family's doctors")
    func changedFamily() {
        let text = story {
            Self.staff(&$0)
            $0.profile("hugo", units: 3) {
                $0.disciplines = ["haematology"]
                $0.expertise = [Specialist.Expertise(family: .lymphoma, level: 4)]
            }
            $0.submit("rq", Self.panel)
            $0.deliver("rq/1/1") {
                $0.diagnosis = .changed
                $0.family = .lymphoma
            }
            $0.deliver("rq/2/1") { $0.diagnosis = .indeterminate }
        }
        #expect(
            text.hasSuffix(
                """
                e9 rq/2/1 delivered
                    rq#3 rq/3/1 to hugo as chair, haematology for lymphoma, who holds 0 of 3 [e9]
                    rq#4 unmatchable: expertise 5, discipline 1 [e9]
                """
            ),
            "\(text)"
        )
    }

    @Test("one seat is given back and filled again without a word to the others")
    func backfill() {
        let text = story {
            Self.staff(&$0)
            $0.profile("pia") { $0.disciplines = ["pathology"] }
            $0.submit("rq", Self.panel)
            $0.giveBack("rq/1/1")
        }
        #expect(text.contains("rq/1/1 taken back from p"))
        #expect(text.contains("rq/1/2 to p"))
        #expect(!text.contains("rq/2/2"))
    }

    @Test("people of one organisation get no more seats than one may have")
    func organisations() {
        let text = story {
            Self.staff(&$0)
            for name in ["sven", "raja", "mona"] {
                $0.profile(name) { specialist in
                    specialist.disciplines = [
                        name == "sven"
                            ? "surgical-oncology"
                            : name == "raja" ? "radiation-oncology" : "medical-oncology"
                    ]
                    specialist.organisation = "org-same"
                }
            }
            $0.submit("rq", Self.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
        }
        #expect(text.hasSuffix("rq#5 unmatchable: discipline 4, independence 1 [e11]"), "\(text)")
    }

    @Test("when reviewers contradict each other somebody independent of all of them judges")
    func adjudication() {
        let text = story {
            Self.staff(&$0)
            $0.profile("olga") { $0.organisation = "org-mona" }
            $0.profile("judy") { $0.organisation = "org-judy" }
            $0.submit("rq") { submission in
                submission.kind = .panel
                submission.excluded = [Specialist.ID("judy"), Specialist.ID("olga")]
            }
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.deliver("rq/3/1") { $0.treatment = .agree }
            $0.deliver("rq/4/1") { $0.treatment = .replace }
            $0.amend("rq", Self.panel)
            $0.deliver("rq/5/1") { $0.treatment = .replace }
            $0.deliver("rq/6/1") { $0.treatment = .agree }
        }
        #expect(
            text.hasSuffix(
                """
                e12 rq/4/1 delivered
                    rq#6 unmatchable: discipline 2, independence 4, excluded 1 [e12]
                e13 rq amended
                    rq#7 rq/6/1 to judy as adjudicator, medical-oncology for breast, who holds 0 of 1 [e13]
                e14 rq/5/1 delivered
                e15 rq/6/1 delivered
                    rq#8 report: paul says confirmed, rita says confirmed, mona says confirmed, sven says \
                confirmed, raja says confirmed, judy says confirmed after 0 h; majority: confirmed, agree, \
                against it seat 4 5 [e15]
                """
            ),
            "\(text)"
        )
    }

    @Test("a quorum reports when the request is due, and says who is missing")
    func quorum() {
        let text = story {
            Self.staff(&$0)
            $0.submit("rq", Self.panel)
            for seat in 1...4 { $0.deliver("rq/\(seat)/1") }
            $0.wait(until: 7 * 24)
            $0.tick()
            $0.deliver("rq/5/1")
        }
        #expect(
            text.hasSuffix(
                """
                hour 168
                timer
                    rq#6 escalated: not-delivered, rq/5/1 of raja [e6]
                    rq#7 escalated: overdue [e6]
                    rq#8 rq/5/1 taken back from raja: reported [e6]
                    rq#9 report: paul says confirmed, rita says confirmed, mona says confirmed, sven says \
                confirmed after 0 h; unanimous: confirmed; missing [5] [e6]
                e11 rq/5/1 delivered: not-open at /data/assignmentId
                """
            ),
            "\(text)"
        )
    }

    @Test("without a quorum the report waits for it past the due time")
    func late() {
        let text = story {
            Self.staff(&$0)
            $0.submit("rq", Self.panel)
            $0.deliver("rq/1/1")
            $0.wait(until: 8 * 24)
            $0.tick()
            $0.deliver("rq/2/1")
            $0.deliver("rq/3/1")
        }
        #expect(text.contains("escalated: overdue"))
        #expect(text.contains("rq#4 escalated: overdue [e6]\n    rq#5 rq/3/1 to mona"), "\(text)")
        #expect(text.contains("report: paul says confirmed, rita says confirmed after"), "\(text)")
        #expect(text.hasSuffix("e9 rq/3/1 delivered: not-open at /data/assignmentId"), "\(text)")
    }

    @Test("an amendment to another family seats the panel anew; what was delivered stays")
    func reseated() {
        let text = story {
            Self.staff(&$0)
            $0.profile("lena") {
                $0.disciplines = ["radiology"]
                $0.expertise = [Specialist.Expertise(family: .lung, level: 3)]
            }
            $0.submit("rq", Self.panel)
            $0.deliver("rq/1/1")
            $0.amend("rq") { submission in
                submission.kind = .panel
                submission.family = .lung
            }
        }
        #expect(
            text.hasSuffix(
                """
                e9 rq amended
                    rq#3 rq/2/1 taken back from rita: amended [e9]
                    rq#4 unmatchable: expertise 5, discipline 1 [e9]
                    rq#5 rq/4/1 to lena as radiology for lung, who holds 0 of 1 [e9]
                """
            ),
            "\(text)"
        )
    }

    @Test("an amendment that takes one seat back and lets another be filled gives each once")
    func amendedTwice() {
        let text = story {
            Self.staff(&$0)
            $0.submit("rq") {
                $0.kind = .panel
                $0.excluded = [Specialist.ID("rita")]
            }
            $0.amend("rq") {
                $0.kind = .panel
                $0.excluded = [Specialist.ID("paul")]
            }
        }
        #expect(
            text.hasSuffix(
                """
                e6 rq submitted
                    rq#1 rq/1/1 to paul as pathology for breast, who holds 0 of 1 [e6]
                    rq#2 unmatchable: discipline 4, excluded 1 [e6]
                e7 rq amended
                    rq#3 rq/1/1 taken back from paul: amended [e7]
                    rq#4 unmatchable: discipline 4, excluded 1 [e7]
                    rq#5 rq/2/1 to rita as radiology for breast, who holds 0 of 1 [e7]
                """
            )
        )
    }

    @Test("whoever waits too long is told of once, and again when it waits again")
    func escalated() {
        let text = story {
            $0.submit("rq")
            $0.wait(until: 48)
            $0.tick()
            $0.wait(until: 60)
            $0.tick()
            $0.profile("anna")
            $0.giveBack("rq/1/1")
            $0.wait(until: 108)
            $0.tick()
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 unmatchable: nobody there [e1]
                hour 48
                timer
                    rq#2 escalated: waiting, seat 1 [e1]
                hour 60
                nothing due
                e2 anna profiled
                    rq#3 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 rq/1/1 given back
                    rq#4 rq/1/1 taken back from anna: given-back [e3]
                    rq#5 unmatchable: excluded 1 [e3]
                hour 108
                timer
                    rq#6 escalated: waiting, seat 1 [e1]
                """
        )
    }
}

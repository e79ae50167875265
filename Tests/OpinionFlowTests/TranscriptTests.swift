import OpinionFlow
import OpinionMatching
import Testing

/// What comes in and what goes out, as one would tell it.
@Suite("Transcripts")
struct TranscriptTests {
    private func story(policy: Policy = Story.policy, _ tell: (inout Story) -> Void) -> String {
        var story = Story(policy: policy)
        tell(&story)
        return story.text
    }

    // MARK: The usual life

    @Test("a request is assigned, answered and reported")
    func usual() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.submit("rq") { $0.questions = ["q1", "q2"] }
            $0.accept("rq/1/1")
            $0.wait(until: 5)
            $0.deliver("rq/1/1", by: "anna") { $0.answers = ["q2"] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 2 [e2]
                e3 rq/1/1 accepted
                hour 5
                e4 rq/1/1 delivered by anna
                    rq#2 report: anna says confirmed after 5 h, unanswered q1 [e4]
                """
        )
    }

    @Test("the least utilised is chosen, and the language is the first that both know")
    func ranking() {
        let text = story {
            $0.profile("anna", units: 4) { $0.languages = ["kn"] }
            $0.profile("bela", units: 2) { $0.languages = ["en", "hi"] }
            $0.submit("r1") { $0.languages = ["hi-IN"] }
            $0.submit("r2") { $0.languages = ["ta", "kn-IN", "en"] }
            $0.submit("r3") { $0.languages = ["ta", "kn-IN", "en-GB"] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 r1 submitted
                    r1#1 r1/1/1 to bela, who holds 0 of 2, in hi-IN [e3]
                e4 r2 submitted
                    r2#1 r2/1/1 to anna, who holds 0 of 4, in kn-IN, step 0, for language 500 [e4]
                e5 r3 submitted
                    r3#1 r3/1/1 to anna, who holds 1 of 4, in kn-IN, step 0, for language 500 [e5]
                """
        )
    }

    // MARK: Waiting

    @Test("nobody eligible is unmatchable until a profile arrives")
    func unmatchable() {
        let text = story {
            $0.submit("rq")
            $0.profile("anna") { $0.expertise = [] }
            $0.profile("bela")
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 unmatchable: nobody there [e1]
                e2 anna profiled
                    rq#2 unmatchable: expertise 1 [e1]
                e3 bela profiled
                    rq#3 rq/1/1 to bela, who holds 0 of 1 [e3]
                """
        )
    }

    @Test("a freed unit goes to who waits, because of the response that freed it")
    func freed() {
        let text = story {
            $0.profile("anna")
            $0.submit("r1")
            $0.submit("r2")
            $0.submit("r3") { $0.priority = .stat }
            $0.deliver("r1/1/1")
            $0.withdraw("r3")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 1 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                e4 r3 submitted
                    r3#1 waits: capacity 1 [e4]
                e5 r1/1/1 delivered
                    r1#2 report: anna says confirmed after 0 h [e5]
                    r3#2 r3/1/1 to anna, who holds 0 of 1 [e5]
                e6 r3 withdrawn
                    r3#3 r3/1/1 taken back from anna: request-withdrawn [e6]
                    r3#4 closed: withdrawn [e6]
                    r2#2 r2/1/1 to anna, who holds 0 of 1 [e6]
                """
        )
    }

    @Test("waiting is told again only when its rules have changed")
    func toldAgain() {
        let text = story {
            $0.profile("anna", units: 0)
            $0.submit("rq")
            $0.profile("bela", units: 0)
            $0.profile("carl") { $0.expertise = [] }
            $0.retire("anna")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 waits: capacity 1 [e2]
                e3 bela profiled
                e4 carl profiled
                    rq#2 waits: expertise 1, capacity 2 [e2]
                anna retired
                """
        )
    }

    // MARK: Declining

    @Test("who declines for a conflict is not asked again")
    func conflict() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.submit("rq")
            $0.decline("rq/1/1", for: .conflict)
            $0.profile("anna", units: 3)
            $0.profile("bela", units: 2)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 2 [e2]
                e3 rq/1/1 declined for conflict
                    rq#2 rq/1/1 taken back from anna: declined [e3]
                    rq#3 unmatchable: excluded 1 [e3]
                e4 anna profiled
                e5 bela profiled
                    rq#4 rq/1/2 to bela, who holds 0 of 2 [e5]
                """
        )
    }

    @Test("who declines for workload is asked again when nobody else can")
    func workload() {
        let text = story {
            $0.profile("anna")
            $0.profile("bela") { $0.absences = [Story.absence(from: 0, to: 2)] }
            $0.submit("rq")
            $0.decline("rq/1/1", for: .workload)
            $0.wait(until: 2)
            $0.decline("rq/1/2", for: .scope)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e3]
                e4 rq/1/1 declined for workload
                    rq#2 rq/1/1 taken back from anna: declined [e4]
                    rq#3 rq/1/2 to anna, who holds 0 of 1 [e4]
                hour 2
                e5 rq/1/2 declined for scope
                    rq#4 rq/1/2 taken back from anna: declined [e5]
                    rq#5 rq/1/3 to bela, who holds 0 of 1 [e5]
                """
        )
    }

    @Test("who gives a seat back doesn't get it again, and serves who waits")
    func givenBack() {
        let text = story {
            $0.profile("anna")
            $0.submit("r1")
            $0.submit("r2")
            $0.giveBack("r1/1/1")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 1 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                e4 r1/1/1 given back
                    r1#2 r1/1/1 taken back from anna: given-back [e4]
                    r1#3 unmatchable: excluded 1 [e4]
                    r2#2 r2/1/1 to anna, who holds 0 of 1 [e4]
                """
        )
    }

    // MARK: Withdrawing

    @Test("a request is withdrawn while it waits, and once only")
    func withdrawn() {
        let text = story {
            $0.submit("rq")
            $0.withdraw("rq")
            $0.withdraw("rq")
            $0.amend("rq") { $0.priority = .stat }
            $0.profile("anna")
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 unmatchable: nobody there [e1]
                e2 rq withdrawn
                    rq#2 closed: withdrawn [e2]
                e3 rq withdrawn: superseded
                e4 rq amended: superseded
                e5 anna profiled
                """
        )
    }

    @Test("a withdrawal that overtook its submission keeps it withdrawn")
    func foreclosed() {
        let text = story {
            $0.profile("anna")
            $0.withdraw("rq")
            $0.submit("rq")
            $0.submit("rq")
            $0.submit("rq") { $0.priority = .stat }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq withdrawn
                    rq#1 closed: withdrawn [e2]
                e3 rq submitted: superseded
                e4 rq submitted: duplicate
                e5 rq submitted: conflict at /data/requestId
                """
        )
    }

    // MARK: Amending

    @Test("an amendment of an unknown request is its submission")
    func amendedFirst() {
        let text = story {
            $0.profile("anna")
            $0.amend("rq")
            $0.submit("rq")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq amended
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 rq submitted: superseded
                """
        )
    }

    @Test(
        "a patient has waited since the submission, even if its amendment came first and says the same"
    )
    func overtakenBySame() {
        let text = story {
            $0.profile("anna")
            $0.wait(until: 3)
            $0.amend("rq", at: 2)
            $0.submit("rq", at: 1)
            $0.deliver("rq/1/1")
        }
        #expect(
            text == """
                e1 anna profiled
                hour 3
                e2 rq amended
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 rq submitted: superseded
                e4 rq/1/1 delivered
                    rq#2 report: anna says confirmed after 2 h [e4]
                """
        )
    }

    @Test("a submission that its own amendment overtook changes nothing, and is no conflict")
    func overtaken() {
        let text = story {
            $0.profile("anna")
            $0.wait(until: 3)
            $0.amend("rq", at: 2)
            $0.submit("rq", at: 1) { $0.languages = ["kn"] }
            $0.submit("rq", at: 1) { $0.languages = ["ta"] }
        }
        #expect(
            text == """
                e1 anna profiled
                hour 3
                e2 rq amended
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 rq submitted: superseded
                e4 rq submitted: conflict at /data/requestId
                """
        )
    }

    @Test("a seat that no longer suits is taken back, filled anew, and the unit goes on")
    func amended() {
        let text = story {
            $0.profile("anna")
            $0.profile("bela") { $0.languages = ["kn"] }
            $0.submit("r1") { $0.excluded = [Specialist.ID("bela")] }
            $0.submit("r2") { $0.excluded = [Specialist.ID("bela")] }
            $0.amend("r1") { $0.languages = ["kn"] }
            $0.amend("r1") { $0.languages = ["kn-IN"] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 1 [e3]
                e4 r2 submitted
                    r2#1 waits: excluded 1, capacity 1 [e4]
                e5 r1 amended
                    r1#2 r1/1/1 taken back from anna: amended [e5]
                    r1#3 r1/1/2 to bela, who holds 0 of 1, in kn [e5]
                    r2#2 r2/1/1 to anna, who holds 0 of 1 [e5]
                e6 r1 amended
                """
        )
    }

    @Test("of amendments the later time wins, in whatever order they arrive")
    func reordered() {
        let text = story {
            $0.profile("anna")
            $0.profile("bela") { $0.languages = ["kn"] }
            $0.submit("rq", at: 0) { $0.excluded = [Specialist.ID("bela")] }
            $0.wait(until: 3)
            $0.amend("rq", at: 2) { $0.languages = ["kn"] }
            $0.amend("rq", at: 1) { $0.excluded = [Specialist.ID("bela")] }
            $0.amend("rq", at: 2) { $0.excluded = [Specialist.ID("bela")] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e3]
                hour 3
                e4 rq amended
                    rq#2 rq/1/1 taken back from anna: amended [e4]
                    rq#3 rq/1/2 to bela, who holds 0 of 1, in kn [e4]
                e5 rq amended: superseded
                e6 rq amended
                    rq#4 rq/1/2 taken back from bela: amended [e6]
                    rq#5 rq/1/3 to anna, who holds 0 of 1 [e6]
                """
        )
    }

    @Test("a waiting request that is amended is looked at again")
    func amendedWaiting() {
        let text = story {
            $0.profile("anna")
            $0.submit("rq") { $0.languages = ["kn"] }
            $0.amend("rq") { $0.languages = ["ta"] }
            $0.amend("rq") { $0.family = .lung }
            $0.amend("rq")
            $0.profile("anna") { $0.languages = ["en"] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 unmatchable: language 1 [e2]
                e3 rq amended
                e4 rq amended
                    rq#2 unmatchable: expertise 1 [e4]
                e5 rq amended
                    rq#3 rq/1/1 to anna, who holds 0 of 1 [e5]
                e6 anna profiled
                """
        )
    }

    // MARK: The roster changes

    @Test("the seats of one who retires are taken back and filled anew")
    func retired() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.submit("r1")
            $0.submit("r2")
            $0.profile("bela")
            $0.retire("anna")
            $0.pass(seconds: 2)
            $0.retire("anna")
            $0.deliver("r1/1/1")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 2 [e2]
                e3 r2 submitted
                    r2#1 r2/1/1 to anna, who holds 1 of 2 [e3]
                e4 bela profiled
                anna retired
                2 s later
                    r1#2 r1/1/1 taken back from anna: specialist-retired [e2]
                    r1#3 r1/1/2 to bela, who holds 0 of 1 [e2]
                    r2#2 r2/1/1 taken back from anna: specialist-retired [e3]
                    r2#3 waits: capacity 1 [e3]
                anna retired
                e5 r1/1/1 delivered: not-open at /data/assignmentId
                """
        )
    }

    @Test(
        "when most of a network goes within minutes their seats are kept, till that is confirmed or undone"
    )
    func collapse() {
        let names = ["anna", "bela", "carl", "dora", "emil", "fay"]
        let text = story {
            for name in names { $0.profile(name) }
            for number in 1...6 { $0.submit("r\(number)") }
            for name in names { $0.retire(name) }
            $0.retire("anna")
            $0.pass(seconds: 2)
            $0.profile("emil")
            $0.deliver("r1/1/1")
            $0.retire("fay")
            $0.pass(seconds: 60)
            $0.retire("fay")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 carl profiled
                e4 dora profiled
                e5 emil profiled
                e6 fay profiled
                e7 r1 submitted
                    r1#1 r1/1/1 to bela, who holds 0 of 1 [e7]
                e8 r2 submitted
                    r2#1 r2/1/1 to emil, who holds 0 of 1 [e8]
                e9 r3 submitted
                    r3#1 r3/1/1 to fay, who holds 0 of 1 [e9]
                e10 r4 submitted
                    r4#1 r4/1/1 to anna, who holds 0 of 1 [e10]
                e11 r5 submitted
                    r5#1 r5/1/1 to dora, who holds 0 of 1 [e11]
                e12 r6 submitted
                    r6#1 r6/1/1 to carl, who holds 0 of 1 [e12]
                anna retired
                bela retired
                carl retired
                dora retired
                emil retired
                fay retired
                anna retired
                2 s later
                e13 emil profiled
                e14 r1/1/1 delivered
                    r1#2 report: bela says confirmed after 0 h [e14]
                fay retired
                60 s later
                fay retired
                    r3#2 r3/1/1 taken back from fay: specialist-retired [e9]
                    r3#3 waits: capacity 1 [e9]
                """
        )
    }

    @Test("first unreadable, then retired: the same collapse")
    func collapseInTwoSteps() {
        let names = ["anna", "bela", "carl", "dora", "emil", "fay"]
        let text = story {
            for name in names { $0.profile(name) }
            for number in 1...3 { $0.submit("r\(number)") }
            for name in names { $0.garble(name) }
            for name in names { $0.retire(name) }
            $0.pass(seconds: 2)
        }
        #expect(!text.contains("taken back"))
    }

    @Test("health tells of a network whose profiles can't be read, for as long as that lasts")
    func unreadableCollapse() {
        let names = ["anna", "bela", "carl", "dora", "emil", "fay"]
        var story = Story()
        for name in names { story.profile(name) }
        for name in names.prefix(5) { story.garble(name) }
        story.wait(until: 2)
        #expect(story.shard.census(at: story.now).collapsed == [Story.network])
        story.profile("anna")
        #expect(story.shard.census(at: story.now).collapsed.isEmpty)
    }

    @Test("the same losses over hours are no collapse")
    func slowLosses() {
        let names = ["anna", "bela", "carl", "dora", "emil", "fay"]
        let text = story {
            for name in names { $0.profile(name) }
            for number in 1...6 { $0.submit("r\(number)") }
            for (hour, name) in names.enumerated() {
                $0.wait(until: hour)
                $0.retire(name)
                $0.pass(seconds: 2)
            }
        }
        #expect(text.split(separator: "\n").count { $0.contains("taken back") } == 6)
    }

    @Test("one who moves to another network is retired here")
    func moved() {
        let text = story {
            $0.profile("anna")
            $0.submit("rq")
            $0.profile("anna") { $0.network = "elsewhere" }
            $0.pass(seconds: 2)
            $0.profile("anna")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 anna profiled
                2 s later
                    rq#2 rq/1/1 taken back from anna: specialist-retired [e2]
                    rq#3 unmatchable: nobody there [e2]
                e4 anna profiled
                    rq#4 rq/1/2 to anna, who holds 0 of 1 [e4]
                """
        )
    }

    @Test("one who is inactive keeps the seats and gets no more")
    func inactive() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.submit("r1")
            $0.profile("anna", units: 2) { $0.isActive = false }
            $0.submit("r2")
            $0.deliver("r1/1/1")
            $0.profile("anna", units: 2)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 2 [e2]
                e3 anna profiled
                e4 r2 submitted
                    r2#1 unmatchable: nobody there [e4]
                e5 r1/1/1 delivered
                    r1#2 report: anna says confirmed after 0 h [e5]
                e6 anna profiled
                    r2#2 r2/1/1 to anna, who holds 0 of 2 [e6]
                """
        )
    }

    @Test("one whose profile can't be read keeps the seats whatever is amended, and gets no more")
    func unreadable() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.submit("r1")
            $0.garble("anna")
            $0.amend("r1") { $0.languages = ["kn"] }
            $0.submit("r2")
            $0.profile("anna", units: 2)
            $0.garble("anna")
            $0.retire("anna")
            $0.pass(seconds: 2)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 2 [e2]
                anna unreadable
                e3 r1 amended
                e4 r2 submitted
                    r2#1 unmatchable: nobody there [e4]
                e5 anna profiled
                    r2#2 r2/1/1 to anna, who holds 1 of 2 [e5]
                anna unreadable
                anna retired
                2 s later
                    r1#2 r1/1/1 taken back from anna: specialist-retired [e3]
                    r1#3 unmatchable: nobody there [e3]
                    r2#3 r2/1/1 taken back from anna: specialist-retired [e4]
                    r2#4 unmatchable: nobody there [e4]
                """
        )
    }

    // MARK: What is said twice

    @Test("an event of the same source and id changes nothing; with other content it is a conflict")
    func sameID() {
        let text = story {
            $0.profile("anna")
            $0.submit("rq", id: "a")
            $0.submit("rq", id: "a")
            $0.submit("rq", id: "a") { $0.priority = .stat }
            $0.submit("other", id: "a")
            $0.decline("rq/1/1", for: .workload, id: "b")
            $0.decline("rq/1/1", for: .workload, id: "b")
        }
        #expect(
            text == """
                e1 anna profiled
                a rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [a]
                a rq submitted: duplicate
                a rq submitted: conflict at /id
                a other submitted: conflict at /id
                b rq/1/1 declined for workload
                    rq#2 rq/1/1 taken back from anna: declined [b]
                    rq#3 rq/1/2 to anna, who holds 0 of 1 [b]
                b rq/1/1 declined for workload: duplicate
                """
        )
    }

    @Test("a request submitted again is a duplicate or a conflict by its content")
    func sameRequest() {
        let text = story {
            $0.submit("rq")
            $0.submit("rq")
            $0.submit("rq") { $0.family = .lung }
            $0.amend("rq") { $0.family = .lung }
            $0.submit("rq") { $0.family = .lung }
            $0.submit("rq")
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 unmatchable: nobody there [e1]
                e2 rq submitted: duplicate
                e3 rq submitted: conflict at /data/requestId
                e4 rq amended
                e5 rq submitted: duplicate
                e6 rq submitted: duplicate
                """
        )
    }

    @Test("a response to a seat that isn't open is refused, its repetition changes nothing")
    func notOpen() {
        let text = story {
            $0.deliver("rq/1/1")
            $0.profile("anna")
            $0.submit("rq")
            $0.deliver("rq/1/2")
            $0.deliver("rq/2/1")
            $0.deliver("rq/x/1")
            $0.deliver("rq/1/1", by: "bela")
            $0.deliver("rq/1/1", by: "anna")
            $0.deliver("rq/1/1", by: "anna")
            $0.deliver("rq/1/1") { $0.diagnosis = .changed }
            $0.decline("rq/1/1", for: .workload)
        }
        #expect(
            text == """
                e1 rq/1/1 delivered: not-open at /data/assignmentId
                e2 anna profiled
                e3 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e3]
                e4 rq/1/2 delivered: not-open at /data/assignmentId
                e5 rq/2/1 delivered: not-open at /data/assignmentId
                e6 rq/x/1 delivered: not-open at /data/assignmentId
                e7 rq/1/1 delivered by bela: wrong-specialist at /data/specialistId
                e8 rq/1/1 delivered by anna
                    rq#2 report: anna says confirmed after 0 h [e8]
                e9 rq/1/1 delivered by anna: duplicate
                e10 rq/1/1 delivered: not-open at /data/assignmentId
                e11 rq/1/1 declined for workload: not-open at /data/assignmentId
                """
        )
    }

    // MARK: Time

    @Test("an event older than what is remembered is stale, unless the policy says otherwise")
    func stale() {
        let tell = { (story: inout Story) in
            story.wait(until: 30 * 24)
            story.submit("r1", at: 0)
            story.submit("r2", at: -1)
        }
        #expect(
            story(tell) == """
                hour 720
                e1 r1 submitted
                    r1#1 unmatchable: nobody there [e1]
                e2 r2 submitted: stale at /time
                """
        )
        var policy = Story.policy
        policy.refusesStale = false
        #expect(
            story(policy: policy, tell) == """
                hour 720
                e1 r1 submitted
                    r1#1 unmatchable: nobody there [e1]
                e2 r2 submitted
                    r2#1 unmatchable: nobody there [e2]
                """
        )
    }

    @Test("the day's limit holds to midnight UTC, and midnight wakes who waits")
    func daily() {
        let text = story {
            $0.profile("anna", units: 9) {
                $0.capacity = Specialist.Capacity(units: 9, dailyAssignments: 1)
            }
            $0.submit("r1")
            $0.submit("r2")
            $0.deliver("r1/1/1")
            $0.wait(until: 13)
            $0.tick()
            $0.wait(until: 14)
            $0.tick()
            $0.tick()
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 9 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                e4 r1/1/1 delivered
                    r1#2 report: anna says confirmed after 0 h [e4]
                hour 13
                nothing due
                hour 14
                timer
                    r2#2 r2/1/1 to anna, who holds 0 of 9 [e3]
                nothing due
                """
        )
    }

    @Test("an absence that ends wakes who waits")
    func absence() {
        let text = story {
            $0.profile("anna") { $0.absences = [Story.absence(from: 0, to: 3)] }
            $0.submit("rq")
            $0.wait(until: 2)
            $0.tick()
            $0.wait(until: 3)
            $0.tick()
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 waits: availability 1 [e2]
                hour 2
                nothing due
                hour 3
                timer
                    rq#2 rq/1/1 to anna, who holds 0 of 1 [e2]
                """
        )
    }

    @Test("whoever comes back between two ticks serves those who wait before whoever comes then")
    func woken() {
        let text = story {
            $0.profile("anna") { $0.absences = [Story.absence(from: 0, to: 3)] }
            $0.submit("r1")
            $0.wait(until: 2)
            $0.wake()
            $0.wait(until: 4)
            $0.wake()
            $0.submit("r2")
            $0.withdraw("r1")
            $0.wake()
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 waits: availability 1 [e2]
                hour 2
                woken
                hour 4
                woken
                    r1#2 r1/1/1 to anna, who holds 0 of 1 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                e4 r1 withdrawn
                    r1#3 r1/1/1 taken back from anna: request-withdrawn [e4]
                    r1#4 closed: withdrawn [e4]
                    r2#2 r2/1/1 to anna, who holds 0 of 1 [e4]
                woken
                """
        )
    }

    @Test("a new day's seats go to those who wait before a request that comes then")
    func wokenByDay() {
        let text = story {
            $0.profile("anna") {
                $0.capacity = Specialist.Capacity(units: 9, dailyAssignments: 1)
            }
            $0.submit("r1")
            $0.submit("r2")
            $0.wait(until: 15)
            $0.wake()
            $0.submit("r3")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 9 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                hour 15
                woken
                    r2#2 r2/1/1 to anna, who holds 1 of 9 [e3]
                e4 r3 submitted
                    r3#1 waits: capacity 1 [e4]
                """
        )
    }

    @Test("a timer that an event outran still goes off")
    func outrun() {
        let text = story {
            $0.profile("anna") { $0.absences = [Story.absence(from: 0, to: 3)] }
            $0.profile("bela") {
                $0.expertise = [Specialist.Expertise(family: .lung, level: 1)]
                $0.capacity = Specialist.Capacity(units: 9, dailyAssignments: 1)
            }
            $0.submit("r1")
            $0.submit("r2") { $0.family = .lung }
            $0.submit("r3") { $0.family = .lung }
            $0.wait(until: 4)
            $0.withdraw("other")
            $0.tick()
            $0.wait(until: 15)
            $0.withdraw("another")
            $0.tick()
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 r1 submitted
                    r1#1 waits: expertise 1, availability 1 [e3]
                e4 r2 submitted
                    r2#1 r2/1/1 to bela, who holds 0 of 9 [e4]
                e5 r3 submitted
                    r3#1 waits: expertise 1, capacity 1 [e5]
                hour 4
                e6 other withdrawn
                    other#1 closed: withdrawn [e6]
                timer
                    r1#2 r1/1/1 to anna, who holds 0 of 1 [e3]
                hour 15
                e7 another withdrawn
                    another#1 closed: withdrawn [e7]
                timer
                    r3#2 r3/1/1 to bela, who holds 1 of 9 [e5]
                """
        )
    }

    @Test("a closed request is forgotten when its retention ends")
    func forgotten() {
        let text = story {
            $0.submit("rq", id: "a")
            $0.withdraw("rq")
            $0.wait(until: 30 * 24)
            $0.submit("rq", id: "a")
            $0.tick()
            $0.submit("rq", id: "a")
        }
        #expect(
            text == """
                a rq submitted
                    rq#1 unmatchable: nobody there [a]
                e1 rq withdrawn
                    rq#2 closed: withdrawn [e1]
                hour 720
                a rq submitted: duplicate
                nothing due
                a rq submitted
                    rq#1 unmatchable: nobody there [a]
                """
        )
    }
}

extension Story {
    static func absence(from begin: Int64, to end: Int64) -> Specialist.Absence {
        Specialist.Absence(
            begin: Story.begin.advanced(by: begin * 3_600_000),
            end: Story.begin.advanced(by: end * 3_600_000)
        )
    }
}

import OpinionFlow
import OpinionMatching
import Testing

/// Specialists who go, move, or can no longer be read.
@Suite("The roster changes")
struct RosterTranscripts {
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
}

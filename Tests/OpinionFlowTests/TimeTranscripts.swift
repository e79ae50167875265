import OpinionFlow
import OpinionMatching
import Testing

/// What the passing of time does: limits of a day, absences, retention.
@Suite("Time")
struct TimeTranscripts {
    @Test("an event older than what is remembered is stale, unless the policy says otherwise")
    func stale() {
        let tell = { (story: inout Story) in
            story.wait(until: 30 * 24)
            story.submit("r1", at: 0)
            story.submit("r2", at: -1)
        }
        #expect(
            story(Story.policy, tell) == """
                hour 720
                e1 r1 submitted
                    r1#1 unmatchable: nobody there [e1]
                e2 r2 submitted: stale at /time
                """
        )
        var policy = Story.policy
        policy.refusesStale = false
        #expect(
            story(policy, tell) == """
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

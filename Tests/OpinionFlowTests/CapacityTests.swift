import OpinionFlow
import OpinionMatching
import Testing

/// Limits of a specialist's work beyond the units, as prose.
@Suite("Capacity")
struct CapacityTests {
    private func story(_ tell: (inout Story) -> Void) -> String {
        var story = Story()
        tell(&story)
        return story.text
    }

    @Test("the week's limit counts what was given on its days, and Monday wakes who waits")
    func weekly() {
        let text = story {
            $0.profile("anna") {
                $0.capacity = Specialist.Capacity(units: 9, weeklyAssignments: 2)
            }
            // It is Sunday, ten in the morning.
            $0.submit("r1")
            $0.deliver("r1/1/1")
            $0.submit("r2")
            $0.submit("r3")
            $0.wait(until: 14)
            $0.tick()
            $0.submit("r4")
            $0.wait(until: 38)
            $0.submit("r5")
            for request in ["r2", "r3", "r4"] { $0.deliver("\(request)/1/1") }
            $0.wait(until: 181)
            $0.tick()
            $0.wait(until: 182)
            $0.tick()
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 9 [e2]
                e3 r1/1/1 delivered
                    r1#2 report: anna says confirmed after 0 h [e3]
                e4 r2 submitted
                    r2#1 r2/1/1 to anna, who holds 0 of 9 [e4]
                e5 r3 submitted
                    r3#1 waits: capacity 1 [e5]
                hour 14
                timer
                    r3#2 r3/1/1 to anna, who holds 1 of 9 [e5]
                e6 r4 submitted
                    r4#1 r4/1/1 to anna, who holds 2 of 9 [e6]
                hour 38
                e7 r5 submitted
                    r5#1 waits: capacity 1 [e7]
                e8 r2/1/1 delivered
                    r2#2 report: anna says confirmed after 38 h [e8]
                e9 r3/1/1 delivered
                    r3#3 report: anna says confirmed after 38 h [e9]
                e10 r4/1/1 delivered
                    r4#2 report: anna says confirmed after 24 h [e10]
                hour 181
                timer
                    r5#2 escalated: waiting, seat 1 [e7]
                    r5#3 escalated: overdue [e7]
                hour 182
                timer
                    r5#4 r5/1/1 to anna, who holds 0 of 9 [e7]
                """
        )
    }

    @Test("who limits panels takes others meanwhile; an opinion makes room for one more")
    func kinds() {
        let text = story {
            $0.profile("anna", units: 9) {
                var limits = KindCounts(9)
                limits[.pathologyReview] = 1
                $0.disciplines = ["pathology"]
                $0.capacity = Specialist.Capacity(units: 9, perKind: limits)
            }
            $0.submit("r1") { $0.kind = .pathologyReview }
            $0.submit("r2") { $0.kind = .pathologyReview }
            $0.submit("r3")
            $0.deliver("r3/1/1")
            $0.deliver("r1/1/1")
        }
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("    ") }.map {
            $0.prefix { $0 != "," }.trimmingPrefix("    ")
        }
        #expect(
            lines == [
                "r1#1 r1/1/1 to anna as pathology for breast", "r2#1 waits: capacity 1 [e3]",
                "r3#1 r3/1/1 to anna as pathology for breast",
                "r3#2 report: anna says confirmed after 0 h [e5]",
                "r1#2 report: anna says confirmed after 0 h [e6]",
                "r2#2 r2/1/1 to anna as pathology for breast",
            ]
        )
    }
}

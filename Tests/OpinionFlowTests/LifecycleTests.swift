import OpinionFlow
import OpinionMatching
import Testing

/// The table of standings and events, and a shard that keeps to it.
@Suite("Lifecycle")
struct LifecycleTests {
    struct Cell: CustomTestStringConvertible, Sendable {
        let standing: Standing
        let kind: Message.Kind
        var testDescription: String { "\(kind.rawValue) when \(standing.rawValue)" }
    }

    static let cells = Standing.allCases.flatMap { standing in
        Message.Kind.allCases.map { Cell(standing: standing, kind: $0) }
    }

    @Test("the whole table on one page")
    func table() {
        let kinds = Message.Kind.allCases
        let rows = Standing.allCases.map { standing in
            ([standing.rawValue + ":"] + kinds.map { course(of: $0, in: standing).rawValue })
                .joined(separator: " ")
        }
        #expect(
            ([kinds.map(\.rawValue).joined(separator: " ")] + rows) == [
                "submitted amended withdrawn directed accepted declined givenBack delivered",
                "unknown: open open foreclose refuse refuse refuse refuse refuse",
                "waiting: compare amend close direct respond respond respond respond",
                "unmatchable: compare amend close direct respond respond respond respond",
                "assigned: compare amend close direct respond respond respond respond",
                "reported: compare note note refuse refuse refuse refuse refuse",
                "withdrawn: compare note note refuse refuse refuse refuse refuse",
                "foreclosed: stayWithdrawn stayWithdrawn note refuse refuse refuse refuse refuse",
                "expired: compare note note refuse refuse refuse refuse refuse",
                "awaiting-records: compare amend close refuse refuse refuse refuse refuse",
            ]
        )
    }

    @Test("a shard does what the table says", arguments: cells)
    func step(_ cell: Cell) {
        var story = story(until: cell.standing)
        #expect(story.standing(of: "rq") == cell.standing)
        let outcome = say(cell.kind, in: &story)
        let course = expectedCourse(cell)
        #expect(outcome == expectedOutcome(course, cell), "\(story.text)")
        #expect(
            story.standing(of: "rq") == expectedStanding(course, cell),
            "\(story.text)"
        )
    }

    @Test("other content under a known id is a conflict", arguments: Standing.allCases)
    func conflict(_ standing: Standing) {
        guard course(of: .submitted, in: standing) == .compare else { return }
        var story = story(until: standing)
        let outcome = story.submit("rq") { $0.priority = .asap }
        #expect(outcome == .refused(Refusal(.conflict, at: "/data/requestId")))
        #expect(story.standing(of: "rq") == standing)
    }

    /// A shard whose request "rq" has come to a standing.
    private func story(until standing: Standing) -> Story {
        var story = Story()
        switch standing {
        case .unknown, .unmatchable, .foreclosed: break
        case .awaitingRecords: story.adopt("strict") { $0.records.required = ["path-report"] }
        case .expired:
            story.profile("anna", units: 1)
            story.adopt("short") { $0.expiresAfter = Day.milliseconds }
        case .waiting: story.profile("anna", units: 0)
        case .assigned, .reported, .withdrawn: story.profile("anna", units: 1)
        }
        switch standing {
        case .unknown: break
        case .waiting, .unmatchable, .assigned, .awaitingRecords: story.submit("rq")
        case .expired:
            story.submit("rq")
            story.wait(until: 24)
            story.tick()
        case .reported:
            story.submit("rq")
            story.deliver("rq/1/1")
        case .withdrawn:
            story.submit("rq")
            story.withdraw("rq")
        case .foreclosed: story.withdraw("rq")
        }
        return story
    }

    private func say(_ kind: Message.Kind, in story: inout Story) -> Outcome {
        switch kind {
        case .submitted: story.submit("rq")
        case .amended: story.amend("rq") { $0.questions = ["q1"] }
        case .withdrawn: story.withdraw("rq")
        case .directed: story.direct("rq", to: "anna")
        case .accepted: story.accept("rq/1/1")
        case .declined: story.decline("rq/1/1", for: .workload)
        case .givenBack: story.giveBack("rq/1/1")
        case .delivered: story.deliver("rq/1/1") { $0.diagnosis = .changed }
        }
    }

    /// Only of a panel one seat can wait while another is held.
    private func expectedCourse(_ cell: Cell) -> Course {
        let course = course(of: cell.kind, in: cell.standing)
        return course == .respond && cell.standing != .assigned ? .refuse : course
    }

    private func expectedOutcome(_ course: Course, _ cell: Cell) -> Outcome {
        switch course {
        case .direct where cell.standing == .assigned: return .applied
        case .direct:
            let why = cell.standing == .waiting ? Ineligibility.breaks(.capacity) : .unknown
            return .refused(Refusal(why, at: "/data/specialistId"))
        case .refuse where cell.kind == .directed:
            return .refused(Refusal(.notOpen, at: "/data/requestId"))
        case .open, .amend, .close, .foreclose, .respond: return .applied
        case .compare: return .duplicate
        case .stayWithdrawn, .note: return .superseded
        case .refuse: return .refused(Refusal(.notOpen, at: "/data/assignmentId"))
        }
    }

    private func expectedStanding(_ course: Course, _ cell: Cell) -> Standing {
        switch course {
        case .open: .unmatchable
        case .close, .stayWithdrawn: .withdrawn
        case .foreclose: .foreclosed
        case .compare, .amend, .note, .direct, .refuse: cell.standing
        case .respond:
            switch cell.kind {
            case .givenBack: .unmatchable
            case .delivered: .reported
            case .accepted, .declined, .submitted, .amended, .withdrawn, .directed: .assigned
            }
        }
    }
}

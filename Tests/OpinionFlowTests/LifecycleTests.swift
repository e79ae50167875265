import OpinionFlow
import OpinionMatching
import Testing

/// The table of standings and events, and a shard that keeps to it.
@Suite("Lifecycle")
struct LifecycleTests {
    struct Cell: CustomTestStringConvertible, Sendable {
        let status: RequestStatus
        let kind: Message.Kind
        var testDescription: String { "\(kind.rawValue) when \(status.rawValue)" }
    }

    static let cells = RequestStatus.allCases.flatMap { status in
        Message.Kind.allCases.map { Cell(status: status, kind: $0) }
    }

    @Test("the whole table on one page")
    func table() {
        let kinds = Message.Kind.allCases
        let rows = RequestStatus.allCases.map { status in
            ([status.rawValue + ":"] + kinds.map { transition(of: $0, in: status).rawValue })
                .joined(separator: " ")
        }
        #expect(
            ([kinds.map(\.rawValue).joined(separator: " ")] + rows) == [
                "submitted amended withdrawn directed accepted declined givenBack delivered",
                "unknown: open open foreclose refuse refuse refuse refuse refuse",
                "waiting: compare amend withdraw direct respond respond respond respond",
                "unmatchable: compare amend withdraw direct respond respond respond respond",
                "assigned: compare amend withdraw direct respond respond respond respond",
                "reported: compare remember remember refuse refuse refuse refuse refuse",
                "withdrawn: compare remember remember refuse refuse refuse refuse refuse",
                "foreclosed: stayWithdrawn stayWithdrawn remember refuse refuse refuse refuse refuse",
                "expired: compare remember remember refuse refuse refuse refuse refuse",
                "awaiting-records: compare amend withdraw refuse refuse refuse refuse refuse",
            ]
        )
    }

    @Test("a shard does what the table says", arguments: cells)
    func step(_ cell: Cell) {
        var story = story(until: cell.status)
        #expect(story.status(of: "rq") == cell.status)
        let outcome = say(cell.kind, in: &story)
        let transition = expectedCourse(cell)
        #expect(outcome == expectedOutcome(transition, cell), "\(story.text)")
        #expect(
            story.status(of: "rq") == expectedStatus(transition, cell),
            "\(story.text)"
        )
    }

    @Test("other content under a known id is a conflict", arguments: RequestStatus.allCases)
    func conflict(_ status: RequestStatus) {
        guard transition(of: .submitted, in: status) == .compare else { return }
        var story = story(until: status)
        let outcome = story.submit("rq") { $0.priority = .asap }
        #expect(outcome == .refused(Refusal(.conflict, at: "/data/requestId")))
        #expect(story.status(of: "rq") == status)
    }

    /// A shard whose request "rq" has come to a standing.
    private func story(until status: RequestStatus) -> Story {
        var story = Story()
        switch status {
        case .unknown, .unmatchable, .foreclosed: break
        case .awaitingRecords: story.adopt("strict") { $0.records.required = ["path-report"] }
        case .expired:
            story.profile("anna", units: 1)
            story.adopt("short") { $0.expiresAfter = Day.milliseconds }
        case .waiting: story.profile("anna", units: 0)
        case .assigned, .reported, .withdrawn: story.profile("anna", units: 1)
        }
        switch status {
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
    private func expectedCourse(_ cell: Cell) -> Transition {
        let transition = transition(of: cell.kind, in: cell.status)
        return transition == .respond && cell.status != .assigned ? .refuse : transition
    }

    private func expectedOutcome(_ transition: Transition, _ cell: Cell) -> Outcome {
        switch transition {
        case .direct where cell.status == .assigned: return .applied
        case .direct:
            let why = cell.status == .waiting ? Ineligibility.breaks(.capacity) : .unknown
            return .refused(Refusal(why, at: "/data/specialistId"))
        case .refuse where cell.kind == .directed:
            return .refused(Refusal(.notOpen, at: "/data/requestId"))
        case .open, .amend, .withdraw, .foreclose, .respond: return .applied
        case .compare: return .duplicate
        case .stayWithdrawn, .remember: return .superseded
        case .refuse: return .refused(Refusal(.notOpen, at: "/data/assignmentId"))
        }
    }

    private func expectedStatus(_ transition: Transition, _ cell: Cell) -> RequestStatus {
        switch transition {
        case .open: .unmatchable
        case .withdraw, .stayWithdrawn: .withdrawn
        case .foreclose: .foreclosed
        case .compare, .amend, .remember, .direct, .refuse: cell.status
        case .respond:
            switch cell.kind {
            case .givenBack: .unmatchable
            case .delivered: .reported
            case .accepted, .declined, .submitted, .amended, .withdrawn, .directed: .assigned
            }
        }
    }
}

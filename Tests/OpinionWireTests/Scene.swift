import OpinionFlow
import OpinionMatching
import OpinionWire

/// A shard that says everything it can say, each kind of news at least once.
struct Scene {
    private var shard = Shard(number: 3, policy: Examples.policy)
    private var directory = Directory()
    private var outbox = Outbox()
    private var ids = 0

    static let begin = Moment(milliseconds: 1_795_341_600_250)  // 2026-11-22T10:00:00.250Z

    var announcements: [Announcement] { outbox.announcements }

    static func whole() -> Scene {
        var scene = Scene()
        scene.say("r1", .submitted(submission()))
        scene.profile("anna", units: 1)
        scene.say("r2", .submitted(submission()))
        scene.say("r1", .declined(answer(1), .workload))
        scene.say("r1", .amended(submission { $0.languages = ["kn-IN"] }))
        scene.profile("bela", units: 2)
        scene.say("r1", .givenBack(answer(3)))
        scene.say("r3", .submitted(submission()))
        scene.say("r3", .withdrawn)
        scene.say("r2", .delivered(answer(1), bareOpinion))
        scene.say("r4", .submitted(submission { $0.questions = ["q1", "q2"] }))
        scene.say("r4", .delivered(answer(1), fullOpinion))
        scene.say("r5", .submitted(submission()))
        scene.retire("anna")
        scene.retire("bela")
        scene.say("r6", .withdrawn)
        scene.profile("bela", units: 9)
        scene.direct()
        scene.offer()
        scene.panel()
        scene.records()
        return scene
    }

    /// A request whose records come after a reminder, and that ends unanswered.
    private mutating func records() {
        var policy = shard.policy
        policy.records.required = ["path-report"]
        policy.expiresAfter = 30 * Day.milliseconds
        shard.adopt(policy)
        let now = shard.decidedAt
        say("a1", .submitted(Self.submission { $0.submittedAt = now }))
        shard.tick(at: shard.decidedAt.advanced(by: Day.milliseconds / 2), into: &outbox)
        say("a1", .amended(Self.submission { $0.records = ["path-report"] }))
        shard.tick(at: shard.decidedAt.advanced(by: 30 * Day.milliseconds), into: &outbox)
        policy.matching.verdictsMax = 1
        policy.records = RecordsPolicy()
        policy.expiresAfter = 0
        shard.adopt(policy)
        say("a2", .submitted(Self.submission()))
        say("a2", .withdrawn)
    }

    /// A seat that an operator gives to somebody else.
    private mutating func direct() {
        say("d1", .submitted(Self.submission()))
        profile("dora", units: 1)
        let authorization = Directive.Authorization(operatorID: "op-9", reason: .patientWish)
        let dora = Specialist.ID("dora")
        say("d1", .directed(Directive(seat: nil, specialist: dora, authorization: authorization)))
        say("d1", .withdrawn)
        retire("dora")
    }

    /// An offer that nobody accepts in time.
    private mutating func offer() {
        var policy = shard.policy
        policy.offersSeats = true
        shard.adopt(policy)
        var specialist = directory.specialists { _ in true }[0]
        specialist.acceptance = .manual
        apply(directory.profile(specialist), because: Cause(eventID: "asks"))
        say("o1", .submitted(Self.submission()))
        shard.tick(at: shard.decidedAt.advanced(by: Day.milliseconds), into: &outbox)
        say("o1", .withdrawn)
        offerToSeveral()
    }

    /// Two offers of one seat, of which the first is accepted.
    private mutating func offerToSeveral() {
        var policy = shard.policy
        policy.offersAtOnce = 2
        shard.adopt(policy)
        profile("anna", units: 1) { $0.acceptance = .manual }
        say("o2", .submitted(Self.submission()))
        say("o2", .accepted(Self.answer(1)))
        say("o2", .withdrawn)
        retire("anna")
    }

    /// A panel whose first phase finds something else, and that reports when it is due without its chair.
    private mutating func panel() {
        for (name, discipline) in [("paul", "pathology"), ("rita", "radiology")] {
            profile(name, units: 1, discipline)
        }
        say("p1", .submitted(Self.submission { $0.kind = .panel }))
        for seat in 1...2 {
            let answer = Answer(assignment: AssignmentID(seat: seat, attempt: 1), specialist: nil)
            say("p1", .delivered(answer, seat == 1 ? Self.bareOpinion : Self.fullOpinion))
        }
        let chair = Answer(assignment: AssignmentID(seat: 3, attempt: 1), specialist: nil)
        say("p1", .accepted(chair))
        shard.tick(at: Self.begin.advanced(by: 4 * Day.milliseconds), into: &outbox)
    }

    mutating func profile(
        _ name: String,
        units: Int,
        _ discipline: String = "medical-oncology",
        _ body: (inout Specialist) -> Void = { _ in }
    ) {
        var specialist = Specialist(
            id: Specialist.ID(name),
            network: "net",
            disciplines: [discipline],
            expertise: [Specialist.Expertise(family: .breast, level: 3)],
            capacity: Specialist.Capacity(units: units)
        )
        specialist.languages = name == "bela" ? ["kn", "en"] : ["en"]
        body(&specialist)
        apply(directory.profile(specialist), because: Cause(eventID: "profile-of-\(name)"))
    }

    mutating func retire(_ name: String) {
        apply(directory.retire(Specialist.ID(name)), because: nil)
        shard.tick(at: shard.decidedAt.advanced(by: 2_000), into: &outbox)
    }

    private mutating func apply(_ changes: [Directory.Change], because cause: Cause?) {
        for change in changes {
            shard.apply(
                change,
                because: cause,
                where: { _ in true },
                at: Self.begin,
                into: &outbox
            )
        }
        shard.reassess(into: &outbox)
    }

    mutating func say(_ request: String, _ message: Message) {
        ids += 1
        let event = Event(
            key: RequestKey(network: "net", request: request),
            fingerprint: EventFingerprint(
                identity: EventIdentity(source: "/scene", id: "e\(ids)"),
                content: UInt64(ids)
            ),
            time: Self.begin,
            cause: Cause(
                eventID: "e\(ids)",
                traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                tracestate: ids % 2 == 0 ? "vendor=\"x\\y\"" : nil
            ),
            message: message
        )
        _ = shard.step(event, at: Self.begin, into: &outbox)
    }

    static func submission(_ body: (inout Submission) -> Void = { _ in }) -> Submission {
        var submission = Submission(
            priority: .urgent,
            submittedAt: begin,
            due: begin.advanced(by: 3 * Day.milliseconds),
            family: .breast
        )
        body(&submission)
        return submission
    }

    private static func answer(_ attempt: Int) -> Answer {
        Answer(assignment: AssignmentID(seat: 1, attempt: attempt), specialist: nil)
    }

    private static let bareOpinion = Opinion(diagnosis: .indeterminate)
    private static let fullOpinion = Opinion(
        diagnosis: .refined,
        treatment: .modify,
        diagnosisImpact: .minor,
        treatmentImpact: .moderate,
        reportReference: "https://records.example/o/1",
        sha256: String(repeating: "aF", count: 32),
        language: "en-GB",
        answers: ["q2", "q9"]
    )
}

/// A record that was written, as whoever reads it sees it.
struct Written: Hashable {
    var topic: OutTopic?
    var partition: Int32?
    var key: String?
    var value: [UInt8]?
    var headers: [Header]

    var text: String? { value.map { String(decoding: $0, as: UTF8.self) } }

    /// Everything in a batch.
    static func all(in batch: RecordBatch) -> [Written] {
        batch.entries.map { entry in
            Written(
                topic: OutTopic(rawValue: entry.topic),
                partition: entry.partition,
                key: entry.key.map { String(decoding: batch.bytes[$0], as: UTF8.self) },
                value: entry.value.map { Array(batch.bytes[$0]) },
                headers: entry.headers
            )
        }
    }
}

import OpinionFlow
import OpinionMatching
import OpinionTesting
import OpinionWire
import Testing

/// What is written to the state topic is read back as it was.
@Suite("State records")
struct StateTests {
    private func record(_ key: String?, _ value: String?) -> Record {
        Record(
            topic: Topic.state,
            partition: 0,
            offset: 0,
            timestamp: 0,
            key: key.map { Array($0.utf8) },
            value: value.map { Array($0.utf8) }
        )
    }

    private func records(_ batch: RecordBatch) -> [Record] {
        Written.all(in: batch).map { record($0.key, $0.text) }
    }

    private func entry(_ record: Record) -> Result<StateReader.Entry, StateError> {
        do throws(StateError) {
            return .success(try StateReader().read(record))
        } catch {
            return .failure(error)
        }
    }

    @Test("any request is read back as it was written", arguments: 1...25 as ClosedRange<UInt64>)
    func requests(seed: UInt64) throws {
        var scribe = Scribe(chance: Chance(seed: seed))
        let (writer, reader) = (StateWriter(shard: 5), StateReader())
        for _ in 0..<40 {
            var request = scribe.request()
            var batch = RecordBatch()
            batch.bytes = [7]
            request.recordHash = writer.write(request, into: &batch)
            #expect(batch.entries[0].topic == OutTopic.state.rawValue)
            #expect(batch.entries[0].partition == 5)
            guard case .request(let read) = try reader.read(records(batch)[0]) else {
                Issue.record("seed \(seed): no request")
                return
            }
            #expect(read == request, "seed \(seed)")
        }
    }

    @Test("the hash of a record tells one content from another, key and value alike")
    func hashes() {
        var scribe = Scribe(chance: Chance(seed: 1))
        var batch = RecordBatch()
        var hashes: Set<UInt64> = []
        let request = scribe.request()
        for number in 0..<500 {
            let key = RequestKey(network: "net", request: "r\(number)")
            var other = Request(key: number < 250 ? key : request.key, phase: request.phase)
            other.told = number < 250 ? 1 : number
            hashes.insert(StateWriter(shard: 0).write(other, into: &batch))
        }
        #expect(hashes.count == 500)
        #expect(!hashes.contains(0))
    }

    @Test("languages that were kept before they were canonical are so when they are read")
    func languages() throws {
        let submission = Scene.submission { $0.languages = ["eng", "cmn-Hans", "xx"] }
        let phase = Request.Phase.open(
            OpenRequest(submission: submission, cause: Cause(eventID: "e1"), seats: [])
        )
        var batch = RecordBatch()
        let request = Request(key: RequestKey(network: "net", request: "rq"), phase: phase)
        let hash = StateWriter(shard: 0).write(request, into: &batch)
        guard case .request(let read) = try StateReader().read(records(batch)[0]),
            case .open(let open) = read.phase
        else {
            Issue.record("no open request")
            return
        }
        #expect(open.submission.languages == ["en", "zh-Hans", "xx"])
        #expect(read.recordHash == hash)
    }

    @Test("a tombstone names the request it erases")
    func tombstone() {
        var batch = RecordBatch()
        let key = RequestKey(network: "net-1", request: "rq/7")
        StateWriter(shard: 0).erase(key, into: &batch)
        let written = Written.all(in: batch)
        #expect(written[0].key == "request net-1 rq/7")
        #expect(written[0].value == nil)
        guard case .success(.erased(key)) = entry(records(batch)[0]) else {
            Issue.record("no tombstone of \(key)")
            return
        }
    }

    @Test(
        "the meta record is read back as it was written",
        arguments: 1...50 as ClosedRange<UInt64>
    )
    func meta(seed: UInt64) throws {
        var chance = Chance(seed: seed)
        let meta = Meta(
            shard: chance.below(100),
            shards: chance.within(1...100),
            decidedAt: chance.percent(10)
                ? .distantPast : Moment(milliseconds: Int64(chance.next() >> 22)),
            writer: chance.pick(["host/1", "", "a \"b\"\\\n"]),
            sequence: Int64(chance.next() >> 1),
            digest: chance.percent(10) ? .max : chance.next(),
            requests: Int64(chance.next() >> 1),
            responses: Int64(chance.below(10)),
            roster: (0..<chance.below(4)).map { _ in Int64(chance.next() >> 1) }
        )
        var batch = RecordBatch()
        StateWriter(shard: meta.shard).write(meta, into: &batch)
        guard case .meta(let read) = try StateReader().read(records(batch)[0]) else {
            Issue.record("seed \(seed): no meta")
            return
        }
        #expect(read == meta, "seed \(seed)")
    }

    @Test("a record of formats 1 and 2 is read")
    func older() {
        let text = """
            {"told":1,"marks":[],"contentAt":0,"kind":"single","priority":"routine","submittedAt":0,\
            "due":9,"family":"breast","cause":{"id":"e"},"seats":[{"id":1,"attempt":1,\
            "specialist":"sp","at":5,"discipline":"d","cost":1,"orphaned":true}],"escalated":3}
            """
        guard case .success(.request(let request)) = entry(record("request net rq", text)),
            case .open(let open) = request.phase, let holding = open.seats[0].holding
        else {
            Issue.record("it is not read")
            return
        }
        #expect(holding.isKept)
        #expect(holding.goneSince == Moment(milliseconds: 5))
        #expect(open.seats[0].spec == nil)
        #expect(open.seatsPlanned == 1)
        #expect(open.waitTold == WaitMarks() && open.isToldOverdue)
        #expect(open.submission.organs.isEmpty)
    }

    @Test("a panel's record that tells neither families nor where anybody works is read")
    func olderPanel() throws {
        let seats = [("chair", 2), ("member", 1), ("member", 2)].map { role, phase in
            """
            {"id":1,"attempt":1,"brief":{"role":"\(role)","disciplines":["d"],"covers":["lung"],\
            "required":true,"phase":\(phase)},"specialist":"sp","at":5,"discipline":"d","cost":1}
            """
        }
        let text = """
            {"told":1,"marks":[],"contentAt":0,"kind":"panel","priority":"routine","submittedAt":0,\
            "due":9,"family":"breast","cause":{"id":"e"},"seats":[\(seats.joined(separator: ","))]}
            """
        guard case .success(.request(let request)) = entry(record("request net rq", text)),
            case .open(let open) = request.phase
        else {
            Issue.record("it is not read")
            return
        }
        #expect(open.seats.map(\.spec?.family) == [.lung, .lung, nil])
        #expect(open.seats.allSatisfy { $0.holding?.affiliation == nil })
    }

    @Test("what a newer program wrote is refused, and so is what nobody wrote")
    func refused() {
        let meta = """
            "shard":0,"shards":1,"decidedAt":0,"writer":"","digest":"0","requests":0,\
            "responses":0,"roster":[]
            """
        let cases: [(String?, String?, StateError)] = [
            ("meta", "{\"format\":5,\(meta)}", .newerFormat(5)),
            ("meta", "{\(meta)}", .unreadable("meta: format")),
            ("meta", "{\"format\":1}", .unreadable("meta: digest, roster")),
            ("meta", nil, .unreadable("a value that is no JSON")),
            ("meta", "{", .unreadable("a value that is no JSON")),
            (nil, "{}", .unreadable("a record without key")),
            ("other", "{}", .unreadable("a key of no kind we know")),
            ("request net", "{}", .unreadable("a key of no kind we know")),
            ("request net rq more", "{}", .unreadable("a key of no kind we know")),
            ("request net rq", "{}", .unreadable("a request's record")),
            ("request net rq", "[]", .unreadable("a request's record")),
        ]
        for (key, value, expected) in cases {
            switch entry(record(key, value)) {
            case .success(let entry): Issue.record("\(key ?? "null") is read as \(entry)")
            case .failure(let error): #expect(error == expected)
            }
        }
        switch entry(record("meta", "{\"format\":1,\(meta)}")) {
        case .success: break
        case .failure(let error): Issue.record("\(error)")
        }
    }
}

/// Draws requests as no life would make them: every member there and not, every case of every enum.
struct Scribe {
    var chance: Chance

    mutating func request() -> Request {
        let key = RequestKey(network: id(), request: id())
        var request = Request(key: key, phase: chance.percent(70) ? .open(open()) : closed())
        request.told = chance.below(1_000)
        request.fingerprints = (0..<chance.below(5)).map { _ in
            EventFingerprint(
                identity: EventIdentity(high: chance.next(), low: chance.next()),
                content: chance.percent(10) ? 0 : chance.next()
            )
        }
        request.submissionContent = chance.percent(70) ? chance.next() : nil
        request.amendmentContent = chance.percent(30) ? chance.next() : nil
        request.contentTime = moment()
        request.pauses = ids().map { Pause(specialist: Specialist.ID($0), since: moment()) }
        let day = Day(number: Int32(chance.within(-5...30_000)))
        request.dayMarks = (0..<chance.below(4)).map { _ in
            let earlier = Day(number: day.number - Int32(chance.percent(70) ? 0 : chance.below(6)))
            return Request.DayMark(
                specialist: specialist(),
                day: earlier,
                count: chance.within(1...3)
            )
        }.sorted { $0.day < $1.day }
        return request
    }

    private mutating func id() -> String {
        String(
            decoding: (0..<chance.within(1...12)).map { _ in UInt8(chance.within(0x21...0x7e)) },
            as: UTF8.self
        )
    }

    private mutating func text() -> String {
        chance.pick(["", "a \"b\" \\c", "é\u{2028}\u{1F600}", "tab\tnew\nline", id()])
    }

    private mutating func maybe(_ text: String) -> String? { chance.percent(50) ? text : nil }
    private mutating func specialist() -> Specialist.ID { Specialist.ID(id()) }

    private mutating func ids() -> [String] { (0..<chance.below(4)).map { _ in id() } }

    private mutating func moment() -> Moment {
        chance.percent(5) ? .distantPast : Moment(milliseconds: Int64(chance.next() >> 22) - 1_000)
    }

    private mutating func closed() -> Request.Phase {
        .closed(
            Request.Closure(
                kind: chance.pick(Request.Closure.Kind.allCases),
                at: moment(),
                demand: chance.percent(70) ? demand() : nil
            )
        )
    }

    private mutating func demand() -> Demand {
        Demand(family: chance.pick(CancerFamily.allCases), language: maybe("kn"))
    }

    private mutating func open() -> OpenRequest {
        OpenRequest(
            submission: submission(),
            cause: Cause(
                eventID: text(),
                traceparent: maybe(id()),
                tracestate: maybe(text())
            ),
            seats: (1...chance.within(1...3)).map { seat($0) },
            barred: ids().map(Specialist.ID.init),
            reluctant: ids().map(Specialist.ID.init),
            assignedAt: chance.percent(50) ? moment() : nil,
            seatsPlanned: chance.percent(50) ? nil : chance.within(4...90),
            awaitsRecords: chance.percent(50),
            recordsAt: chance.percent(50) ? moment() : nil,
            waitTold: chance.percent(50)
                ? WaitMarks()
                : WaitMarks(ClockMarks(rawValue: UInt8(chance.within(1...3))), since: moment()),
            askedFamily: chance.percent(50) ? nil : chance.pick(CancerFamily.allCases),
            isToldOverdue: chance.percent(50)
        )
    }

    private mutating func submission() -> Submission {
        var submission = Submission(
            kind: chance.pick(RequestKind.allCases),
            priority: chance.pick(Priority.allCases),
            submittedAt: moment(),
            due: moment(),
            family: chance.pick(CancerFamily.allCases),
            age: chance.percent(50) ? chance.within(-3...120) : nil,
            residence: maybe("IN-KA"),
            languages: chance.some(["en", "kn-IN", "zh-Hant-TW", "yue"], 40),
            disciplines: ids(),
            firstOpinion: chance.percent(50) ? first() : nil,
            excluded: ids().map(Specialist.ID.init),
            questions: ids(),
            preferences: Preferences(
                sex: maybe("female"),
                level: chance.percent(50) ? chance.within(1...5) : nil,
                specialist: maybe(id()).map(Specialist.ID.init)
            ),
            records: ids()
        )
        submission.organs = FamilySet(chance.some(CancerFamily.allCases, 10))
        return submission
    }

    private mutating func first() -> Need.FirstOpinion {
        Need.FirstOpinion(
            practitioner: maybe(id()),
            organisation: maybe(id()),
            practiceGroup: maybe(id())
        )
    }

    private mutating func seat(_ number: Int) -> Seat {
        Seat(
            id: number,
            attempt: chance.below(20),
            state: state(),
            spec: chance.percent(50) ? nil : spec()
        )
    }

    private mutating func spec() -> SeatSpec {
        SeatSpec(
            role: chance.pick(SeatSpec.Role.allCases),
            disciplines: ids(),
            covers: [.lung] + chance.some(CancerFamily.allCases, 5),
            isRequired: chance.percent(50),
            phase: chance.within(1...2),
            family: chance.pick(CancerFamily.allCases)
        )
    }

    private mutating func state() -> Seat.State {
        switch chance.below(3) {
        case 0:
            .waiting(
                Seat.Waiting(
                    since: moment(),
                    rules: RuleSet(chance.some(Rule.allCases, 40)),
                    isUnmatchable: chance.percent(50)
                )
            )
        case 1: .held(holding())
        default: .delivered(holding(), opinion(), at: moment())
        }
    }

    private mutating func holding() -> Seat.Holding {
        var holding = Seat.Holding(
            specialist: specialist(),
            at: moment(),
            discipline: text(),
            cost: chance.within(1...4),
            isAccepted: chance.percent(50)
        )
        holding.kind = chance.pick(RequestKind.allCases)
        holding.acceptBy = chance.percent(30) ? moment() : nil
        holding.acceptedAt = chance.percent(30) ? moment() : nil
        holding.waitedSince = chance.percent(30) ? moment() : nil
        holding.told = ClockMarks(rawValue: UInt8(chance.below(4)))
        holding.goneSince = chance.percent(30) ? moment() : nil
        holding.isKept = chance.percent(30)
        holding.stayedAt = chance.percent(30) ? moment() : nil
        if chance.percent(50) {
            holding.affiliation = Affiliation(organisation: maybe(text()), practiceGroups: ids())
        }
        return holding
    }

    private mutating func opinion() -> Opinion {
        Opinion(
            diagnosis: chance.pick(Opinion.Diagnosis.allCases),
            family: chance.percent(50) ? chance.pick(CancerFamily.allCases) : nil,
            treatment: chance.percent(50) ? chance.pick(Opinion.Treatment.allCases) : nil,
            diagnosisImpact: chance.percent(50) ? chance.pick(Opinion.Impact.allCases) : nil,
            treatmentImpact: chance.percent(50) ? chance.pick(Opinion.Impact.allCases) : nil,
            reportReference: maybe(text()),
            sha256: maybe(id()),
            language: maybe("en-IN"),
            answers: ids()
        )
    }
}

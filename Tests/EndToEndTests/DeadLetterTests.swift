import OpinionWire
import Testing

extension EndToEndTests {
    @Test("ten thousand bad records among ten thousand good ones: each has its answer, in one run")
    func badAmongGood() throws {
        let count = 10_000
        let ground = try Ground(Broker.shared.get())
        try ground.send((0..<20).map { Events.profiled(.able($0, units: 2_000)) })
        let daemon = try ground.readyDaemon()
        let time = Events.time()
        for number in 0..<count {
            let request = Events.Request(id: "rq-\(number)", network: "net-\(number % 4)")
            try ground.send(Events.submitted(request, time: time))
            try ground.send(Broken.record(number, time: time).record)
        }
        try ground.flush()
        let assignments = try ground.reader(Topic.assignments)
        let letters = try ground.reader(Topic.deadLetters)
        var answers: [Record] = []
        var dead: [Record] = []
        let took = try seconds {
            try wait("all answers; \(answers.count), \(dead.count); \(daemon.tail)", seconds: 60) {
                answers += try assignments.poll(waitMilliseconds: 10)
                    .filter { try OutEvent($0).name == "assignment.made" }
                dead += letters.poll(waitMilliseconds: 10)
                return answers.count == count && dead.count == count
            }
        }
        print("20,000 records, half of them bad: \(took) s")
        #expect(Set(answers.map(\.keyText)).count == count)
        #expect(Set(dead.map { $0.header("opiniond-dlq-offset").map { "\($0)" } }).count > 1)
        for record in dead {
            let number = record.headers.first { $0.name == "number" }?.value
            let expected = number.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
                .map { Broken.record($0, time: time) }
            #expect(record.value == expected?.record.value)
            #expect(record.header("opiniond-dlq-reason") == expected?.reason)
        }
        try daemon.waitForRest()
        try daemon.waitFor(["received_total": "\(2 * count)", "dead_letters_total": "\(count)"])
        #expect(try daemon.terminate() == 0)
        #expect(try ground.all(Topic.deadLetters).count == count)
    }
}

extension Events.Specialist {
    /// One of many in networks net-0 to net-3.
    static func able(_ number: Int, units: Int) -> Self {
        Self(id: "sp-\(number)", network: "net-\(number % 4)", units: units)
    }
}

/// Records that belong in the dead letters, each kind with its reason.
enum Broken {
    static let kinds = 10

    static func record(_ number: Int, time: String) -> (record: Outgoing, reason: String) {
        var (record, reason) = broken(number, time)
        record.headers = [Header("number", Array("\(number)".utf8))]
        return (record, reason)
    }

    private static func broken(_ number: Int, _ time: String) -> (Outgoing, String) {
        let network = "net-\(number % 4)"
        var request = Events.Request(id: "bad-\(number)", network: network)
        var text: String {
            String(decoding: Events.submitted(request, time: time).value ?? [], as: UTF8.self)
        }
        func raw(_ text: String?) -> Outgoing {
            Outgoing(topic: Topic.requests, key: network, value: text.map { Array($0.utf8) })
        }
        switch number % kinds {
        case 0: return (raw(#"{"specversion":"1.0","id":"cut off"#), "not-json")
        case 1: return (raw(nil), "not-cloudevent")
        case 2:
            return (
                raw(#"{"requestId":"\#(request.id)","networkId":"\#(network)"}"#), "not-cloudevent"
            )
        case 3:
            return (
                raw(text.replacing("request.submitted", with: "request.teleported")), "unknown-type"
            )
        case 4:
            return (
                raw(text.replacing(#""role":"primary""#, with: #""role":"secondary""#)), "schema"
            )
        case 5: return (raw(text.replacing("routine", with: "whenever")), "schema")
        case 6:
            request.code = "Z00.0"
            return (raw(text), "unknown-family")
        case 7:
            request.code = "C78.7"
            return (raw(text), "secondary-only")
        case 8: return (raw(text.replacing(time, with: "2020-01-01T00:00:00.000Z")), "stale")
        default: return (raw(text + " {}"), "not-json")
        }
    }
}

import OpinionTesting
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
            try wait(
                "all answers; \(answers.count), \(dead.count); \(daemon.tail)",
                seconds: 60,
                progress: { answers.count + dead.count }
            ) {
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

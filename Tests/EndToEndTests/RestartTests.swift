import OpinionTesting
import Glibc
import OpinionWire
import Testing

extension EndToEndTests {
    /// What a machine that does other things besides must manage; the goal on a free one is 10 s.
    static let readyAgainSeconds = 30.0

    /// A hundred thousand for a release build that is named; a debug build would take minutes to fill.
    static let openRequests = Program.isDaemonNamed ? 100_000 : 3_000

    @Test("with many open requests it is ready again soon after a crash")
    func manyOpen() throws {
        let count = Self.openRequests
        let ground = try Ground(Broker.shared.get())
        try ground.send((0..<40).map { Events.profiled(.able($0, units: 10_000)) })
        let first = try ground.readyDaemon()
        let time = Events.time()
        let filled = try seconds {
            for number in 0..<count {
                let request = Events.Request(id: "rq-\(number)", network: "net-\(number % 4)")
                try ground.send(Events.submitted(request, time: time))
                if number % 10_000 == 0 { try ground.flush() }
            }
            try ground.flush()
            try first.waitFor(["requests_open": "\(count)", "lag": "0"], seconds: 120)
            try first.waitForRest()
        }
        first.kill(SIGKILL)
        var second: Opiniond?
        let took = try seconds { second = try ground.readyDaemon() }
        let again = try #require(second)
        try again.waitFor(["requests_open": "\(count)", "units_used": "\(count)"])
        let shards = again.lines.map(Logfmt.fields).filter { $0["msg"] == "shard ready" }
            .map { "\($0["records"] ?? "") in \($0["milliseconds"] ?? "") ms" }
        print("\(count) open: filled in \(filled) s, ready again in \(took) s, shards \(shards)")
        #expect(took < Self.readyAgainSeconds)
        try again.waitForRest()
        #expect(again.health.last?["assigned_total"] == "0")
        #expect(try again.terminate() == 0)
    }
}

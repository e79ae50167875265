import KafkaTransport
import OpinionService
import Testing

@Suite("Broker queries")
struct BrokerQueriesTests {
    @Test("says that there is no answer while it waits for the brokers, and answers later")
    func endsWhileWaiting() throws {
        let life = try Life()
        try life.mock.setDown(broker: 1)
        life.cluster.start()
        try life.wait(for: "trouble") { if case .trouble(.broker, _, _) = $0 { true } else { nil } }
        #expect(try life.ends() == nil)
        try life.mock.setUp(broker: 1)
        try life.wait(for: "the topics") { if case .verified = $0 { true } else { nil } }
        #expect(try life.ends() == 0)
        life.cluster.stop(.stay)
    }

    @Test("answers in time while a broker that was there is away, and goes on when it is back")
    func endsWhileAway() throws {
        let life = try Life()
        #expect(try life.ends() == 0)
        try life.mock.setDown(broker: 1)
        #expect(try life.ends() == nil)
        try life.mock.setUp(broker: 1)
        var end: Int64?
        for _ in 0..<5 where end == nil { end = try life.ends() }
        #expect(end == 0)
        life.cluster.stop(.stay)
    }
}

import KafkaTransport
import OpinionService
import Testing

@Suite("Missing rights")
struct RightsTests {
    /// A request of Kafka's protocol that is refused, and what the last word must name.
    static let refusals: [(apiKey: Int16, code: Int32, resource: String)] = [
        (22, 53, "transactional id g.shard.0"),  // InitProducerId, TRANSACTIONAL_ID_…_FAILED
        (9, 30, "group g"),  // OffsetFetch, GROUP_AUTHORIZATION_FAILED
    ]

    @Test("at the first take-over end the daemon with 77, and are named", arguments: refusals)
    func atStart(apiKey: Int16, code: Int32, resource: String) throws {
        let life = try Life()
        try life.begin()
        life.mock.pushErrors(apiKey: apiKey, Array(repeating: code, count: 20))
        life.cluster.takeOver(0, by: Life.policy)
        let stop = try life.wait(for: "the end") {
            if case .stop(let stop) = $0 { stop } else { nil }
        }
        #expect(stop.code == .unauthorised)
        #expect(stop.message.contains(resource), "\(stop.message)")
        life.cluster.stop(.stay)
    }

    @Test("of the state's topic end it as well, and it is named")
    func ofTheState() throws {
        let life = try Life()
        try life.begin()
        let forbidden: Int32 = 29  // TOPIC_AUTHORIZATION_FAILED
        life.mock.setTopicError("opiniond.state", forbidden)
        life.cluster.takeOver(0, by: Life.policy)
        let stop = try life.wait(for: "the end") {
            if case .stop(let stop) = $0 { stop } else { nil }
        }
        #expect(stop.code == .unauthorised)
        #expect(stop.message.contains("opiniond.state"), "\(stop.message)")
        life.cluster.stop(.stay)
    }

    @Test("that were there before are told and waited for", arguments: refusals)
    func takenAway(apiKey: Int16, code: Int32, resource: String) throws {
        let life = try Life()
        try life.begin()
        try life.takeOver()
        life.cluster.release(0)
        life.mock.pushErrors(apiKey: apiKey, [code])
        life.cluster.takeOver(0, by: Life.policy)
        var troubles: [Trouble] = []
        try life.wait(for: "the shard") { transportEvent in
            if case .trouble(let trouble, _, _) = transportEvent { troubles.append(trouble) }
            return if case .takenOver = transportEvent { true } else { nil }
        }
        #expect(troubles == [.rights])
        life.cluster.stop(.stay)
    }
}

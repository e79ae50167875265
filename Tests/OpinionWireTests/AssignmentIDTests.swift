import OpinionFlow
import OpinionWire
import Testing

/// The seat that a response names, as `<requestId>/<seat>/<attempt>`.
@Suite("Ids of assignments")
struct AssignmentIDTests {
    private let reader = EventReader(ReaderSettings(policy: Examples.policy))

    private func read(_ id: String) throws(Refusal) -> AssignmentID? {
        let text = """
            {"specversion":"1.0","id":"e1","source":"/s","time":"2026-11-22T10:00:00Z",\
            "type":"org.opiniond.response.accepted.v1",\
            "data":{"networkId":"net","requestId":"rq","assignmentId":"\(id)"}}
            """
        let record = Record(
            topic: Topic.responses,
            partition: 0,
            offset: 0,
            timestamp: 0,
            key: nil,
            value: Array(text.utf8)
        )
        let event = try reader.event(record, from: .responses)
        guard case .accepted(let answer) = event.message else { return nil }
        return answer.assignment
    }

    @Test("names a seat and an attempt of its request")
    func seat() throws {
        #expect(try read("rq/2/13") == AssignmentID(seat: 2, attempt: 13))
    }

    @Test(
        "of another request, or beyond all numbers, names no seat",
        arguments: ["other/1/1", "rq/x/1/1"]
    )
    func elsewhere(_ id: String) throws {
        #expect(try read(id) == nil)
        #expect(try read("rq/1/99999999999999999999") == AssignmentID(seat: 1, attempt: .max))
    }

    @Test(
        "in another spelling is refused",
        arguments: [
            "rq/01/1", "rq/1/+1", "rq/1/1/", "rq/1", "/1/1", "rq/1/0", "rq//1", "rq/1/ 1", "",
        ]
    )
    func spelling(_ id: String) {
        #expect(throws: Refusal(.schema, at: "/data/assignmentId")) { try read(id) }
    }
}

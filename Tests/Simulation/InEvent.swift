import Foundation
import OpinionTesting
import OpinionWire

/// An event that was sent to the daemon, as far as the witness needs it.
struct InEvent: Decodable {
    struct Data: Decodable {
        var requestId: String
        var networkId: String
        var assignmentId: String?
        struct Reason: Decodable {
            var code: String
        }
        var declineReason: Reason?
    }

    private var type: String
    var data: Data

    /// nil: it can't be read.
    init?(_ record: Record) {
        let value = Foundation.Data(record.value ?? [])
        guard let event = try? JSONDecoder().decode(Self.self, from: value) else { return nil }
        self = event
    }

    /// The key of its request's record of state.
    var key: String { "request \(data.networkId) \(data.requestId)" }
    var isOpinion: Bool { type == Events.type + "response.opinion-submitted.v1" }
    var isAcceptance: Bool { type == Events.type + "response.accepted.v1" }
    var isForWorkload: Bool { data.declineReason?.code == "workload" }
}

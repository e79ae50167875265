/// Why a specialist does not take a seat; the raw values are the codes of `response.declined`.
package enum DeclineReason: String, CaseIterable, Hashable, Sendable {
    case conflict, workload, scope, records, licence, personal

    /// What follows for the specialist, beside losing the seat.
    enum Consequence {
        /// Never asked for the request again.
        case bars
        /// Asked for the seat again only when nobody else can take it.
        case makesReluctant
        /// The same, and a pause in the whole network; see ``Policy/workloadPause``.
        case pauses
    }

    var consequence: Consequence {
        switch self {
        case .conflict: .bars
        case .workload: .pauses
        case .scope, .records, .licence, .personal: .makesReluctant
        }
    }
}

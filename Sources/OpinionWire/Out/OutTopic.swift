/// The topics that a shard's transactions write to, in the order in which producers are given them.
package enum OutTopic: Int, CaseIterable, Sendable {
    case assignments, reports, deadLetters, state, requests, responses
    /// Written only when decisions are told in full.
    case decisions

    /// The name without prefix.
    package var name: String {
        switch self {
        case .assignments: Topic.assignments
        case .reports: Topic.reports
        case .deadLetters: Topic.deadLetters
        case .state: Topic.state
        case .requests: Topic.requests
        case .responses: Topic.responses
        case .decisions: Topic.decisions
        }
    }
}

/// The names of all topics, without prefix.
package enum Topic {
    package static let requests = "opinion.requests"
    package static let responses = "opinion.responses"
    package static let specialists = "opinion.specialists"
    package static let assignments = "opinion.assignments"
    package static let reports = "opinion.reports"
    package static let decisions = "opinion.decisions"
    package static let deadLetters = "opinion.dead-letters"
    package static let state = "opiniond.state"
}

internal import KafkaTransport

/// What may not work for a while, as `reasons` of the health line names it.
package enum Trouble: String, Hashable, Sendable, CaseIterable {
    case broker = "broker-unreachable"
    case commits = "commits-failing"
    case takeover = "takeover-failing"
    case rights = "not-authorised"
    case membership = "no-group-member"
    /// Topics that must be there are not, or are no longer.
    case topicsMissing = "topics-missing"
    /// Topics have other numbers of partitions than at the start.
    case topicsChanged = "topics-changed"
    /// A partition has no leader at the moment.
    case leader = "leader-unavailable"
    /// Nobody coordinates our group, so that it gives us nothing.
    case coordinator = "coordinator-unavailable"
    /// Somebody else has taken over a shard that the group gave to us.
    case fenced
    /// Somebody in our group is no instance of ours.
    case foreignMember = "foreign-member"
    /// Records lie unread behind somebody's transaction that is still open.
    case openTransaction = "open-transaction"
    /// A topic does not take a record of the size that was to be written.
    case recordTooLarge = "record-too-large"
}

extension KafkaError {
    /// What an error of a question to the brokers is, in the health line's words.
    var trouble: Trouble {
        switch subject {
        case .topics: .topicsMissing
        case .coordinator: .coordinator
        case .leader: .leader
        case .rights: .rights
        case .recordSize: .recordTooLarge
        case .brokers: .broker
        }
    }
}

extension KafkaError {
    /// The same, of a shard's work: that brokers can't be had is named after what fails for it.
    func trouble(else work: Trouble) -> Trouble { subject == .brokers ? work : trouble }
}

/// Where an input ended when that was asked.
package struct InputEnd: Hashable, Sendable {
    /// The last stable offset: what lies behind it belongs to a transaction that is open, or came after one.
    package var stable: Int64
    /// The high watermark.
    package var high: Int64

    package init(stable: Int64, high: Int64) {
        self.stable = stable
        self.high = high
    }

    /// Of an input without open transactions.
    package init(_ end: Int64) { self.init(stable: end, high: end) }
}

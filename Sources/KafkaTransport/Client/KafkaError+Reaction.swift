internal import CRDKafka

extension KafkaError {
    /// What the owner of a handle does about an error.
    ///
    /// The code decides first and the library's flags second, because the flags mislead: a fenced
    /// producer arrives as "abortable, not fatal" from AddOffsetsToTxn and TxnOffsetCommit, and the
    /// abort that follows even succeeds (librdkafka 2.0.2).
    ///
    /// | Reaction | Codes | else flags |
    /// |---|---|---|
    /// | `fenced` | `_FENCED`, PRODUCER_FENCED, INVALID_PRODUCER_EPOCH, FENCED_INSTANCE_ID, TRANSACTION_COORDINATOR_FENCED | |
    /// | `unauthorised` | `*_AUTHORIZATION_FAILED`, SASL_AUTHENTICATION_FAILED, `_AUTHENTICATION` | |
    /// | `badSettings` | INVALID_TRANSACTION_TIMEOUT, `_UNSUPPORTED_FEATURE`, UNSUPPORTED_VERSION, UNSUPPORTED_SASL_MECHANISM, `_INVALID_ARG`, `_NOT_CONFIGURED` | |
    /// | `dataLoss` | `_AUTO_OFFSET_RESET`, OFFSET_OUT_OF_RANGE, `_BAD_MSG`, `_BAD_COMPRESSION`, INVALID_MSG | |
    /// | `restart` | | fatal |
    /// | `abort` | MSG_SIZE_TOO_LARGE, RECORD_LIST_TOO_LARGE | |
    /// | `abort` | ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID, REBALANCE_IN_PROGRESS | requires abort |
    /// | `retry` | connectivity, time-outs, coordinator and leader changes, topics that are not there (yet), `_MAX_POLL_EXCEEDED` | retriable |
    /// | `restart` | everything else | |
    package enum Reaction: Hashable, Sendable {
        /// Call again with identical arguments. From a consumer: nothing to do, it heals by itself.
        case retry
        /// Abort the transaction and send the same batch again.
        case abort
        /// Another instance owns this identity now: drop the state, do not abort.
        case fenced
        /// The handle is spent and the outcome of what it was doing may be unknown: make a new one.
        case restart
        /// The broker refuses us: slow down and tell the operator, as access lists take time to
        /// spread. An open transaction must be aborted; if that fails, make a new handle.
        case unauthorised
        /// It can never work as it is set up.
        case badSettings
        /// Records are damaged or gone: stop and tell the operator.
        case dataLoss
    }

    /// What librdkafka says about an error beside its code.
    struct Flags {
        var isFatal = false
        var requiresAbort = false
        var isRetriable = false
    }
}

extension KafkaError.Flags {
    init(_ error: OpaquePointer) {
        isFatal = unsafe rd_kafka_error_is_fatal(error) != 0
        requiresAbort = unsafe rd_kafka_error_txn_requires_abort(error) != 0
        isRetriable = unsafe rd_kafka_error_is_retriable(error) != 0
    }
}

extension KafkaError.Reaction {
    init(code: rd_kafka_resp_err_t, flags: KafkaError.Flags) {
        self = Self.byCode[code.rawValue] ?? Self.byFlags(flags) ?? Self.remaining(code)
    }

    /// The codes that decide whatever the flags say.
    private static let byCode: [Int32: Self] = {
        var table: [Int32: Self] = [:]
        for code in fencing { table[code.rawValue] = .fenced }
        for code in refusals { table[code.rawValue] = .unauthorised }
        for code in impossible { table[code.rawValue] = .badSettings }
        for code in departures { table[code.rawValue] = .dataLoss }
        for code in tooLarge { table[code.rawValue] = .abort }
        return table
    }()

    private static func byFlags(_ flags: KafkaError.Flags) -> Self? {
        if flags.isFatal { return .restart }
        if flags.requiresAbort { return .abort }
        return flags.isRetriable ? .retry : nil
    }

    private static func remaining(_ code: rd_kafka_resp_err_t) -> Self {
        if membership.contains(code) { return .abort }
        return passing.contains(code) ? .retry : .restart
    }

    private static let fencing = [
        RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED,
        RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID,
        RD_KAFKA_RESP_ERR_TRANSACTION_COORDINATOR_FENCED,
    ]

    private static let refusals = [
        RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_DELEGATION_TOKEN_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, RD_KAFKA_RESP_ERR__AUTHENTICATION,
    ]

    private static let impossible = [
        RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT, RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE,
        RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION, RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM,
        RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR__NOT_CONFIGURED,
    ]

    /// A topic's limit may be raised again, and what was too large can be sent smaller.
    fileprivate static let tooLarge = [
        RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE,
    ]

    private static let departures = [
        RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE,
        RD_KAFKA_RESP_ERR__BAD_MSG, RD_KAFKA_RESP_ERR__BAD_COMPRESSION,
        RD_KAFKA_RESP_ERR_INVALID_MSG,
    ]

    private static let membership = [
        RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID,
        RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS,
    ]

    /// Codes without flags that pass by themselves.
    private static let passing = [
        RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
        RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR__SSL, RD_KAFKA_RESP_ERR__TIMED_OUT,
        RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
        RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__WAIT_COORD,
        RD_KAFKA_RESP_ERR__WAIT_CACHE,
        RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
        RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
        RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE,
        RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
        RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
        RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
        RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
        RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT,
        RD_KAFKA_RESP_ERR_NOT_CONTROLLER, RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE,
        RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR, RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH,
        RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH,
    ]
}

extension KafkaError {
    /// What it is that can't be had at the moment.
    package enum Subject: Hashable, Sendable {
        case topics, coordinator, leader, rights, recordSize
        /// The brokers themselves, or nothing more exact is known.
        case brokers
    }

    package var subject: Subject {
        if reaction == .unauthorised { return .rights }
        return Self.subjects[code] ?? .brokers
    }

    private static let subjects: [Int32: Subject] = {
        var table: [Int32: Subject] = [:]
        for code in Reaction.tooLarge { table[code.rawValue] = .recordSize }
        for code in [
            RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
            RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
        ] { table[code.rawValue] = .topics }
        for code in [
            RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR__WAIT_COORD,
        ] { table[code.rawValue] = .coordinator }
        for code in [
            RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
            RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH,
            RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH, RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE,
        ] { table[code.rawValue] = .leader }
        return table
    }()
}

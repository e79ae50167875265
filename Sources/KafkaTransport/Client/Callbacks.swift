internal import CRDKafka
internal import OpinionWire
internal import Synchronization

/// Hooks a context up to a configuration, before the handle is made.
///
/// The context must outlive the handle: ``Client`` sees to that.
func installCallbacks(
    on configuration: OpaquePointer,
    _ context: CallbackContext,
    _ kind: Client.Kind
) {
    let opaque = unsafe Unmanaged.passUnretained(context).toOpaque()
    unsafe rd_kafka_conf_set_opaque(configuration, opaque)
    unsafe rd_kafka_conf_set_log_cb(configuration, logged)
    unsafe rd_kafka_conf_set_error_cb(configuration, failed)
    unsafe rd_kafka_conf_set_stats_cb(configuration, measured)
    switch kind {
    case .consumer:
        unsafe rd_kafka_conf_set_rebalance_cb(configuration, rebalanced)
    case .producer:
        unsafe rd_kafka_conf_set_dr_msg_cb(configuration, delivered)
        _ = unsafe rd_kafka_conf_interceptor_add_on_new(configuration, "opiniond", created, opaque)
    }
}

private func context(_ opaque: UnsafeMutableRawPointer?) -> CallbackContext? {
    guard let opaque = unsafe opaque else { return nil }
    return unsafe Unmanaged<CallbackContext>.fromOpaque(opaque).takeUnretainedValue()
}

private let logged:
    @convention(c) (
        OpaquePointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?
    ) -> Void = { client, level, facility, text in
        guard let client = unsafe client, let context = unsafe context(rd_kafka_opaque(client))
        else { return }
        context.log.append(
            KafkaLogLine(
                level: level,
                facility: unsafe copy(facility, bytesMax: KafkaLog.textBytesMax),
                text: unsafe copy(text, bytesMax: KafkaLog.textBytesMax)
            )
        )
    }

private func copy(_ text: UnsafePointer<CChar>?, bytesMax: Int) -> String {
    guard let text = unsafe text else { return "" }
    var count = 0
    while count < bytesMax, unsafe text[count] != 0 { count += 1 }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: text, count: count), as: UTF8.self)
}

private let failed:
    @convention(c) (
        OpaquePointer?, Int32, UnsafePointer<CChar>?, UnsafeMutableRawPointer?
    ) -> Void = { client, code, reason, opaque in
        guard let client = unsafe client, let context = unsafe context(opaque) else { return }
        var error = unsafe KafkaError(
            rd_kafka_resp_err_t(code),
            of: client,
            attempted: "talking to the brokers"
        )
        error.message = unsafe copy(reason, bytesMax: KafkaError.messageBytesMax)
        context.append(.failure(error))
    }

private let measured:
    @convention(c) (
        OpaquePointer?, UnsafeMutablePointer<CChar>?, Int, UnsafeMutableRawPointer?
    ) -> Int32 = { _, json, count, opaque in
        guard let context = unsafe context(opaque), let json = unsafe json else { return 0 }
        let bytes = unsafe UnsafeRawBufferPointer(start: json, count: count)
        context.append(.statistics(unsafe [UInt8](bytes)))
        return 0  // librdkafka frees the text
    }

/// Writes the rebalance down and makes the poll return: the owner answers it, not the callback.
///
/// Whether the assignment was lost is asked here, because answering resets the flag.
private let rebalanced:
    @convention(c) (
        OpaquePointer?, rd_kafka_resp_err_t,
        UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?, UnsafeMutableRawPointer?
    ) -> Void = { client, code, list, opaque in
        guard let client = unsafe client, let context = unsafe context(opaque) else { return }
        let shards = unsafe PartitionList.partitions(of: list)
        context.isRebalanceOpen = true
        switch code {
        case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
            context.append(.assigned(shards))
        case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
            context.append(.revoked(shards, isLost: unsafe rd_kafka_assignment_lost(client) != 0))
        default:
            context.append(.failure(KafkaError(code, attempted: "rebalancing")))
            context.append(.revoked(shards, isLost: true))
        }
        unsafe rd_kafka_yield(client)
    }

private let delivered:
    @convention(c) (
        OpaquePointer?, UnsafePointer<rd_kafka_message_t>?, UnsafeMutableRawPointer?
    ) -> Void = { client, message, opaque in
        guard let message = unsafe message, let context = unsafe context(opaque) else { return }
        let code = unsafe message.pointee.err
        switch code {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            guard unsafe UInt(bitPattern: message.pointee.rkt) == context.markedTopic else {
                return
            }
            context.markedOffset = unsafe max(context.markedOffset, message.pointee.offset)
            return
        // What an abort throws away is a consequence, not a cause.
        case RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT: return
        default: break
        }
        let topic = unsafe message.pointee.rkt.map {
            unsafe String(cString: rd_kafka_topic_name($0))
        }
        var error = KafkaError(code, attempted: "delivering to \(topic ?? "a topic")")
        error.topic = topic
        context.recordDelivery(error)
    }

private let created:
    @convention(c) (
        OpaquePointer?, OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, Int
    ) -> rd_kafka_resp_err_t = { client, _, opaque, _, _ in
        unsafe rd_kafka_interceptor_add_on_request_sent(client, "opiniond", requestSent, opaque)
    }

/// Counts EndTxn (Kafka protocol, API key 26).
private let requestSent:
    @convention(c) (
        OpaquePointer?, Int32, UnsafePointer<CChar>?, Int32, Int16, Int16, Int32, Int,
        UnsafeMutableRawPointer?
    ) -> rd_kafka_resp_err_t = { _, _, _, _, apiKey, _, _, _, opaque in
        if apiKey == 26 {
            unsafe context(opaque)?.endTransactionSends.add(1, ordering: .relaxed)
        }
        return RD_KAFKA_RESP_ERR_NO_ERROR
    }

internal import CRDKafka
internal import OpinionWire

/// Hands records to librdkafka by `rd_kafka_produceva`, whose arguments are built once and reused.
///
/// Headers go as a list of ours (VTYPE_HEADERS): single ones (VTYPE_HEADER) are freed twice by
/// librdkafka 2.0.2 when the partition is unknown (#4627).
@safe struct RecordWriter: ~Copyable {
    /// Where a record goes and what it says, in memory that stays put during the call.
    @safe struct Message {
        var topic: OpaquePointer
        /// −1 lets the key choose.
        var partition: Int32
        /// nil is no key; an empty one has a base address.
        var key: UnsafeRawBufferPointer?
        var value: UnsafeRawBufferPointer?
        var headers: [Header]
        /// Milliseconds since 1970; nil is now.
        var timestamp: Int64?
    }

    private static let argumentsMax = 7
    private let arguments: UnsafeMutablePointer<rd_kafka_vu_t>

    init() {
        unsafe arguments = .allocate(capacity: Self.argumentsMax)
        unsafe arguments.initialize(repeating: rd_kafka_vu_t(), count: Self.argumentsMax)
        unsafe arguments[0].vtype = RD_KAFKA_VTYPE_RKT
        unsafe arguments[1].vtype = RD_KAFKA_VTYPE_PARTITION
        unsafe arguments[2].vtype = RD_KAFKA_VTYPE_KEY
        unsafe arguments[3].vtype = RD_KAFKA_VTYPE_VALUE
        unsafe arguments[4].vtype = RD_KAFKA_VTYPE_MSGFLAGS
        unsafe arguments[4].u.i = Int32(RD_KAFKA_MSG_F_COPY)
    }

    deinit { unsafe arguments.deallocate() }

    /// Queues a copy of one record; gives librdkafka's error object, which the caller owns.
    func write(_ message: borrowing Message, _ producer: OpaquePointer) -> OpaquePointer? {
        unsafe arguments[0].u.rkt = message.topic
        unsafe arguments[1].u.i32 = message.partition
        unsafe set(2, message.key)
        unsafe set(3, message.value)
        var count = 5
        if let timestamp = message.timestamp {
            unsafe arguments[count].vtype = RD_KAFKA_VTYPE_TIMESTAMP
            unsafe arguments[count].u.i64 = timestamp
            count += 1
        }
        guard !message.headers.isEmpty else {
            return unsafe rd_kafka_produceva(producer, arguments, count)
        }
        return unsafe write(headers: message.headers, producer, count)
    }

    /// librdkafka takes the headers over only when it takes the record.
    private func write(
        headers: [Header],
        _ producer: OpaquePointer,
        _ count: Int
    ) -> OpaquePointer? {
        let list = unsafe makeHeaders(headers)
        unsafe arguments[count].vtype = RD_KAFKA_VTYPE_HEADERS
        unsafe arguments[count].u.headers = list
        let error = unsafe rd_kafka_produceva(producer, arguments, count + 1)
        if unsafe error != nil { unsafe rd_kafka_headers_destroy(list) }
        return unsafe error
    }

    private func makeHeaders(_ headers: [Header]) -> OpaquePointer? {
        let list = unsafe rd_kafka_headers_new(headers.count)
        for header in headers {
            guard let value = header.value else {
                _ = unsafe rd_kafka_header_add(list, header.name, -1, nil, 0)
                continue
            }
            // An empty value must not arrive as a missing one: give it an address.
            _ = unsafe value.withUnsafeBytes { bytes in
                unsafe rd_kafka_header_add(
                    list,
                    header.name,
                    -1,
                    bytes.baseAddress ?? UnsafeRawPointer(arguments),
                    bytes.count
                )
            }
        }
        return unsafe list
    }

    private func set(_ index: Int, _ bytes: UnsafeRawBufferPointer?) {
        let somewhere = unsafe UnsafeRawPointer(arguments)
        let start = unsafe bytes.map { unsafe $0.baseAddress ?? somewhere }
        unsafe arguments[index].u.mem.ptr = unsafe UnsafeMutableRawPointer(mutating: start)
        unsafe arguments[index].u.mem.size = unsafe bytes?.count ?? 0
    }
}

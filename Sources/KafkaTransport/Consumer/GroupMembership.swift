internal import CRDKafka

/// A consumer's place in its group at one moment; goes with the offsets into a transaction.
///
/// The broker takes offsets from a non-member (generation −1, no member id) even when the group has
/// members, so ask ``isMember`` before sending any (Kafka, `ClassicGroup.validateOffsetCommit`).
///
/// librdkafka only ever reads the object after it was made, and it is destroyed when the last
/// reference goes: so it may be passed between threads.
@safe package final class GroupMembership: @unchecked Sendable {
    let metadata: OpaquePointer
    /// Whether the group has accepted this member: its generation is known and it has an id.
    package let isMember: Bool

    init?(consumer: OpaquePointer) {
        guard let metadata = unsafe rd_kafka_consumer_group_metadata(consumer) else { return nil }
        unsafe self.metadata = unsafe metadata
        isMember = unsafe Self.isMember(metadata, consumer)
    }

    deinit { unsafe rd_kafka_consumer_group_metadata_destroy(metadata) }

    private static func isMember(_ metadata: OpaquePointer, _ consumer: OpaquePointer) -> Bool {
        guard let place = unsafe Serialized(metadata) else { return unsafe hasMemberID(consumer) }
        return 0 <= place.generation && !place.member.isEmpty
    }

    private static func hasMemberID(_ consumer: OpaquePointer) -> Bool {
        guard let id = unsafe rd_kafka_memberid(consumer) else { return false }
        defer { unsafe rd_kafka_mem_free(consumer, id) }
        return unsafe id.pointee != 0
    }
}

/// The fields of librdkafka's serialized metadata, which it offers no other way to read.
///
/// Layout since librdkafka 1.5: "CGMDv2:", generation (32 bits, this machine's byte order), group,
/// member and instance, each ended by a NUL. nil when the magic is another one.
private struct Serialized {
    let generation: Int32
    let member: ArraySlice<UInt8>

    private static let magic = Array("CGMDv2:".utf8)

    init?(_ metadata: OpaquePointer) {
        guard let bytes = unsafe Self.bytes(of: metadata) else { return nil }
        let start = Self.magic.count + MemoryLayout<Int32>.size
        guard start <= bytes.count, bytes.starts(with: Self.magic) else { return nil }
        generation = bytes[Self.magic.count..<start].reversed().reduce(0) { sum, byte in
            sum << 8 | Int32(byte)
        }
        let fields = bytes[start...].split(separator: 0, omittingEmptySubsequences: false)
        guard 2 <= fields.count else { return nil }
        member = fields[1]
    }

    private static func bytes(of metadata: OpaquePointer) -> [UInt8]? {
        var buffer: UnsafeMutableRawPointer?
        var count = 0
        if let error = unsafe rd_kafka_consumer_group_metadata_write(metadata, &buffer, &count) {
            unsafe rd_kafka_error_destroy(error)
            return nil
        }
        defer { unsafe rd_kafka_mem_free(nil, buffer) }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: buffer, count: count))
    }
}

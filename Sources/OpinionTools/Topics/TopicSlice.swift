internal import OpinionFlow
internal import OpinionService
internal import OpinionWire

/// A part of a topic that is worth reading.
package struct TopicSlice: Sendable {
    /// Without prefix.
    package let topic: String
    package let part: Part

    package enum Part: Sendable {
        case all
        /// The partition where records of this key lie, by the partitioner that we write with; the same for a
        /// network, whose number of shards is for good.
        case key(String)
        /// Single records: partitions and offsets.
        case records([Spot])
    }

    package struct Spot: Hashable, Comparable, Sendable {
        package let partition: Int32
        package let offset: Int64

        package static func < (left: Spot, right: Spot) -> Bool {
            (left.partition, left.offset) < (right.partition, right.offset)
        }
    }

    static func all(_ topics: [String]) -> [TopicSlice] {
        topics.map { TopicSlice(topic: $0, part: .all) }
    }

    /// The partitions to be read from end to end, of so many.
    func partitions(of count: Int) -> [Int32] {
        guard 0 < count else { return [] }
        return switch part {
        case .all: (0..<Int32(count)).map(\.self)
        case .key(let key): [Int32(shard(of: key, among: count))]
        case .records: []
        }
    }
}

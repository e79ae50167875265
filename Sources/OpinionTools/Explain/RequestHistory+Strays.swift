internal import OpinionService
internal import OpinionWire

// What is known to be missing.
extension RequestHistory {
    /// Whether all was taken that was told of the request: numbers begin with 1 and none is left out.
    var isToldWhole: Bool {
        let numbers = Set(entries.compactMap(\.told?.number))
        return !numbers.isEmpty && numbers.max() == numbers.count && numbers.min() == 1
    }

    /// Records that ours are copies of, or that dead letters were made of, and that were not taken yet.
    func strays(of topics: [String]) -> [(topic: String, spots: [TopicSlice.Spot])] {
        let wanted = Set(entries.compactMap(\.heard?.origin) + refusals.keys)
            .subtracting(entries.map(\.place))
        return topics.map { topic in
            let spots = wanted.filter { $0.topic == name(topic) }
                .map { TopicSlice.Spot(partition: $0.partition, offset: $0.offset) }
            return (topic, spots.sorted())
        }
    }
}

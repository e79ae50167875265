internal import KafkaTransport
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

// What is read of the topics, which may be large: as little as will do.
extension Explain {
    /// Single records that are looked up; if there are more, everything is read.
    private static let spotsMax = 16

    /// The story of a request, from the partitions where it must lie.
    ///
    /// What was told of a request has numbers, so it shows when some of it isn't where it should be, as after
    /// partitions were added: then the answer is nil, and so it is when nothing was told yet, or in several
    /// networks.
    static func shortcut(
        _ request: String,
        in network: String?,
        _ settings: Settings,
        reading: Reading
    ) throws(KafkaError) -> RequestHistory? {
        var book = RequestHistory(request, in: network, settings)
        let outputs = [Topic.assignments, Topic.reports].map {
            TopicSlice(topic: $0, part: .key(request))
        }
        try reading(outputs + TopicSlice.all([Topic.deadLetters])) { book.take($0) }
        guard book.isToldWhole, book.networks.count == 1, let home = book.networks.first
        else { return nil }
        let inputs = [Topic.requests, Topic.responses]
        try reading(inputs.map { TopicSlice(topic: $0, part: .key(home)) }) { book.take($0) }
        let strays = book.strays(of: inputs)
        guard strays.reduce(0, { $0 + $1.spots.count }) <= spotsMax else { return nil }
        for (topic, spots) in strays where !spots.isEmpty {
            try reading([TopicSlice(topic: topic, part: .records(spots))]) { book.take($0) }
        }
        return book
    }

    /// The story from the beginning of all topics, and the pauses of a specialist.
    static func whole(
        _ request: String,
        in network: String?,
        whyNot specialist: String?,
        _ settings: Settings,
        reading: Reading
    ) throws(KafkaError) -> (book: RequestHistory, pauses: PauseHistory?) {
        var book = RequestHistory(request, in: network, settings)
        var topics = [
            Topic.requests, Topic.responses, Topic.assignments, Topic.reports, Topic.deadLetters,
        ]
        if specialist != nil { topics.append(Topic.decisions) }
        var pauses = specialist.map { PauseHistory(of: Specialist.ID($0), settings) }
        try reading(TopicSlice.all(topics)) { record in
            book.take(record)
            pauses?.take(record)
        }
        return (book, pauses)
    }
}

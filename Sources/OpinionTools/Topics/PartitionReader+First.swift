internal import KafkaTransport
internal import OpinionService

extension PartitionReader {
    /// Between two looks at whether there is still hope.
    private static let sliceMilliseconds: Int32 = 2_000
    private static let allBrokersDown: Int32 = -187

    /// The first question to the brokers: how a topic is spread; nil: there is no such topic.
    ///
    /// Ends before the time is up when no broker can be connected to, which more time won't mend: each was
    /// tried several times.
    ///
    /// - Throws: ``KafkaError``. A log-in that was refused is told as such, where the client library only
    ///   says that no broker was to be reached.
    func firstShape(
        of topic: String,
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> TopicShape? {
        var left = timeoutMilliseconds
        var areDown = false
        while true {
            let slice = min(left, Self.sliceMilliseconds)
            do throws(KafkaError) {
                return try shape(of: topic, timeoutMilliseconds: slice)
            } catch {
                if let refusal = heard(&areDown) { throw refusal }
                left -= slice
                if left <= 0 || areDown || error.reaction != .retry { throw error }
            }
        }
    }

    /// Takes what the client library left for us to poll.
    ///
    /// - Returns: The last refusal of a log-in or right among it.
    private func heard(_ areDown: inout Bool) -> KafkaError? {
        var refusal: KafkaError?
        for _ in 0..<100 {
            guard case .failure(let error)? = poll(timeoutMilliseconds: 0) else { continue }
            if error.reaction == .unauthorised { refusal = error }
            if error.code == Self.allBrokersDown { areDown = true }
        }
        return refusal
    }
}

/// What is asked about the inputs again and again, and what the answers said.
struct InputWatch {
    var ends = EndsQuestion()
    var openTransactions = OpenTransactions()
    var inspection = InspectionRound()
}

/// The question where the inputs end: one at a time, however long the brokers take.
struct EndsQuestion {
    /// Brokers that leave it unanswered for so long are away, in seconds.
    static let silenceSeconds = 5.0

    private var askedAt: Double?

    var isOpen: Bool { askedAt != nil }

    mutating func ask(at uptime: Double) { askedAt = uptime }

    /// There will be no other answer.
    ///
    /// - Returns: When it was asked; 0: nobody asked.
    mutating func end() -> Double { askedAt.take() ?? 0 }

    /// Whether the brokers are silent, though no call has failed yet: some take half a minute.
    func isSilent(at uptime: Double) -> Bool {
        askedAt.map { uptime - $0 > Self.silenceSeconds } ?? false
    }
}

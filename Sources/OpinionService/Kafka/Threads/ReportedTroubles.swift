internal import KafkaTransport

/// What a thread has said doesn't work, so that it can say when it works again.
struct ReportedTroubles {
    private let post: @Sendable (TransportEvent) -> Void
    /// Whose thread it is; nil: no single shard's.
    private let shard: Int?
    private var open: Set<Trouble> = []

    init(of shard: Int? = nil, post: @escaping @Sendable (TransportEvent) -> Void) {
        self.shard = shard
        self.post = post
    }

    var isEmpty: Bool { open.isEmpty }

    mutating func tell(_ trouble: Trouble, _ error: KafkaError) {
        open.insert(trouble)
        post(.trouble(trouble, error, of: shard))
    }

    /// Says that these work again, where it was said that they don't.
    mutating func settle(_ settled: Set<Trouble> = Set(Trouble.allCases)) {
        for trouble in Trouble.allCases where settled.contains(trouble) {
            if open.remove(trouble) != nil { post(.recovered(trouble, of: shard)) }
        }
    }
}

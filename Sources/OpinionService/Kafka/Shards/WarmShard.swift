package import OpinionFlow
package import OpinionWire

/// A shard's state, read or set aside earlier, and how far: a take-over goes on from there.
package struct WarmShard: Sendable {
    /// Before ``Shard/settle(decidedAt:)``.
    package let shard: Shard
    package let meta: Meta
    /// The next offset of the state to be read.
    package let position: Int64
    /// Whether the position is known from what the brokers acknowledged to us as its owner.
    package let isExact: Bool

    package init(shard: Shard, meta: Meta, position: Int64, isExact: Bool) {
        self.shard = shard
        self.meta = meta
        self.position = position
        self.isExact = isExact
    }
}

extension WarmShard {
    /// Whether nothing but the end of our own last transaction lies before that offset.
    func isEnd(_ high: Int64) -> Bool { isExact && high <= position + 1 }
}

/// A shard that is given up with everything committed, as it lay in memory.
package struct ParkedShard: Sendable {
    package let shard: Shard
    package let meta: Meta

    package init(shard: Shard, meta: Meta) {
        self.shard = shard
        self.meta = meta
    }

    /// Ready for whoever takes it over next.
    ///
    /// - Parameter position: The next offset of the state behind the last commit.
    /// - Returns: The shard as its records tell it.
    package func warm(at position: Int64) -> WarmShard {
        WarmShard(
            shard: shard.unsettled(),
            meta: meta,
            position: position,
            isExact: true
        )
    }
}

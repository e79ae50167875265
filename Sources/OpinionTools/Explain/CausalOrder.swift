internal import OpinionMatching
internal import OpinionService

/// The order in which what the topics hold about a request came about.
///
/// Clocks of several senders don't tell that. What does: the order of each partition; that an effect
/// comes after its cause, a copy after what was forwarded, an answer after the assignment; and that
/// whatever was told before an event's first effect was told before that event was read. Times settle the
/// order of what is left, those of what came in no later than those of its effects.
struct CausalOrder {
    let entries: [RequestHistory.Entry]
    /// What comes after each entry.
    private var followers: [Set<Int>]

    /// - Parameter entries: In any order, each with its fate.
    init(_ entries: [RequestHistory.Entry]) {
        self.entries = entries.sorted { $0.place < $1.place }
        followers = entries.map { _ in [] }
        for (first, second) in self.entries.causalPairs where first != second {
            followers[first].insert(second)
        }
    }

    /// The entries, each after all that it comes after.
    ///
    /// - Complexity: O(*n*²); a request has few records.
    func sorted() -> [RequestHistory.Entry] {
        let ranks = ranks
        var left = Set(entries.indices)
        var waits = entries.map { _ in 0 }
        for follower in followers.joined() { waits[follower] += 1 }
        var order: [RequestHistory.Entry] = []
        while !left.isEmpty {
            let free = left.filter { waits[$0] <= 0 }
            // None is free when ids that were used twice make a circle.
            guard let next = (free.isEmpty ? left : free).min(by: { ranks[$0] < ranks[$1] })
            else { break }
            left.remove(next)
            for follower in followers[next] { waits[follower] -= 1 }
            order.append(entries[next])
        }
        return order
    }

    /// By time, then what came in first, then by place.
    private var ranks: [(Moment, Int, Int)] {
        let bounds = bounds
        return entries.indices.map { index in
            let time = min(entries[index].readAt, bounds[index] ?? entries[index].readAt)
            return (time, entries[index].heard == nil ? 1 : 0, index)
        }
    }

    /// Of what came in: when its first effect was told, or that of what came in behind it.
    private var bounds: [Moment?] {
        var bounds: [Moment?] = entries.map { _ in nil }
        var isChanged = true
        while isChanged {
            isChanged = false
            for index in entries.indices.reversed() where entries[index].heard != nil {
                let after = followers[index].compactMap {
                    entries[$0].heard == nil ? entries[$0].at : bounds[$0]
                }
                guard let bound = after.min(), bound < bounds[index] ?? .distantFuture else {
                    continue
                }
                (bounds[index], isChanged) = (bound, true)
            }
        }
        return bounds
    }
}

extension RequestHistory.Entry {
    /// When it seems to have been read: by the daemon's clock or the broker's, where they are told.
    fileprivate var readAt: Moment {
        if case .refused(let refused)? = heard?.fate { refused.at } else { arrivedAt ?? at }
    }
}

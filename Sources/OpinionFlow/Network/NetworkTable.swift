internal import OpinionMatching

/// The networks of a shard, by name and by slot.
///
/// A slot is a network's place in ``list``: requests keep it, so that they find their network without a hash.
struct NetworkTable: Sendable {
    typealias Slot = Int

    /// By slot; an array that is reached into directly, since a network is too large to be copied for each look.
    var list: [Network] = []
    private(set) var slots: [String: Slot] = [:]
    private var vacant: [Slot] = []
    /// Names of networks whose waiting seats are to be looked at again by ``Shard/reassess(into:)``.
    var changed: Set<String> = []

    /// All names, in ascending order.
    var names: [String] { slots.keys.sorted() }

    /// The slot of a network; nil when the shard knows nothing of it.
    func slot(of name: String) -> Slot? { slots[name] }

    /// The slot of a network; a new network gets an empty one.
    mutating func insert(_ name: String, at now: Moment) -> Slot {
        if let slot = slots[name] { return slot }
        let slot = vacant.popLast() ?? list.count
        if slot == list.count { list.append(Network(at: now)) }
        slots[name] = slot
        return slot
    }

    /// Forgets a network without specialists that no request names.
    mutating func removeIfIdle(_ slot: Slot, named name: String, at now: Moment) {
        guard list[slot].isIdle else { return }
        slots[name] = nil
        list[slot] = Network(at: now)
        vacant.append(slot)
    }

    /// All networks are to be looked at again.
    mutating func markAllChanged() { changed.formUnion(slots.keys) }
}

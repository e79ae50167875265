/// The slot in which a decision found the specialist whom it chose.
///
/// Saves looking the specialist up by ID again. It is no part of what was decided, so all values are equal: the same
/// decision of two rosters is equal, whatever slots their specialists have.
struct ChosenSlot: Hashable, Sendable {
    /// nil when nobody was chosen, or the decision is not a roster's own.
    var number: Int?

    static func == (left: ChosenSlot, right: ChosenSlot) -> Bool { true }

    func hash(into hasher: inout Hasher) {}
}

extension [String] {
    /// Whether no name is in both lists.
    ///
    /// For the short lists of a profile and a request, for which a Set would cost more than it saves.
    func isDisjoint(with others: [String]) -> Bool {
        !contains { others.contains($0) }
    }
}

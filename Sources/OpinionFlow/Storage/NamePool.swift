/// One copy of each name that many requests have, for what is read back.
///
/// Live, a seat shares its discipline with the profile that it came from; read back, each would have a copy of
/// its own.
struct NamePool: Sendable {
    private var names: Set<String> = []

    /// Names kept at most; whoever sends profiles chooses them.
    private static let most = 1_024

    /// Lets the held seats of a request share their disciplines with those of others.
    mutating func share(in request: inout Request) {
        guard case .open = request.phase else { return }
        request.withOpen { open in
            for index in open.seats.indices {
                guard case .held(var holding) = open.seats[index].state else { continue }
                holding.discipline = shared(holding.discipline)
                open.seats[index].state = .held(holding)
            }
        }
    }

    private mutating func shared(_ name: String) -> String {
        if names.count == Self.most { names.removeAll() }
        return names.insert(name).memberAfterInsert
    }
}

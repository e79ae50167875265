/// One copy of each name that many requests share, for requests that are read back.
///
/// A seat that was just assigned shares its discipline with the specialist's profile; read back, each would have
/// a copy of its own.
struct NamePool: Sendable {
    private var names: Set<String> = []

    /// Names kept at most: the senders of profiles choose them.
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

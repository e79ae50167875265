/// A request as the state topic keeps it.
package struct KeptRequest: Decodable {
    package struct Seat: Decodable {
        package var id: Int
        package var attempt: Int
        package var specialist: String?
        package var deliveredAt: Int?
    }

    package var told: Int
    package var closed: String?
    package var seats: [Seat]?

    package var status: History.RequestStatus {
        guard let closed else { return .open }
        return closed == "reported" ? .reported : .closed
    }

    /// The assignments of those who have or are offered a seat, or have delivered on it; the request's name is in
    /// the key.
    package func taken(of request: String) -> Set<String> {
        assignments(of: request) { $0.specialist != nil }
    }

    /// Of those who have delivered.
    func delivered(of request: String) -> Set<String> {
        assignments(of: request) { $0.deliveredAt != nil }
    }

    private func assignments(of request: String, where isMeant: (Seat) -> Bool) -> Set<String> {
        Set((seats ?? []).filter(isMeant).map { "\(request)/\($0.id)/\($0.attempt)" })
    }
}

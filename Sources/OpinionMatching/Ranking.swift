/// The best few of the eligible, kept sorted while they are offered.
///
/// Lower score first; equals by a hash of request and specialist, so that they share the work in an
/// order that neither arrival nor name decides; last by ID, so that no tie is left.
struct Ranking {
    private struct Place {
        let slot: Int
        let utilisation: Int
        let declined: Int
        var score: Int { utilisation + declined }
        let tie: UInt64
    }

    private let most: Int
    private let seed: UInt64
    private let specialists: [Specialist]
    private var places: [Place] = []

    init(most: Int, seed: UInt64, among specialists: [Specialist]) {
        self.most = most
        self.seed = seed
        self.specialists = specialists
        places.reserveCapacity(most + 1)
    }

    /// - Complexity: O(1) for those who are not among the best.
    mutating func offer(_ slot: Int, utilisation: Int, declined: Int, tie: UInt64) {
        if places.count == most, let last = places.last, last.score < utilisation + declined {
            return
        }
        let place = Place(
            slot: slot,
            utilisation: utilisation,
            declined: declined,
            tie: StableHash.combine(seed, tie)
        )
        var index = places.count
        while index > 0, precedes(place, places[index - 1]) { index -= 1 }
        if index < most { places.insert(place, at: index) }
        if places.count > most { places.removeLast() }
    }

    var candidates: [Candidate] {
        places.map { place in
            Candidate(
                specialist: specialists[place.slot].id,
                utilisation: place.utilisation,
                declined: place.declined
            )
        }
    }

    private func precedes(_ left: Place, _ right: Place) -> Bool {
        if left.score != right.score { return left.score < right.score }
        if left.tie != right.tie { return left.tie < right.tie }
        return specialists[left.slot].id < specialists[right.slot].id
    }
}

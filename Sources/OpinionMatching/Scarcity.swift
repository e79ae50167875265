/// Who had better be kept for others: whose units are of kinds that are wanted often and of which few are
/// free.
///
/// A *class* is a kind of work: a family and a language, or a family in any language. Each specialist
/// serves some. The price of a class is `wanted / (free units + 1)²`: how likely the next request is of it,
/// times how much one unit less would hurt. A specialist's scarcity is the sum over the classes other than
/// the request's own. It counts for nothing while units are plenty, and fully when four of five are in use.
///
/// Found on recorded streams and confirmed on others; the article *Choosing* has the figures and what lost.
///
/// *Invariant:* `free` of a class is the sum of the free units of those who serve it.
struct Scarcity: Sendable {
    private var numbers = LanguageNumbers()
    private var classes: [WorkClass] = CancerFamily.allCases.map { _ in WorkClass() }
    private var members: [Member] = []
    private var demand = DemandCounts()
    private var free = 0
    private var capacity = 0

    /// One kind of work.
    private struct WorkClass {
        var free = 0
        var wanted = 0
        private(set) var price = 0

        init(wanted: Int = 0) {
            self.wanted = wanted
            setPrice()
        }

        /// One request for each four classes is taken as asked for already: what was never wanted may be.
        mutating func setPrice() {
            price = (4 * wanted + 1) * Scarcity.unit / 4 / ((free + 1) * (free + 1))
        }
    }

    /// One specialist, by slot: the languages spoken, 0 among them, and the classes served.
    private struct Member {
        var languages: [Int] = []
        var classes: [Served] = []
        var free = 0
        var capacity = 0
    }

    /// A class by its place, with its family at hand.
    private struct Served {
        let place: Int
        let family: UInt8
    }

    /// The price of one wanted request of whose class nothing is free.
    private static let unit = 100_000
    /// Requests taken as asked for before any was.
    private static let prior = 40

    // MARK: Who serves what

    mutating func open(_ slot: Int, _ specialist: Specialist) {
        while members.count <= slot { members.append(Member()) }
        close(slot)
        members[slot].languages = [0] + Set(specialist.languages).sorted().map { join($0) }
        let families = FamilySet(specialist.expertise.map(\.family))
        for language in members[slot].languages {
            families.forEach { family in
                let place = Self.place(of: language, family)
                members[slot].classes.append(Served(place: place, family: UInt8(family)))
            }
        }
        members[slot].capacity = specialist.isActive ? specialist.capacity.units : 0
        capacity += members[slot].capacity
    }

    mutating func close(_ slot: Int) {
        setFree(slot, 0)
        capacity -= members[slot].capacity
        members[slot].capacity = 0
        members[slot].classes.removeAll()
        for number in members[slot].languages.dropFirst() { numbers.leave(number) }
        members[slot].languages.removeAll()
    }

    /// Notes how many units of a slot are free.
    ///
    /// - Complexity: a division for each class that the specialist serves.
    mutating func setFree(_ slot: Int, _ count: Int) {
        let change = count - members[slot].free
        guard change != 0 else { return }
        members[slot].free = count
        free += change
        for index in members[slot].classes.indices {
            let place = members[slot].classes[index].place
            classes[place].free += change
            classes[place].setPrice()
        }
    }

    private static func place(of language: Int, _ family: Int) -> Int {
        language * CancerFamily.allCases.count + family
    }

    /// The number of a language that one more speaks; one that is new has its classes counted.
    private mutating func join(_ language: String) -> Int {
        let (number, isNew) = numbers.join(language)
        guard isNew else { return number }
        for family in CancerFamily.allCases {
            let wanted = demand[Demand(family: family, language: language)]
            let place = Self.place(of: number, Int(family.rawValue))
            if place == classes.count { classes.append(WorkClass()) }
            classes[place] = WorkClass(wanted: wanted)
        }
        return number
    }

    // MARK: What is wanted

    mutating func want(_ wanted: Demand) {
        demand.add(wanted)
        changeWanted(wanted, by: 1)
    }

    mutating func wantNoMore(_ wanted: Demand) {
        demand.remove(wanted)
        changeWanted(wanted, by: -1)
    }

    private mutating func changeWanted(_ wanted: Demand, by change: Int) {
        guard let place = place(of: wanted) else { return }
        classes[place].wanted += change
        classes[place].setPrice()
    }

    /// nil when nobody speaks the language.
    private func place(of demand: Demand) -> Int? {
        let number = demand.language.map { numbers[$0] } ?? 0
        return number.map { Self.place(of: $0, Int(demand.family.rawValue)) }
    }

    // MARK: What it costs

    /// How much scarcity counts now, in parts of 1,024: nothing up to 62 % of the units in use, fully from
    /// 82 %.
    var weight: Int {
        guard capacity > 0 else { return 0 }
        let inUse = (capacity - free) * 1_024 / capacity
        return Swift.min(Swift.max((inUse - 635) * 5, 0), 1_024)
    }

    /// The classes that a request itself is of.
    func own(_ need: Need) -> Own {
        let places = need.languages.compactMap { language in
            place(of: Demand(family: need.family, language: language))
        }
        return Own(
            family: need.family.rawValue,
            places: places,
            least: demand.total + Self.prior
        )
    }

    struct Own {
        fileprivate let family: UInt8
        /// Empty when any language will do.
        fileprivate let places: [Int]
        /// What a price is held against, and its logarithm.
        fileprivate let least: Int
        fileprivate let leastLog: Int

        fileprivate init(family: UInt8, places: [Int], least: Int) {
            self.family = family
            self.places = places
            self.least = least
            leastLog = WholeLog.of(least)
        }

        fileprivate func contains(_ place: Int) -> Bool {
            places.isEmpty || place < CancerFamily.allCases.count || places.contains(place)
        }
    }

    /// The term of a slot's score: `5000 · weight · ln(1 + price / least)`, in whole numbers.
    ///
    /// - Complexity: O(classes that the specialist serves), commonly six.
    func term(of slot: Int, besides own: Own, _ weight: Int) -> Int {
        var price = 0
        for served in members[slot].classes {
            if served.family == own.family, own.contains(served.place) { continue }
            price += classes[served.place].price
        }
        let doublings = WholeLog.of(price + own.least) - own.leastLog
        return doublings * weight * 3_466 / (WholeLog.one * 1_024)
    }
}

/// Logarithms to base 2 in whole numbers, the same on every machine.
package enum WholeLog {
    /// The logarithm of 2.
    package static let one = 256

    /// In 256ths, at most five of them off, and never smaller for a larger number.
    ///
    /// Between two powers, the parabola through both and their middle: x + 0.34·x·(1 − x).
    package static func of(_ number: Int) -> Int {
        precondition(number > 0, "the logarithm of \(number)")
        let power = Int.bitWidth - 1 - number.leadingZeroBitCount
        // The eight bits behind the first one.
        let fraction = (8 < power ? number >> (power - 8) : number << (8 - power)) & 255
        return power * one + fraction + ((fraction * (256 - fraction) * 88) >> 16)
    }
}

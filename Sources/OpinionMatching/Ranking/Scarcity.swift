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
    /// By place; the first is of nobody and costs nothing.
    private var classes = [WorkClass()] + CancerFamily.allCases.map { _ in WorkClass() }
    /// What each class costs a request that is of none, by place; 0 for the classes that are left out.
    private var prices = [0] + CancerFamily.allCases.map { _ in WorkClass().price }
    private var leftOut: [Int] = []
    private var members: [Member] = []
    private var served = ServedClasses()
    private var demand = DemandCounts()
    private var free = 0
    private var capacity = 0

    /// One kind of work.
    private struct WorkClass {
        var free = 0
        var wanted = 0

        /// One request for each four classes is taken as asked for already: what was never wanted may be.
        var price: Int { (4 * wanted + 1) * Scarcity.unit / 4 / ((free + 1) * (free + 1)) }
    }

    /// One specialist's units, by slot.
    private struct Member {
        var free = 0
        var capacity = 0
    }

    /// The price of one wanted request of whose class nothing is free.
    private static let unit = 100_000
    /// Requests taken as asked for before any was.
    private static let prior = 40

    // MARK: Who serves what

    mutating func open(
        _ slot: Int,
        _ specialist: Specialist,
        speaking languages: [LanguageIndex.Spoken]
    ) {
        while members.count <= slot { members.append(Member()) }
        close(slot)
        for language in languages where language.isNew { begin(language) }
        let families = FamilySet(specialist.expertise.map(\.family)).families
        served.set(
            slot,
            ([0] + languages.map(\.number)).flatMap { language in
                families.map { Self.place(of: language, $0) }
            }
        )
        members[slot].capacity = specialist.isActive ? specialist.capacity.units : 0
        capacity += members[slot].capacity
    }

    mutating func close(_ slot: Int) {
        setFree(slot, 0)
        capacity -= members[slot].capacity
        members[slot].capacity = 0
        served.set(slot, [])
    }

    /// Notes how many units of a slot are free.
    ///
    /// - Complexity: a division for each class that the specialist serves.
    mutating func setFree(_ slot: Int, _ count: Int) {
        let change = count - members[slot].free
        guard change != 0 else { return }
        members[slot].free = count
        free += change
        Self.changeFree(of: served.places(of: slot), by: change, &classes, &prices)
    }

    @inline(__always)
    private static func changeFree(
        of places: ServedClasses.Places,
        by change: Int,
        _ classes: inout [WorkClass],
        _ prices: inout [Int]
    ) {
        var classes = classes.mutableSpan
        var prices = prices.mutableSpan
        for place in places {
            classes[place].free &+= change
            prices[place] = classes[place].price
        }
    }

    private static func place(of language: Int, _ family: CancerFamily) -> Int {
        1 + language * CancerFamily.allCases.count + Int(family.rawValue)
    }

    /// Prices the classes of a language whose number stood for another one before.
    private mutating func begin(_ language: LanguageIndex.Spoken) {
        for family in CancerFamily.allCases {
            let place = Self.place(of: language.number, family)
            if place == classes.count {
                classes.append(WorkClass())
                prices.append(0)
            }
            let wanted = demand[Demand(family: family, language: language.name)]
            classes[place] = WorkClass(wanted: wanted)
            prices[place] = classes[place].price
        }
    }

    // MARK: What is wanted

    /// - Parameters:
    ///   - wanted: What one more request asks for.
    ///   - language: The language's number, 0 when any will do; nil: nobody speaks it.
    mutating func want(_ wanted: Demand, language: Int?) {
        demand.add(wanted)
        changeWanted(wanted.family, language, by: 1)
    }

    mutating func wantNoMore(_ wanted: Demand, language: Int?) {
        demand.remove(wanted)
        changeWanted(wanted.family, language, by: -1)
    }

    private mutating func changeWanted(_ family: CancerFamily, _ language: Int?, by change: Int) {
        guard let place = language.map({ Self.place(of: $0, family) }) else { return }
        classes[place].wanted += change
        prices[place] = classes[place].price
    }

    // MARK: What it costs

    /// How much scarcity counts now, in parts of 1,024: nothing up to 62 % of the units in use, fully from
    /// 82 %.
    private var weight: Int {
        guard capacity > 0 else { return 0 }
        let inUse = (capacity - free) * 1_024 / capacity
        return Swift.min(Swift.max((inUse - 635) * 5, 0), 1_024)
    }

    /// How prices become points in one decision; nil while units are plenty.
    var scale: Scale? {
        let weight = weight
        return weight == 0 ? nil : Scale(weight: weight, least: demand.total + Self.prior)
    }

    struct Scale {
        /// Points for a doubling, in parts of 1,024.
        fileprivate let weight: Int
        /// What a price is held against, and its logarithm.
        fileprivate let least: Int
        fileprivate let leastLog: Int

        fileprivate init(weight: Int, least: Int) {
            self.weight = weight * 3_466
            self.least = least
            leastLog = WholeLog.of(least)
        }
    }

    /// Leaves the classes that a request itself is of out of all prices, until ``takeIn()``; while units are
    /// plenty, nothing is done.
    ///
    /// - Parameters:
    ///   - family: The request's family.
    ///   - asked: Its languages.
    ///   - count: How many numbers languages have, 0 among them.
    mutating func leaveOut(_ family: CancerFamily, _ asked: [LanguageIndex.Asked], of count: Int) {
        guard weight > 0 else { return }
        leaveOut(Self.place(of: 0, family))
        for language in asked where language.number != 0 {
            leaveOut(Self.place(of: language.number, family))
        }
        // Any language will do, or nobody speaks any of them.
        if leftOut.count == 1 {
            for number in 1..<count { leaveOut(Self.place(of: number, family)) }
        }
    }

    private mutating func leaveOut(_ place: Int) {
        leftOut.append(place)
        prices[place] = 0
    }

    mutating func takeIn() {
        for place in leftOut { prices[place] = classes[place].price }
        leftOut.removeAll(keepingCapacity: true)
    }

    /// The term of a slot's score: `5000 · weight · ln(1 + price / least)`, in whole numbers.
    ///
    /// - Complexity: O(classes that the specialist serves), commonly six.
    @inline(__always)
    func term(of slot: Int, _ scale: Scale) -> Int {
        let price = served.sum(of: slot, prices)
        let doublings = WholeLog.of(price &+ scale.least) &- scale.leastLog
        return doublings &* scale.weight / (WholeLog.one * 1_024)
    }
}

/// Logarithms to base 2 in whole numbers, the same on every machine.
package enum WholeLog {
    /// The logarithm of 2.
    package static let one = 256

    /// In 256ths, at most five of them off, and never smaller for a larger number.
    ///
    /// Between two powers, the parabola through both and their middle: x + 0.34·x·(1 − x).
    @inline(__always)
    package static func of(_ number: Int) -> Int {
        precondition(number > 0, "the logarithm of \(number)")
        let power = Int.bitWidth - 1 - number.leadingZeroBitCount
        // The eight bits behind the first one.
        let fraction = (8 < power ? number >> (power - 8) : number << (8 - power)) & 255
        return power * one + fraction + ((fraction * (256 - fraction) * 88) >> 16)
    }
}

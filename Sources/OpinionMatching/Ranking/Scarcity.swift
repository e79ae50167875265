/// How much each specialist is needed by other requests.
///
/// Specialists whose work is in demand, and whom few can replace, are kept for that work while units are short.
///
/// A *class* is a kind of work: a family and a language, or a family in any language. Each specialist serves several
/// classes. The price of a class is `wanted / (free units + 1)²`: how likely the next request is to be of the class, times
/// how much losing one unit would hurt. A specialist's scarcity is the sum of the prices of their classes, except those
/// of the request itself. It counts for nothing while units are plentiful, and fully when four of five are in use.
///
/// The formula was found on recorded streams and confirmed on others; the article *Choosing* has the figures and the
/// alternatives.
///
/// *Invariant:* `free` of a class is the sum of the free units of the specialists who serve it.
struct Scarcity: Sendable {
    /// By place; the first is no class and costs nothing.
    private var classes = [WorkClass()] + CancerFamily.allCases.map { _ in WorkClass() }
    /// The price of each class, by place; 0 for the hidden ones.
    private var prices = [0] + CancerFamily.allCases.map { _ in WorkClass().price }
    /// The places whose prices are hidden.
    private var hidden: [Int] = []
    private var members: [Member] = []
    private var served = ServedClasses()
    private var demand = DemandCounts()
    /// Free units of all active specialists.
    private var free = 0
    /// Units of all active specialists.
    private var capacity = 0

    /// One kind of work.
    private struct WorkClass {
        var free = 0
        var wanted = 0

        /// A quarter of a request is added to `wanted`: a class never asked for may be asked for yet.
        var price: Int { (4 * wanted + 1) * Scarcity.unit / 4 / ((free + 1) * (free + 1)) }
    }

    /// One specialist's units, by slot.
    private struct Member {
        var free = 0
        var capacity = 0
    }

    /// The price of a class with one wanted request and no free unit.
    private static let unit = 100_000
    /// Added to the number of remembered requests, so that the first few don't dominate.
    private static let prior = 40

    // MARK: Who serves what

    /// Puts a specialist without free units into a slot.
    mutating func insert(
        _ slot: Int,
        _ specialist: Specialist,
        speaking languages: [LanguageIndex.Spoken]
    ) {
        while members.count <= slot { members.append(Member()) }
        remove(slot)
        for language in languages where language.isNew { resetClasses(of: language) }
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

    /// Empties a slot.
    mutating func remove(_ slot: Int) {
        setFree(slot, 0)
        capacity -= members[slot].capacity
        members[slot].capacity = 0
        served.set(slot, [])
    }

    /// Sets how many units of a slot are free.
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

    /// The index of a class; language 0 stands for any language.
    private static func place(of language: Int, _ family: CancerFamily) -> Int {
        1 + language * CancerFamily.allCases.count + Int(family.rawValue)
    }

    /// Sets the classes of a language that has just been given its number.
    private mutating func resetClasses(of language: LanguageIndex.Spoken) {
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

    /// Counts one more remembered request.
    ///
    /// - Parameters:
    ///   - wanted: What it asks for.
    ///   - language: The number of its language: 0 when any language will do, nil when nobody speaks it.
    mutating func want(_ wanted: Demand, language: Int?) {
        demand.add(wanted)
        changeWanted(wanted.family, language, by: 1)
    }

    /// Counts one remembered request less.
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

    /// How much scarcity counts now, from 0 up to 62 % of the units in use to 1,024 from 82 %.
    private var weight: Int {
        guard capacity > 0 else { return 0 }
        let inUse = (capacity - free) * 1_024 / capacity
        return Swift.min(Swift.max((inUse - 635) * 5, 0), 1_024)
    }

    /// How prices become points in one decision; nil while units are plentiful.
    var scale: Scale? {
        let weight = weight
        return weight == 0 ? nil : Scale(weight: weight, least: demand.total + Self.prior)
    }

    struct Scale {
        /// Points for a doubling, in parts of 1,024.
        fileprivate let weight: Int
        /// The price that is worth one doubling, and its logarithm.
        fileprivate let least: Int
        fileprivate let leastLog: Int

        fileprivate init(weight: Int, least: Int) {
            self.weight = weight * 3_466
            self.least = least
            leastLog = WholeLog.of(least)
        }
    }

    /// Hides the prices of the classes of a request itself until ``restorePrices()``.
    ///
    /// Does nothing while units are plentiful.
    ///
    /// - Parameters:
    ///   - family: The request's family.
    ///   - asked: The request's languages.
    ///   - count: One more than the highest number of a language.
    mutating func hidePrices(_ family: CancerFamily, _ asked: [LanguageIndex.Asked], of count: Int)
    {
        guard weight > 0 else { return }
        hidePrice(at: Self.place(of: 0, family))
        for language in asked where language.number != 0 {
            hidePrice(at: Self.place(of: language.number, family))
        }
        // Any language will do, or nobody speaks any of the languages.
        if hidden.count == 1 {
            for number in 1..<count { hidePrice(at: Self.place(of: number, family)) }
        }
    }

    private mutating func hidePrice(at place: Int) {
        hidden.append(place)
        prices[place] = 0
    }

    /// Undoes ``hidePrices(_:_:of:)``.
    mutating func restorePrices() {
        for place in hidden { prices[place] = classes[place].price }
        hidden.removeAll(keepingCapacity: true)
    }

    /// The term of a slot's score: `5000 · weight · ln(1 + price / least)`, in whole numbers.
    ///
    /// - Complexity: O(classes that the specialist serves), typically six.
    @inline(__always)
    func term(of slot: Int, _ scale: Scale) -> Int {
        let price = served.sum(of: slot, prices)
        let doublings = WholeLog.of(price &+ scale.least) &- scale.leastLog
        return doublings &* scale.weight / (WholeLog.one * 1_024)
    }
}

/// A doctor who gives second opinions, as described by the directory.
///
/// Its properties are the members of `specialist.profiled`.
package struct Specialist: Hashable, Sendable {
    package struct ID: Hashable, Comparable, Sendable {
        package let text: String
        package init(_ text: String) { self.text = text }
        package static func < (left: ID, right: ID) -> Bool { left.text < right.text }
    }

    /// A family treated, at a level from 1 (knows it) to 5 (leads the field).
    package struct Expertise: Hashable, Sendable {
        package let family: CancerFamily
        package let level: Int
        package init(family: CancerFamily, level: Int) {
            precondition(Self.levels.contains(level), "level \(level) is not in 1...5")
            self.family = family
            self.level = level
        }
        package static let levels = 1...5
    }

    /// A licence to practise in an ISO 3166 country or subdivision, up to and including the last day.
    package struct Licence: Hashable, Sendable {
        package let jurisdiction: String
        package let until: Day
        package init(jurisdiction: String, until: Day) {
            self.jurisdiction = jurisdiction
            self.until = until
        }
    }

    /// The ages of patients seen, both ends inclusive.
    package struct AgeScope: Hashable, Sendable {
        package let min: Int
        package let max: Int
        package init(min: Int?, max: Int?) {
            self.min = min ?? 0
            self.max = max ?? .max
        }
        package func contains(_ age: Int) -> Bool { min <= age && age <= max }
    }

    /// A time away, from `begin` up to but not including `end`.
    package struct Absence: Hashable, Sendable {
        package let begin: Moment
        package let end: Moment
        package init(begin: Moment, end: Moment) {
            self.begin = begin
            self.end = end
        }
        package func contains(_ now: Moment) -> Bool { begin <= now && now < end }
    }

    /// The most work at once, and the most new seats in a UTC day and an ISO 8601 week.
    package struct Capacity: Hashable, Sendable {
        package let units: Int
        package let dailyAssignments: Int?
        package let weeklyAssignments: Int?
        /// The most seats at once by the kind of request; nil when only the units limit them.
        package let perKind: KindCounts?
        package init(
            units: Int,
            dailyAssignments: Int? = nil,
            weeklyAssignments: Int? = nil,
            perKind: KindCounts? = nil
        ) {
            self.units = units
            self.dailyAssignments = dailyAssignments
            self.weeklyAssignments = weeklyAssignments
            self.perKind = perKind
        }
    }

    /// Fills vacant slots.
    static let vacant = {
        var nobody = Specialist(
            id: ID(""),
            network: "",
            disciplines: [],
            expertise: [],
            capacity: Capacity(units: 0)
        )
        nobody.isActive = false
        return nobody
    }()

    package enum Acceptance: String, Sendable { case auto, manual }

    package var id: ID
    package var network: String
    package var isActive = true
    package var disciplines: [String]
    package var expertise: [Expertise]
    /// Primary subtags, lower case (BCP 47).
    package var languages: [String] = []
    package var licences: [Licence] = []
    package var organisation: String?
    package var practiceGroups: [String] = []
    package var declaredConflicts: [String] = []
    package var ageScope = AgeScope(min: nil, max: nil)
    package var sex: String?
    package var capacity: Capacity
    package var absences: [Absence] = []
    package var acceptance = Acceptance.auto

    package init(
        id: ID,
        network: String,
        disciplines: [String],
        expertise: [Expertise],
        capacity: Capacity
    ) {
        self.id = id
        self.network = network
        self.disciplines = disciplines
        self.expertise = expertise
        self.capacity = capacity
    }
}

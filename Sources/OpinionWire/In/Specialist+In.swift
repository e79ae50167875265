internal import OpinionFlow
internal import OpinionMatching

// specialist.profiled
extension Specialist {
    init(profile data: JSONValue) throws(Refusal) {
        let capacity = try data.object("capacity") { (capacity) throws(Refusal) in
            Capacity(
                units: try capacity.required("units", { $0.integer(in: Limit.units) }),
                dailyAssignments: try capacity.optional("dailyAssignments") {
                    $0.integer(in: Limit.assignments)
                },
                weeklyAssignments: try capacity.optional("weeklyAssignments") {
                    $0.integer(in: Limit.assignments)
                },
                perKind: try KindCounts(limits: capacity)
            )
        }
        guard let capacity else { throw Refusal(.schema, at: "/capacity") }
        for name in ["disciplines", "expertise"] as [StaticString] { _ = try data.required(name) }
        self.init(
            id: ID(try data.required("specialistId", \.id)),
            network: try data.required("networkId", \.id),
            disciplines: try data.ids("disciplines", most: Limit.disciplines),
            expertise: try data.list("expertise", most: Limit.expertise, Expertise.init(profile:)),
            capacity: capacity
        )
        guard !disciplines.isEmpty else { throw Refusal(.schema, at: "/disciplines") }
        try readTraits(data)
        try readTies(data)
        try readTimes(data)
    }

    private mutating func readTraits(_ data: JSONValue) throws(Refusal) {
        isActive = try data.optional("active", \.bool) ?? true
        languages = try data.tags("languages", most: Limit.languages).map(primarySubtag)
        sex = try data.optional("sex", \.sex)
        acceptance =
            try data.optional("acceptsOffers", { $0.string.flatMap(Acceptance.init) }) ?? .auto
        let scope = try data.object("ageScope") { (scope) throws(Refusal) in
            AgeScope(
                min: try scope.optional("min", { $0.integer(in: Limit.ages) }),
                max: try scope.optional("max", { $0.integer(in: Limit.ages) })
            )
        }
        if let scope { ageScope = scope }
    }

    private mutating func readTies(_ data: JSONValue) throws(Refusal) {
        organisation = try data.optional("organisationId", \.id)
        practiceGroups = try data.ids("practiceGroupIds", most: Limit.practiceGroups)
        declaredConflicts = try data.ids("declaredConflicts", most: Limit.declaredConflicts)
    }

    private mutating func readTimes(_ data: JSONValue) throws(Refusal) {
        licences = try data.list("licences", most: Limit.licences) { (licence) throws(Refusal) in
            Licence(
                jurisdiction: try licence.required(
                    "jurisdiction",
                    reading: { (code) throws(Refusal) in try code.jurisdiction() }
                ),
                until: try licence.optional("until", \.day) ?? Day(number: .max)
            )
        }
        absences =
            try data.object("availability") { (availability) throws(Refusal) in
                try availability.list("notAvailable", most: Limit.absences) {
                    (period) throws(Refusal) in
                    Absence(
                        begin: try period.required("from", \.moment),
                        end: try period.required("to", \.moment)
                    )
                }
            } ?? []
    }
}

extension Specialist.Expertise {
    fileprivate init(profile data: JSONValue) throws(Refusal) {
        self.init(
            family: try Self.family(data),
            level: try data.required("level", { $0.integer(in: Self.levels) })
        )
    }

    private static func family(_ data: JSONValue) throws(Refusal) -> CancerFamily {
        guard let family = CancerFamily(name: try data.required("family", \.string)) else {
            throw Refusal(.unknownFamily, at: "/family")
        }
        return family
    }
}

extension KindCounts {
    /// The limits of `perKind`; a kind that is left out has none.
    fileprivate init?(limits capacity: JSONValue) throws(Refusal) {
        let counts = try capacity.object("perKind") { (limits) throws(Refusal) in
            var counts = KindCounts(.max)
            for (kind, name) in Self.names {
                counts[kind] =
                    try limits.optional(name) { $0.integer(in: Limit.assignments) } ?? counts[kind]
            }
            return counts
        }
        guard let counts else { return nil }
        self = counts
    }

    private static let names: [(RequestKind, StaticString)] = [
        (.single, "single"), (.panel, "panel"), (.pathologyReview, "pathology-review"),
        (.imagingReview, "imaging-review"),
    ]
}

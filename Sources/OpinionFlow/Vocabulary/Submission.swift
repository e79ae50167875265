package import OpinionMatching

/// FHIR's request priorities, the most pressing last.
package enum Priority: Int, CaseIterable, Hashable, Sendable {
    case routine, urgent, asap, stat

    package var name: String { Self.names[rawValue] }

    package init?(name: String) {
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self = Self.allCases[index]
    }

    private static let names = ["routine", "urgent", "asap", "stat"]
}

/// What kind of opinion is asked for.
package enum RequestKind: String, CaseIterable, Hashable, Sendable {
    case single, panel
    case pathologyReview = "pathology-review"
    case imagingReview = "imaging-review"
}

/// Names one request.
///
/// The same requestId in another network is another request.
package struct RequestKey: Hashable, Comparable, Sendable {
    package let network: String
    package let request: String

    package init(network: String, request: String) {
        self.network = network
        self.request = request
    }

    /// Only the request's id is hashed; the same id in two networks is rare.
    package func hash(into hasher: inout Hasher) { hasher.combine(request) }

    package static func < (left: RequestKey, right: RequestKey) -> Bool {
        (left.network, left.request) < (right.network, right.request)
    }

    /// The same number for the same request in every process; settles ties between specialists.
    package var tie: UInt64 {
        StableHash.combine(StableHash.of(network), StableHash.of(request))
    }
}

/// The data of a request that matching and reporting need.
///
/// No more of the patient is kept.
package struct Submission: Hashable, Sendable {
    package var kind: RequestKind
    package var priority: Priority
    /// The `time` of the event.
    package var submittedAt: Moment
    package var due: Moment
    package var family: CancerFamily
    /// Years, from the year of the request's time; nil: not stated.
    package var age: Int?
    package var residence: String?
    /// As the request spells them; matched by primary subtag.
    package var languages: [String]
    package var disciplines: [String]
    package var firstOpinion: Need.FirstOpinion?
    package var excluded: [Specialist.ID]
    /// Ids of the patient's questions.
    package var questions: [String]

    package init(
        kind: RequestKind = .single,
        priority: Priority = .routine,
        submittedAt: Moment,
        due: Moment,
        family: CancerFamily,
        age: Int? = nil,
        residence: String? = nil,
        languages: [String] = [],
        disciplines: [String] = [],
        firstOpinion: Need.FirstOpinion? = nil,
        excluded: [Specialist.ID] = [],
        questions: [String] = []
    ) {
        self.kind = kind
        self.priority = priority
        self.submittedAt = submittedAt
        self.due = due
        self.family = family
        self.age = age
        self.residence = residence
        self.languages = languages
        self.disciplines = disciplines
        self.firstOpinion = firstOpinion
        self.excluded = excluded
        self.questions = questions
    }
}

/// The part of a BCP 47 tag before the first hyphen, lower case: what languages are compared by.
package func primarySubtag(_ tag: String) -> String {
    if tag.utf8.allSatisfy({ UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }) { return tag }
    let primary = tag.utf8.prefix { $0 != UInt8(ascii: "-") }
    return String(Substring(primary)).lowercased()
}

package import OpinionMatching

/// The data of a request that matching and reporting need.
///
/// Nothing else about the patient is kept. Its texts lie in one buffer: of a million open requests that are held and
/// written few are looked at.
package struct Submission: Hashable, Sendable {
    /// The lists of words, in the order in which they are packed.
    package enum Words: Int, CaseIterable, Sendable {
        case languages, disciplines, excluded
        case practitioner, organisation, practiceGroup
        case questions, residence
        case specialistSex, specialist
        /// Classes whose records are all complete.
        case records
    }

    package var kind: RequestKind
    package var priority: Priority
    /// Years, from the year of the request's time; nil: not stated.
    package var age: Int? {
        get { packedAge == .min ? nil : Int(packedAge) }
        set { packedAge = newValue.map { Int16(clamping: $0) } ?? .min }
    }
    private var packedAge = Int16.min
    /// The preferred level of expertise, 1 to 5; nil: any.
    package var specialistLevel: Int? {
        get { packedLevel == 0 ? nil : Int(packedLevel) }
        set { packedLevel = newValue.map { UInt8(clamping: $0) } ?? 0 }
    }
    private var packedLevel: UInt8 = 0
    package var family: CancerFamily
    /// Organs with secondaries, as the families that treat them.
    package var organs = FamilySet()
    /// The `time` of the event.
    package var submittedAt: Moment
    package var due: Moment
    private var words: TextLists

    /// A submission whose words are packed already: a list for each of ``Words``, in their order.
    package init(
        kind: RequestKind,
        priority: Priority,
        submittedAt: Moment,
        due: Moment,
        family: CancerFamily,
        words: TextLists
    ) {
        self.kind = kind
        self.priority = priority
        self.submittedAt = submittedAt
        self.due = due
        self.family = family
        self.words = words
    }

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
        questions: [String] = [],
        preferences: Preferences = Preferences(),
        records: [String] = []
    ) {
        var words = TextLists()
        for list in [
            languages, disciplines, excluded.map(\.text), firstOpinion?.practitioner.list ?? [],
            firstOpinion?.organisation.list ?? [], firstOpinion?.practiceGroup.list ?? [],
            questions, residence.list, preferences.sex.list, (preferences.specialist?.text).list,
            records,
        ] {
            words.appendList(list)
        }
        self.init(
            kind: kind,
            priority: priority,
            submittedAt: submittedAt,
            due: due,
            family: family,
            words: words
        )
        self.age = age
        specialistLevel = preferences.level
    }

    /// The kind of work it is; of several languages the first counts.
    package var demand: Demand {
        var languages = texts(.languages)
        let first = languages.next().map { String(decoding: $0, as: UTF8.self) }
        return Demand(family: family, language: first.map(primarySubtag))
    }

    /// The words of a list as UTF-8, without making strings.
    package func texts(_ list: Words) -> TextLists.Texts { words[list.rawValue] }

    private subscript(list: Words) -> [String] {
        get { texts(list).strings }
        set {
            var changed = TextLists()
            for other in Words.allCases {
                changed.appendList(other == list ? newValue : self[other])
            }
            words = changed
        }
    }
}

// The words as strings; each look makes them anew.
extension Submission {
    package var residence: String? {
        get { words.only(Words.residence.rawValue) }
        set { self[.residence] = newValue.list }
    }

    /// As the request spells them; matched by primary subtag.
    package var languages: [String] {
        get { self[.languages] }
        set { self[.languages] = newValue }
    }

    package var disciplines: [String] {
        get { self[.disciplines] }
        set { self[.disciplines] = newValue }
    }

    package var excluded: [Specialist.ID] {
        get { self[.excluded].map(Specialist.ID.init) }
        set { self[.excluded] = newValue.map(\.text) }
    }

    /// Ids of the patient's questions.
    package var questions: [String] {
        get { self[.questions] }
        set { self[.questions] = newValue }
    }

    /// Classes whose records are all complete, in the order of the request.
    package var records: [String] {
        get { self[.records] }
        set { self[.records] = newValue }
    }

    package var preferences: Preferences {
        get {
            Preferences(
                sex: words.only(Words.specialistSex.rawValue),
                level: specialistLevel,
                specialist: words.only(Words.specialist.rawValue).map(Specialist.ID.init)
            )
        }
        set {
            self[.specialistSex] = newValue.sex.list
            self[.specialist] = (newValue.specialist?.text).list
            specialistLevel = newValue.level
        }
    }

    /// nil when nothing is known of it.
    package var firstOpinion: Need.FirstOpinion? {
        get {
            let first = Need.FirstOpinion(
                practitioner: words.only(Words.practitioner.rawValue),
                organisation: words.only(Words.organisation.rawValue),
                practiceGroup: words.only(Words.practiceGroup.rawValue)
            )
            return first.isUnknown ? nil : first
        }
        set {
            self[.practitioner] = newValue?.practitioner.list ?? []
            self[.organisation] = newValue?.organisation.list ?? []
            self[.practiceGroup] = newValue?.practiceGroup.list ?? []
        }
    }
}

extension String? {
    fileprivate var list: [String] { map { [$0] } ?? [] }
}

/// The part of a BCP 47 tag before the first hyphen, lower case: what languages are compared by.
package func primarySubtag(_ tag: String) -> String {
    if tag.utf8.allSatisfy({ UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }) { return tag }
    let primary = tag.utf8.prefix { $0 != UInt8(ascii: "-") }
    return String(Substring(primary)).lowercased()
}

internal import OpinionFlow
internal import OpinionMatching

extension Submission {
    func write(_ json: inout JSONWriter) {
        json.member("kind", kind.rawValue)
        json.member("priority", priority.name)
        json.member("submittedAt", submittedAt.milliseconds)
        json.member("due", due.milliseconds)
        json.member("family", family.name)
        json.list("organs", organs.families.map(\.name))
        if let age { json.member("age", age) }
        json.first("residence", texts(.residence))
        json.list("languages", texts(.languages))
        json.list("disciplines", texts(.disciplines))
        writeFirstOpinion(&json)
        json.list("excluded", texts(.excluded))
        json.list("questions", texts(.questions))
        json.first("specialistSex", texts(.specialistSex))
        if let specialistLevel { json.member("specialistLevel", specialistLevel) }
        json.first("specialist", texts(.specialist))
        json.list("records", texts(.records))
    }

    init?(_ json: JSONValue) {
        guard let kind = json["kind"]?.string.flatMap(RequestKind.init),
            let priority = json["priority"]?.string.flatMap(Priority.init(name:)),
            let submittedAt = json["submittedAt"]?.integer, let due = json["due"]?.integer,
            let family = json["family"]?.string.flatMap(CancerFamily.init(name:)),
            let languages = json["languages"].texts, let disciplines = json["disciplines"].texts,
            let excluded = json["excluded"].texts, let questions = json["questions"].texts,
            let records = json["records"].texts,
            let organs = json["organs"].texts?.allMapped(CancerFamily.init(name:))
        else { return nil }
        self.init(
            kind: kind,
            priority: priority,
            submittedAt: Moment(milliseconds: submittedAt),
            due: Moment(milliseconds: due),
            family: family,
            age: json["age"]?.integer.map(Int.init),
            residence: json["residence"]?.string,
            // Records of before languages were canonical.
            languages: languages.map { Language.canonical($0) ?? $0 },
            disciplines: disciplines,
            firstOpinion: json["firstOpinion"].map(Need.FirstOpinion.init(state:)),
            excluded: excluded.map(Specialist.ID.init),
            questions: questions,
            preferences: Preferences(
                sex: json["specialistSex"]?.string,
                level: json["specialistLevel"]?.integer.map(Int.init),
                specialist: (json["specialist"]?.string).map(Specialist.ID.init)
            ),
            records: records
        )
        self.organs = FamilySet(organs)
    }
}

extension Submission {
    /// Left out when nothing is known of it.
    private func writeFirstOpinion(_ json: inout JSONWriter) {
        let lists = [Words.practitioner, .organisation, .practiceGroup].map(texts)
        guard lists.contains(where: { $0.underestimatedCount > 0 }) else { return }
        json.beginObject("firstOpinion")
        json.first("practitioner", lists[0])
        json.first("organisation", lists[1])
        json.first("practiceGroup", lists[2])
        json.endObject()
    }
}

extension Need.FirstOpinion {
    fileprivate init(state json: JSONValue) {
        self.init(
            practitioner: json["practitioner"]?.string,
            organisation: json["organisation"]?.string,
            practiceGroup: json["practiceGroup"]?.string
        )
    }
}

extension JSONWriter {
    /// A list of texts; an empty one is left out.
    mutating func list(_ name: StaticString, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        beginArray(name)
        for text in texts { element(text) }
        endArray()
    }

    mutating func list(_ name: StaticString, _ texts: TextLists.Texts) {
        guard texts.underestimatedCount > 0 else { return }
        beginArray(name)
        for text in texts { element(text) }
        endArray()
    }

    /// The one text of a list; left out when the list is empty.
    fileprivate mutating func first(_ name: StaticString, _ texts: TextLists.Texts) {
        for text in texts { member(name, text) }
    }
}

extension JSONValue? {
    /// A list of texts; empty when it was left out, nil when it holds something else.
    var texts: [String]? {
        guard let value = self else { return [] }
        return value.all(\.string)
    }
}

extension JSONValue {
    /// Every element by way of `read`; nil as soon as one can't be read.
    func all<Value>(_ read: (JSONValue) -> Value?) -> [Value]? {
        guard let elements else { return nil }
        return Array(elements).allMapped(read)
    }
}

extension Array {
    /// Every element by way of `read`; nil as soon as one can't be.
    func allMapped<Value>(_ read: (Element) -> Value?) -> [Value]? {
        let values = compactMap(read)
        return values.count == count ? values : nil
    }
}

internal import OpinionFlow
internal import OpinionMatching

// request.submitted, request.amended, request.withdrawn
extension EventReader {
    /// The data of a submission or amendment.
    ///
    /// Members that neither matching nor the report needs are checked where a wrong type would be a sign of
    /// worse, and not kept.
    func submission(
        _ data: JSONValue,
        _ time: Moment,
        _ consent: inout Consent
    ) throws(Refusal) -> Submission {
        let priority = try data.optional("priority", \.priority) ?? .routine
        let kind = try data.optional("kind", \.requestKind) ?? .single
        let due =
            try data.optional("dueBy", \.moment) ?? settings.policy.due(priority, from: time)
        let (family, organs) = try Condition.sites(of: data)
        let patient = try Patient(of: data, at: time)
        consent = try Consent(of: data)
        var submission = Submission(
            kind: kind,
            priority: priority,
            submittedAt: time,
            due: due,
            family: family,
            words: try words(of: data, patient.residence)
        )
        submission.age = patient.age
        submission.organs = organs
        submission.specialistLevel = try level(of: data)
        return submission
    }

    /// The lists in the order of ``Submission/Words``, packed as they are read.
    private func words(
        of data: JSONValue,
        _ residence: ArraySlice<UInt8>?
    ) throws(Refusal) -> TextLists {
        var words = TextLists()
        words.reserveCapacity(Self.commonWordBytes)
        try data.pack("languages", most: Limit.languages, into: &words) {
            (tag) throws(Refusal) in try tag.languageBytes()
        }
        try data.packIDs("disciplines", most: Limit.disciplines, into: &words)
        try data.packIDs("excludedSpecialists", most: Limit.excludedSpecialists, into: &words)
        try packFirstOpinion(of: data, into: &words)
        try packQuestions(of: data, into: &words)
        words.appendList(of: residence)
        try packPreferences(of: data, into: &words)
        try packRecords(of: data, into: &words)
        return words
    }

    /// Bytes of a request's words, commonly; more make the buffer grow.
    private static var commonWordBytes: Int { 96 }

    private func packFirstOpinion(
        of data: JSONValue,
        into words: inout TextLists
    ) throws(Refusal) {
        let names = try data.object("firstOpinion") { (first) throws(Refusal) in
            (
                try first.optional("practitionerId", \.idBytes),
                try first.optional("organisationId", \.idBytes),
                try first.optional("practiceGroupId", \.idBytes)
            )
        }
        words.appendList(of: names?.0)
        words.appendList(of: names?.1)
        words.appendList(of: names?.2)
    }

    private func packPreferences(
        of data: JSONValue,
        into words: inout TextLists
    ) throws(Refusal) {
        let names = try data.object("preferences") { (preferences) throws(Refusal) in
            (
                try preferences.optional("specialistSex", \.sexBytes),
                try preferences.optional("specialistId", \.idBytes)
            )
        }
        words.appendList(of: names?.0)
        words.appendList(of: names?.1)
    }

    private func packQuestions(of data: JSONValue, into words: inout TextLists) throws(Refusal) {
        let begin = words.beginList()
        let count = try data.forEach("questions", most: Limit.questions) {
            (question) throws(Refusal) in
            words.append(try question.required("id", \.idBytes))
            _ = try question.optional("category", \.idBytes)
            _ = try question.optional("textRef", \.referenceBytes)
        }
        words.endList(of: count, at: begin)
    }

    private func level(of data: JSONValue) throws(Refusal) -> Int? {
        let level = try data.object("preferences") { (preferences) throws(Refusal) in
            try preferences.optional("specialistLevel") {
                $0.integer(in: Specialist.Expertise.levels)
            }
        }
        return level ?? nil
    }

    /// The classes of which no record says that it is incomplete, each once.
    private func packRecords(of data: JSONValue, into words: inout TextLists) throws(Refusal) {
        var classes: [ArraySlice<UInt8>] = []
        var incomplete: [ArraySlice<UInt8>] = []
        _ = try data.forEach("records", most: Limit.records) { (record) throws(Refusal) in
            _ = try record.required("id", \.idBytes)
            _ = try record.optional("ref", \.referenceBytes)
            _ = try record.optional("sha256", \.digestBytes)
            let isComplete = try record.optional("complete", \.bool) ?? true
            guard let name = try record.optional("class", \.idBytes) else { return }
            if !isComplete { incomplete.append(name) }
            if !classes.contains(name) { classes.append(name) }
        }
        classes.removeAll(where: incomplete.contains)
        let begin = words.beginList()
        for name in classes { words.append(name) }
        words.endList(of: classes.count, at: begin)
    }
}

extension Message {
    init(withdrawal data: JSONValue) throws(Refusal) {
        _ = try data.optional("reason") { $0.textBytes(characters: Limit.reasonCharacters) }
        self = .withdrawn
    }
}

/// What matching has to know of the patient.
private struct Patient {
    var age: Int?
    var residence: ArraySlice<UInt8>?

    init(of data: JSONValue, at time: Moment) throws(Refusal) {
        let year = Int(Timestamp.year(of: time.milliseconds))
        let facts = try data.object("patient") { (patient) throws(Refusal) in
            _ = try patient.optional("ref", \.idBytes)
            _ = try patient.optional("sex", \.sexBytes)
            _ = try patient.optional("ecog", { $0.integer(in: Limit.ecog) })
            let birth = try patient.optional("birthYear", { $0.integer(in: Limit.birthYears) })
            // Born after the request was made: nobody's age scope would ever hold such an age.
            guard birth ?? year <= year else { throw Refusal(.schema, at: "/birthYear") }
            let residence = try patient.optional(
                "residence",
                reading: { (code) throws(Refusal) in
                    try code.jurisdictionBytes()
                }
            )
            return (birth, residence)
        }
        age = facts?.0.map { year - $0 }
        residence = facts?.1
    }
}

/// A diagnosis as the request codes it.
private enum Condition {
    /// The family of the one primary condition, and those that treat the organs of the others.
    static func sites(of data: JSONValue) throws(Refusal) -> (CancerFamily, FamilySet) {
        _ = try data.required("conditions")
        var organs = FamilySet()
        var primary: (code: ICD10Code, index: Int)?
        var primaries = 0
        var index = 0
        _ = try data.list("conditions", most: Limit.conditions) { (condition) throws(Refusal) in
            let code = try code(of: condition)
            _ = try condition.optional("morphology", \.morphologyBytes)
            _ = try condition.optional("stageGroup") {
                $0.textBytes(characters: Limit.stageCharacters)
            }
            if try condition.required("role", Self.isPrimary) {
                primary = (code, index)
                primaries += 1
            } else if let organ = code.organ {
                organs.insert(organ)
            }
            index += 1
        }
        guard primaries == 1, let primary else { throw Refusal(.schema, at: "/conditions") }
        do throws(Refusal) {
            return (try family(primary.code), organs)
        } catch {
            throw error.inside("/conditions/\(primary.index)/code/code")
        }
    }

    private static func isPrimary(_ role: JSONValue) -> Bool? {
        if role.isText("primary") { return true }
        return role.isText("secondary") ? false : nil
    }

    private static func code(of condition: JSONValue) throws(Refusal) -> ICD10Code {
        let code = try condition.object("code") { (coding) throws(Refusal) in
            let system = try coding.required("system")
            guard ICD10Code.systems.contains(where: { system.isText($0) }) else {
                throw Refusal(.schema, at: "/system")
            }
            return try coding.required("code") { $0.textBytes.flatMap { ICD10Code($0) } }
        }
        guard let code else { throw Refusal(.schema, at: "/code") }
        return code
    }

    private static func family(_ code: ICD10Code) throws(Refusal) -> CancerFamily {
        switch code.site {
        case .family(let family): return family
        case .secondary: throw Refusal(.secondaryOnly)
        case .multiplePrimary, .finding, nil: throw Refusal(.unknownFamily)
        }
    }
}

extension JSONValue {
    /// Packs the texts of an array; an empty list when it isn't there.
    fileprivate func pack(
        _ name: StaticString,
        most: Int,
        into words: inout TextLists,
        _ read: (JSONValue) throws(Refusal) -> ArraySlice<UInt8>
    ) throws(Refusal) {
        let begin = words.beginList()
        let count = try forEach(name, most: most) { (element) throws(Refusal) in
            words.append(try read(element))
        }
        words.endList(of: count, at: begin)
    }

    fileprivate func packIDs(
        _ name: StaticString,
        most: Int,
        into words: inout TextLists
    ) throws(Refusal) {
        try pack(name, most: most, into: &words) { (element) throws(Refusal) in
            guard let id = element.idBytes else { throw Refusal(.schema) }
            return id
        }
    }

    fileprivate var priority: Priority? {
        Priority.allCases.first { isText($0.name) }
    }

    fileprivate var requestKind: RequestKind? {
        RequestKind.allCases.first { isText($0.rawValue) }
    }
}

extension TextLists {
    /// A list of one text, or of none.
    fileprivate mutating func appendList(of text: ArraySlice<UInt8>?) {
        let begin = beginList()
        guard let text else { return }
        append(text)
        endList(of: 1, at: begin)
    }
}

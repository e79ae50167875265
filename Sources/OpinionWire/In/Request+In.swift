internal import OpinionFlow
internal import OpinionMatching

// request.submitted, request.amended, request.withdrawn
extension EventReader {
    /// The data of a submission or amendment.
    ///
    /// Members that neither matching nor the report needs are checked where a wrong type would be
    /// a sign of worse, and not kept.
    func submission(_ data: JSONValue, _ time: Moment) throws(Refusal) -> Submission {
        let priority = try data.optional("priority", { $0.string.flatMap(Priority.init(name:)) })
        var submission = Submission(
            kind: try data.optional("kind", { $0.string.flatMap(RequestKind.init) }) ?? .single,
            priority: priority ?? .routine,
            submittedAt: time,
            due: try data.optional("dueBy", \.moment)
                ?? settings.policy.due(priority ?? .routine, from: time),
            family: try Condition.family(of: data)
        )
        submission.languages = try data.tags("languages", most: Limit.languages)
        submission.disciplines = try data.ids("disciplines", most: Limit.disciplines)
        submission.excluded = try data.ids(
            "excludedSpecialists",
            most: Limit.excludedSpecialists
        ).map(Specialist.ID.init)
        submission.firstOpinion = try data.object("firstOpinion", Need.FirstOpinion.init(first:))
        submission.questions = try data.list("questions", most: Limit.questions) {
            (question) throws(Refusal) in try question.required("id", \.id)
        }
        try readPatient(of: data, into: &submission, at: time)
        try checkUnused(data)
        return submission
    }

    private func readPatient(
        of data: JSONValue,
        into submission: inout Submission,
        at time: Moment
    ) throws(Refusal) {
        let facts = try data.object("patient") { (patient) throws(Refusal) in
            _ = try patient.optional("ref", \.id)
            _ = try patient.optional("sex", \.id)
            _ = try patient.optional("ecog", { $0.integer(in: Limit.ecog) })
            let year = Int(Timestamp.year(of: time.milliseconds))
            let birth = try patient.optional("birthYear", { $0.integer(in: Limit.birthYears) })
            // Born after the request was made: nobody's age scope would ever hold such an age.
            guard birth ?? year <= year else { throw Refusal(.schema, at: "/birthYear") }
            return (birth, try patient.optional("residence", \.jurisdiction))
        }
        submission.age = facts?.0.map { Int(Timestamp.year(of: time.milliseconds)) - $0 }
        submission.residence = facts?.1
    }

    private func checkUnused(_ data: JSONValue) throws(Refusal) {
        _ = try data.object("preferences") { (preferences) throws(Refusal) in
            try preferences.optional("specialistSex", \.id)
        }
        _ = try data.list("records", most: Limit.records) { (record) throws(Refusal) in
            _ = try record.required("id", \.id)
            _ = try record.optional("ref", \.reference)
            _ = try record.optional("sha256", \.digest)
            _ = try record.optional("complete", \.bool)
        }
    }
}

extension Message {
    init(withdrawal data: JSONValue) throws(Refusal) {
        _ = try data.optional("reason") { reason in
            reason.string.flatMap { $0.unicodeScalars.count <= Limit.reasonCharacters ? $0 : nil }
        }
        self = .withdrawn
    }
}

extension Need.FirstOpinion {
    fileprivate init(first data: JSONValue) throws(Refusal) {
        self.init(
            practitioner: try data.optional("practitionerId", \.id),
            organisation: try data.optional("organisationId", \.id),
            practiceGroup: try data.optional("practiceGroupId", \.id)
        )
    }
}

/// A diagnosis as the request codes it.
private enum Condition {
    static let systems: [StaticString] = [
        "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm",
    ]

    /// The family of the one primary condition.
    static func family(of data: JSONValue) throws(Refusal) -> CancerFamily {
        _ = try data.required("conditions")
        var primary: (code: ICD10Code, index: Int)?
        var primaries = 0
        var index = 0
        _ = try data.list("conditions", most: Limit.conditions) { (condition) throws(Refusal) in
            let code = try code(of: condition)
            if try condition.required("role", Self.isPrimary) {
                primary = (code, index)
                primaries += 1
            }
            index += 1
        }
        guard primaries == 1, let primary else { throw Refusal(.schema, at: "/conditions") }
        do throws(Refusal) {
            return try family(primary.code)
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
            guard systems.contains(where: { system.isText($0) }) else {
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
    /// The language tags of an array; empty when it isn't there.
    func tags(_ name: StaticString, most: Int) throws(Refusal) -> [String] {
        try list(name, most: most) { (element) throws(Refusal) in
            guard let tag = element.languageTag else { throw Refusal(.schema) }
            return tag
        }
    }
}

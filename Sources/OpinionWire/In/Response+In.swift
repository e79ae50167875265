internal import OpinionFlow
internal import OpinionMatching

// response.accepted, response.declined, response.withdrawn, response.opinion-submitted
extension Answer {
    /// The seat and the specialist that any response names.
    init(_ data: JSONValue) throws(Refusal) {
        let request = try data.required("requestId", \.id)
        let assignment = try data.required("assignmentId", \.assignment)
        self.init(
            assignment: AssignmentID(assignment, of: request),
            specialist: try data.optional("specialistId", \.id).map(Specialist.ID.init)
        )
    }
}

extension Message {
    init(decline data: JSONValue) throws(Refusal) {
        let reason = try data.object("declineReason") { (reason) throws(Refusal) in
            try reason.required("code", { $0.string.flatMap(DeclineReason.init) })
        }
        guard let reason else { throw Refusal(.schema, at: "/declineReason") }
        self = .declined(try Answer(data), reason)
    }
}

extension Opinion {
    /// The opinion of a delivery, as far as the report repeats it.
    init(delivery data: JSONValue) throws(Refusal) {
        let opinion = try data.object("opinion") { (opinion) throws(Refusal) in
            try Opinion(opinion)
        }
        guard let opinion else { throw Refusal(.schema, at: "/opinion") }
        self = opinion
    }

    private init(_ data: JSONValue) throws(Refusal) {
        let diagnosis = try data.object("diagnosis") { (diagnosis) throws(Refusal) in
            try diagnosis.required("verdict", { $0.string.flatMap(Diagnosis.init) })
        }
        guard let diagnosis else { throw Refusal(.schema, at: "/diagnosis") }
        self.init(
            diagnosis: diagnosis,
            treatment: try data.object("treatment") { (treatment) throws(Refusal) in
                try treatment.required("verdict", { $0.string.flatMap(Treatment.init) })
            },
            reportReference: try data.optional("reportRef", \.reference),
            sha256: try data.optional("sha256", \.digest),
            language: try data.optional("language", \.languageTag),
            answers: try data.list("answers", most: Limit.answers) { (answer) throws(Refusal) in
                _ = try answer.optional("ref", \.reference)
                return try answer.required("questionId", \.id)
            }
        )
        let impact = try data.object("impact") { (impact) throws(Refusal) in
            (
                try impact.optional("diagnosis", { $0.string.flatMap(Impact.init) }),
                try impact.optional("treatment", { $0.string.flatMap(Impact.init) })
            )
        }
        diagnosisImpact = impact?.0
        treatmentImpact = impact?.1
        _ = try data.optional("signedAt", \.moment)
        _ = try data.optional("confidence", \.id)
    }
}

extension JSONValue {
    /// An assignment's id: `<requestId>/<seat>/<attempt>`, the numbers as we write them.
    fileprivate var assignment: String? {
        guard let bytes = textBytes, bytes.count <= Limit.assignmentIDBytes,
            bytes.allSatisfy({ 0x21...0x7e ~= $0 })
        else { return nil }
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let numbers = parts.suffix(2)
        guard parts.count >= 3, numbers.allSatisfy(\.isPositiveNumber),
            (1...Limit.idBytes).contains(bytes.count - numbers.reduce(2) { $0 + $1.count })
        else { return nil }
        return string
    }
}

extension ArraySlice<UInt8> {
    fileprivate var isPositiveNumber: Bool {
        first != UInt8(ascii: "0") && !isEmpty && allSatisfy(\.isDigit)
    }
}

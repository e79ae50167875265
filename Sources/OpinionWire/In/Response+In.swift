internal import OpinionFlow
internal import OpinionMatching

// response.accepted, response.declined, response.withdrawn, response.opinion-submitted
extension Answer {
    /// The seat and the specialist that any response names.
    init(_ data: JSONValue) throws(Refusal) {
        let request = try data.required("requestId")
        let name = try data.required("assignmentId") { $0.textBytes.flatMap(SeatName.init) }
        self.init(
            assignment: request.textBytes == name.request ? name.assignment : nil,
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
            (
                try diagnosis.required("verdict", { $0.string.flatMap(Diagnosis.init) }),
                try Self.family(of: diagnosis)
            )
        }
        guard let diagnosis else { throw Refusal(.schema, at: "/diagnosis") }
        self.init(
            diagnosis: diagnosis.0,
            family: diagnosis.1,
            treatment: try data.object("treatment") { (treatment) throws(Refusal) in
                try treatment.required("verdict", { $0.string.flatMap(Treatment.init) })
            },
            reportReference: try data.optional("reportRef", \.reference),
            sha256: try data.optional("sha256", \.digest),
            language: try data.optional(
                "language",
                reading: { (tag) throws(Refusal) in try tag.language() }
            ),
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
        _ = try data.optional("confidence", \.codeBytes)
    }

    /// The family of a diagnosis that is coded; nil for a code of another system, or of no family.
    private static func family(of diagnosis: JSONValue) throws(Refusal) -> CancerFamily? {
        let site = try diagnosis.object("code") { (coding) throws(Refusal) -> ICD10Site? in
            let system = try coding.required("system")
            guard system.referenceBytes != nil else { throw Refusal(.schema, at: "/system") }
            let code = try coding.required("code", \.idBytes)
            guard ICD10Code.systems.contains(where: system.isText) else { return nil }
            return ICD10Code(code)?.site
        }
        guard case .family(let family)?? = site else { return nil }
        return family
    }
}

/// An assignment's id in two: `<requestId>` and `/<seat>/<attempt>`, the numbers as we write them.
private struct SeatName {
    let request: ArraySlice<UInt8>
    let assignment: AssignmentID

    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count <= Limit.assignmentIDBytes, bytes.allSatisfy({ 0x21...0x7e ~= $0 }),
            let (front, attempt) = Self.cut(bytes), let (request, seat) = Self.cut(front),
            (1...Limit.idBytes).contains(request.count)
        else { return nil }
        self.request = request
        assignment = AssignmentID(seat: seat, attempt: attempt)
    }

    /// What stands before the last slash, and the positive number behind it.
    ///
    /// A number beyond `Int` becomes the greatest, which no seat has.
    private static func cut(_ bytes: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Int)? {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        let digits = bytes[(slash + 1)...]
        guard !digits.isEmpty, digits.first != UInt8(ascii: "0"), digits.allSatisfy(\.isDigit)
        else {
            return nil
        }
        return (
            bytes[..<slash], digits.count > 18 ? .max : digits.reduce(0) { $0 * 10 + Int($1 & 15) }
        )
    }
}

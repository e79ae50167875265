package import OpinionMatching

/// A specialist's opinion, as far as the report states it.
///
/// The text itself stays behind its reference.
package struct Opinion: Hashable, Sendable {
    package enum Diagnosis: String, CaseIterable, Sendable {
        case confirmed, refined, changed, indeterminate
    }

    package enum Treatment: String, CaseIterable, Sendable {
        case agree, modify, replace, observe, `defer`
    }

    package enum Impact: String, CaseIterable, Sendable { case none, minor, moderate, major }

    package var diagnosis: Diagnosis
    /// The family of the diagnosis that the specialist codes; nil: not stated, or none of ours.
    package var family: CancerFamily?
    package var treatment: Treatment?
    package var diagnosisImpact: Impact?
    package var treatmentImpact: Impact?
    package var reportReference: String?
    package var sha256: String?
    package var language: String?
    /// Ids of the questions it answers.
    package var answers: [String]

    package init(
        diagnosis: Diagnosis,
        family: CancerFamily? = nil,
        treatment: Treatment? = nil,
        diagnosisImpact: Impact? = nil,
        treatmentImpact: Impact? = nil,
        reportReference: String? = nil,
        sha256: String? = nil,
        language: String? = nil,
        answers: [String] = []
    ) {
        self.diagnosis = diagnosis
        self.family = family
        self.treatment = treatment
        self.diagnosisImpact = diagnosisImpact
        self.treatmentImpact = treatmentImpact
        self.reportReference = reportReference
        self.sha256 = sha256
        self.language = language
        self.answers = answers
    }
}

internal import OpinionMatching

extension ICD10Table {
    /// Codes of secondaries with the family whose specialists treat that organ.
    ///
    /// ICD-10 chapter II, C78 and C79, and ICD-10-CM's C79.81; lymph nodes (C77) belong to no organ.
    static let organs: [(prefix: ICD10Code, family: CancerFamily)] = [
        ("C78.0", .lung), ("C78.1", .thoracicOther), ("C78.2", .thoracicOther), ("C78.3", .lung),
        ("C78.4", .colorectal), ("C78.5", .colorectal), ("C78.6", .ovarianPeritoneal),
        ("C78.7", .hpb), ("C78.8", .upperGI), ("C79.0", .kidney), ("C79.1", .urothelial),
        ("C79.2", .skinNonmelanoma), ("C79.3", .cns), ("C79.4", .cns), ("C79.5", .sarcoma),
        ("C79.6", .ovarianPeritoneal), ("C79.7", .endocrine), ("C79.81", .breast),
        ("C7B.0", .neuroendocrine),
    ].map { text, family in
        guard let prefix = ICD10Code(text) else { preconditionFailure("\(text) is no code") }
        return (prefix, family)
    }
}

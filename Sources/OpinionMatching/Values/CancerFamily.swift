/// A family of cancers that one kind of specialist treats, as in the table of ICD-10 prefixes.
///
/// The raw values are indexes of bits and arrays and are never written; ``name`` is.
package enum CancerFamily: UInt8, CaseIterable, Hashable, Sendable {
    case breast, lung, thoracicOther, upperGI, colorectal, anal, hpb, neuroendocrine, kidney
    case urothelial, prostate, testicular, penile, ovarianPeritoneal, uterine, cervical
    case vulvovaginal, headNeck, thyroid, endocrine, cns, ocular, melanoma, skinNonmelanoma
    case sarcoma, lymphoma, leukaemia, myeloma, mdsMPN, unknownPrimary

    /// The name in events and settings.
    package var name: String { Self.names[Int(rawValue)] }

    /// The family of that name; nil when there is none.
    package init?(name: String) {
        guard let family = Self.byName[name] else { return nil }
        self = family
    }

    private static let names = [
        "breast", "lung", "thoracic_other", "upper_gi", "colorectal", "anal", "hpb",
        "neuroendocrine", "kidney", "urothelial", "prostate", "testicular", "penile",
        "ovarian_peritoneal", "uterine", "cervical", "vulvovaginal", "head_neck", "thyroid",
        "endocrine", "cns", "ocular", "melanoma", "skin_nonmelanoma", "sarcoma", "lymphoma",
        "leukaemia", "myeloma", "mds_mpn", "unknown_primary",
    ]
    private static let byName = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.name, $0) }
    )
}

package import OpinionMatching

/// Who sits on a panel, and when it may report.
package struct PanelPolicy: Hashable, Sendable {
    /// A seat of a template: a discipline, and whether the report waits for it.
    package struct Place: Hashable, Sendable {
        package let discipline: String
        package let isRequired: Bool

        /// - Parameter text: A discipline; with `?` behind it the seat is optional.
        package init(_ text: String) {
            isRequired = !text.hasSuffix("?")
            discipline = isRequired ? text : String(text.dropLast())
        }
    }

    /// Disciplines that confirm the diagnosis before the others begin.
    package var first: [String] = ["pathology", "radiology"]
    /// The seats that advise, by family; the first takes the chair.
    package var templates: [CancerFamily: [Place]] = Self.standard
    /// Opinions that make a report once the request is due.
    package var quorum = 2
    /// Seats that specialists of one organisation may have.
    package var perOrganisation = 2
    /// Whether reviewers who contradict each other get an adjudicator.
    package var adjudicates = true

    package init() {}

    package func template(of family: CancerFamily) -> [Place] {
        templates[family] ?? [Place("medical-oncology")]
    }

    private static var standard: [CancerFamily: [Place]] {
        var templates: [CancerFamily: [Place]] = [:]
        for family in CancerFamily.allCases {
            templates[family] = standardNames(of: family).map(Place.init)
        }
        return templates
    }

    /// The disciplines that lead the treatment of a family, as tumour boards are commonly made up.
    package static func standardNames(of family: CancerFamily) -> [String] {
        switch family {
        case .breast, .upperGI, .melanoma, .sarcoma:
            ["medical-oncology", "surgical-oncology", "radiation-oncology"]
        case .lung: ["medical-oncology", "thoracic-surgery", "radiation-oncology"]
        case .thoracicOther: ["medical-oncology", "thoracic-surgery", "radiation-oncology?"]
        case .colorectal: ["colorectal-surgery", "medical-oncology", "radiation-oncology?"]
        case .anal: ["radiation-oncology", "medical-oncology", "colorectal-surgery?"]
        case .hpb: ["hpb-surgery", "medical-oncology", "interventional-radiology?"]
        case .neuroendocrine: ["medical-oncology", "nuclear-medicine", "surgical-oncology?"]
        case .kidney: ["urology", "medical-oncology"]
        case .urothelial: ["urology", "medical-oncology", "radiation-oncology?"]
        case .prostate: ["urology", "radiation-oncology", "medical-oncology?"]
        case .testicular: ["medical-oncology", "urology"]
        case .penile: ["urology", "medical-oncology?"]
        case .ovarianPeritoneal: ["gynaecological-oncology", "medical-oncology"]
        case .uterine: ["gynaecological-oncology", "radiation-oncology", "medical-oncology?"]
        case .cervical, .vulvovaginal: ["gynaecological-oncology", "radiation-oncology"]
        case .headNeck: ["head-neck-surgery", "radiation-oncology", "medical-oncology?"]
        case .thyroid: ["endocrinology", "head-neck-surgery", "nuclear-medicine?"]
        case .endocrine: ["endocrinology", "surgical-oncology"]
        case .cns: ["neurosurgery", "radiation-oncology", "medical-oncology?"]
        case .ocular: ["ophthalmology", "radiation-oncology"]
        case .skinNonmelanoma: ["dermatology", "surgical-oncology", "radiation-oncology?"]
        case .lymphoma: ["haematology", "radiation-oncology?"]
        case .leukaemia, .myeloma, .mdsMPN: ["haematology"]
        case .unknownPrimary: ["medical-oncology"]
        }
    }
}

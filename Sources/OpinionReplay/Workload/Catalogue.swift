/// What the generated patients have and where they live: codes and rough shares, no real person.
enum Catalogue {
    /// A diagnosis: its code, ICD-O morphology, and about how many of a hundred new cases have it
    /// (after GLOBOCAN 2022's ranking).
    struct Diagnosis {
        let code: String
        let morphology: String
        let share: Double
        let family: String
    }

    static let diagnoses: [Diagnosis] = [
        Diagnosis(code: "C34.1", morphology: "8140/3", share: 12.4, family: "lung"),
        Diagnosis(code: "C50.9", morphology: "8500/3", share: 11.5, family: "breast"),
        Diagnosis(code: "C18.7", morphology: "8140/3", share: 9.6, family: "colorectal"),
        Diagnosis(code: "C61", morphology: "8140/3", share: 7.3, family: "prostate"),
        Diagnosis(code: "C16.9", morphology: "8140/3", share: 4.9, family: "upper_gi"),
        Diagnosis(code: "C22.0", morphology: "8170/3", share: 4.3, family: "hpb"),
        Diagnosis(code: "C73", morphology: "8260/3", share: 4.1, family: "thyroid"),
        Diagnosis(code: "C53.9", morphology: "8070/3", share: 3.3, family: "cervical"),
        Diagnosis(code: "C67.9", morphology: "8120/3", share: 3.1, family: "urothelial"),
        Diagnosis(code: "C83.3", morphology: "9680/3", share: 2.8, family: "lymphoma"),
        Diagnosis(code: "C02.1", morphology: "8070/3", share: 2.4, family: "head_neck"),
        Diagnosis(code: "C64", morphology: "8310/3", share: 2.2, family: "kidney"),
        Diagnosis(code: "C92.0", morphology: "9861/3", share: 2.2, family: "leukaemia"),
        Diagnosis(code: "C54.1", morphology: "8380/3", share: 2.1, family: "uterine"),
        Diagnosis(code: "C43.5", morphology: "8720/3", share: 1.7, family: "melanoma"),
        Diagnosis(code: "C56", morphology: "8441/3", share: 1.6, family: "ovarian_peritoneal"),
        Diagnosis(code: "C71.1", morphology: "9440/3", share: 1.6, family: "cns"),
        Diagnosis(code: "C90.0", morphology: "9732/3", share: 0.9, family: "myeloma"),
        Diagnosis(code: "C80.1", morphology: "8000/3", share: 0.9, family: "unknown_primary"),
        Diagnosis(code: "C49.2", morphology: "8850/3", share: 0.6, family: "sarcoma"),
    ]

    /// A pool of specialists: its regions (ISO 3166-2) and languages, the main one first.
    struct Network {
        let id: String
        let regions: [String]
        let languages: [String]
    }

    static let networks: [Network] = [
        Network(
            id: "net-in-south",
            regions: ["IN-KA", "IN-TN", "IN-KL"],
            languages: ["en", "kn", "ta"]
        ),
        Network(
            id: "net-de",
            regions: ["DE-BY", "DE-NW", "DE-BE"],
            languages: ["de", "en", "tr"]
        ),
        Network(
            id: "net-ca",
            regions: ["CA-ON", "CA-QC", "CA-BC"],
            languages: ["en", "fr", "zh"]
        ),
        Network(
            id: "net-br",
            regions: ["BR-SP", "BR-RJ", "BR-MG"],
            languages: ["pt", "en", "es"]
        ),
    ]

    static let haematology = ["lymphoma", "leukaemia", "myeloma"]
    static let priorities = ["routine", "urgent", "asap", "stat"]
    static let priorityShares = [70.0, 20, 7, 3]

    /// The discipline that treats a family, some rarer one now and then.
    static func discipline(of family: String, _ random: inout SeededGenerator) -> String {
        if haematology.contains(family), random.chance(0.8) { return "haematology" }
        let choices = ["medical-oncology", "surgical-oncology", "radiation-oncology"]
        return choices[random.pick(weights: [50, 30, 20])]
    }

    /// Those of a specialist among whom panels are to be made up: the own one, and another in turn.
    static func disciplines(_ own: String, _ number: Int) -> [String] {
        let other = onPanels[number % onPanels.count]
        return own == other ? [own] : [own, other]
    }

    private static let onPanels = [
        "pathology", "radiology", "surgical-oncology", "radiation-oncology", "pathology",
        "medical-oncology", "radiology", "thoracic-surgery", "urology", "gynaecological-oncology",
        "colorectal-surgery", "hpb-surgery", "neurosurgery", "head-neck-surgery",
    ]
}

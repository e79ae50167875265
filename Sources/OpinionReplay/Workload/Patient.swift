internal import OpinionWire

/// What one generated request asks, drawn before it is written.
struct Patient {
    private let diagnosis: Catalogue.Diagnosis
    private let priority: String
    private let age: Int
    private let sex: String
    private let residence: String?
    private let languages: [String]
    private let discipline: String
    private let doctor: Int?
    private let excluded: [String]
    private let reference: UInt64

    init(in network: Catalogue.Network, _ random: inout SeededGenerator) {
        diagnosis = Catalogue.diagnoses[random.pick(weights: Catalogue.diagnoses.map(\.share))]
        priority = Catalogue.priorities[random.pick(weights: Catalogue.priorityShares)]
        age = Int.random(in: 25...88, using: &random)
        sex = random.pick(["female", "male"])
        residence = random.chance(0.9) ? random.pick(network.regions) : nil
        languages =
            [network.languages[0]] + random.some(Array(network.languages.dropFirst()), share: 0.1)
        discipline = Catalogue.discipline(of: diagnosis.family, &random)
        doctor = random.chance(0.85) ? Int.random(in: 0..<200, using: &random) : nil
        excluded = random.chance(0.1) ? ["sp-0000\(Int.random(in: 0..<10, using: &random))"] : []
        reference = random.next()
    }

    /// Writes the rest of the data of `request.submitted`.
    func write(_ json: inout JSONWriter, born year: Int, _ panel: Panel?) {
        json.member("priority", priority)
        writeConditions(&json, panel)
        json.beginObject("patient")
        json.member("ref", "pt-\(String(reference, radix: 16))")
        json.member("birthYear", year - age)
        json.member("sex", sex)
        if let residence { json.member("residence", residence) }
        json.endObject()
        json.texts("languages", languages)
        json.texts("disciplines", [discipline])
        if let doctor { writeFirstOpinion(&json, doctor) }
        if !excluded.isEmpty { json.texts("excludedSpecialists", excluded) }
        json.beginArray("questions")
        json.beginObject()
        json.member("id", "q1")
        json.member("category", "treatment")
        json.endObject()
        json.endArray()
    }

    private func writeConditions(_ json: inout JSONWriter, _ panel: Panel?) {
        json.beginArray("conditions")
        json.beginObject()
        json.member("role", "primary")
        writeCode(&json, diagnosis.code)
        json.member("morphology", diagnosis.morphology)
        json.endObject()
        if let code = panel?.secondary {
            json.beginObject()
            json.member("role", "secondary")
            writeCode(&json, code)
            json.endObject()
        }
        json.endArray()
    }

    private func writeCode(_ json: inout JSONWriter, _ code: String) {
        json.beginObject("code")
        json.member("system", "http://hl7.org/fhir/sid/icd-10")
        json.member("code", code)
        json.endObject()
    }

    private func writeFirstOpinion(_ json: inout JSONWriter, _ doctor: Int) {
        json.beginObject("firstOpinion")
        json.member("practitionerId", "dr-\(doctor)")
        json.member("organisationId", "org-\(doctor % 12)")
        json.member("practiceGroupId", "pg-\(doctor % 20)")
        json.endObject()
    }
}

/// What makes a generated request one for a panel.
struct Panel {
    /// ICD-10 code of an organ with secondaries, of half of them.
    let secondary: String?

    init(_ random: inout SeededGenerator) {
        secondary = random.chance(0.5) ? random.pick(["C78.0", "C78.7", "C79.3", "C79.5"]) : nil
    }
}

// Requests that several answer together.
extension Scene {
    /// What panels are asked about; all four families are advised on by the same disciplines.
    private static let panelCodes = ["C50.9", "C34.1"]
    private static let organCodes = ["C78.0", "C78.5"]
    private static let disciplines = [
        "pathology", "medical-oncology", "surgical-oncology", "radiation-oncology", "radiology",
    ]

    /// Several of each discipline in a network, in six houses.
    mutating func joinPanels(_ specialist: inout Events.Specialist, _ number: Int) {
        specialist.discipline = Self.disciplines[number % Self.disciplines.count]
        specialist.organisation = "org-\(random.below(6))"
        let more = random.some(["breast", "lung", "colorectal"], 80)
        specialist.families = Set(specialist.families + more).sorted()
    }

    /// Makes a request one for a panel, which is soon due at times.
    mutating func askPanel(_ request: inout Events.Request) {
        request.kind = "panel"
        request.code = random.pick(Self.panelCodes)
        request.secondaries = random.some(Self.organCodes, 20)
        request.disciplines = random.some(["radiation-oncology"], 15)
        if random.percent(45) { request.due = time(Double(random.within(3...25))) }
    }

    /// What the intake still has to say of a panel while others are at work; nil: nothing.
    package mutating func afterthought(on id: String) -> Outgoing? {
        guard var request = latest(id) else { return nil }
        switch random.below(100) {
        case 0..<10: return perhapsMisplaced(withdrawal(of: request))
        case 10..<40: askPanel(&request)
        case 40..<50: request.excluded = [random.pick(specialists).id]
        case 50..<54: request.kind = "single"
        default: return nil
        }
        return amend(request)
    }

    private mutating func withdrawal(of request: Events.Request) -> Outgoing {
        withdrawn.insert(request.id)
        return Events.withdrawn(request.id, of: request.network, time: time())
    }

    /// Some find another family, some contradict, some leave it open.
    mutating func panelOpinion() -> Events.Opinion {
        var opinion = Events.Opinion()
        opinion.diagnosis = random.pick([
            "confirmed", "confirmed", "confirmed", "confirmed", "refined", "refined",
            "indeterminate", "changed",
        ])
        if opinion.diagnosis == "changed", random.percent(60) {
            opinion.code = random.pick(Self.families.values.sorted())
        }
        opinion.treatment = random.pick([
            "agree", "agree", "agree", "modify", "defer", "replace", "observe",
        ])
        return opinion
    }
}

internal import OpinionFlow
internal import OpinionMatching

extension Seat {
    func write(_ json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.member("attempt", attempt)
        spec?.write(&json)
        switch state {
        case .waiting(let waiting):
            json.member("since", waiting.since.milliseconds)
            // Bits that never change their meaning; see Rule.
            json.member("rules", Int(waiting.rules.bits))
            json.member("unmatchable", waiting.isUnmatchable)
        case .held(let holding): holding.write(&json)
        case .delivered(let holding, let opinion, let at):
            holding.write(&json)
            json.member("deliveredAt", at.milliseconds)
            json.beginObject("opinion")
            opinion.write(&json)
            json.endObject()
        }
        json.endObject()
    }

    init?(_ json: JSONValue) {
        guard let id = json["id"]?.integer, let attempt = json["attempt"]?.integer,
            let state = State(json)
        else { return nil }
        var spec: SeatSpec?
        if let value = json["brief"] {
            guard let read = SeatSpec.read(value) else { return nil }
            spec = read
        }
        self.init(id: Int(id), attempt: Int(attempt), state: state, spec: spec)
    }
}

extension SeatSpec {
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject("brief")
        json.member("role", role.rawValue)
        json.list("disciplines", disciplines)
        json.list("covers", covers.map(\.name))
        json.member("required", isRequired)
        json.member("phase", phase)
        if let family { json.member("family", family.name) }
        json.endObject()
    }

    fileprivate static func read(_ json: JSONValue) -> SeatSpec? {
        guard let role = json["role"]?.string.flatMap(Role.init),
            let disciplines = json["disciplines"].texts,
            let covers = json["covers"].texts?.allMapped(CancerFamily.init(name:)), !covers.isEmpty,
            let isRequired = json["required"]?.bool, let phase = json["phase"]?.integer
        else { return nil }
        // Before that was written a member's seat in phase 2 may have been one for organs only.
        let isFamilyKnown = role != .member || phase == 1
        return SeatSpec(
            role: role,
            disciplines: disciplines,
            covers: covers,
            isRequired: isRequired,
            phase: Int(phase),
            family: json["family"]?.string.flatMap(CancerFamily.init(name:))
                ?? (isFamilyKnown ? covers[0] : nil)
        )
    }
}

extension Seat.State {
    fileprivate init?(_ json: JSONValue) {
        if let since = json["since"]?.integer {
            guard let bits = json["rules"]?.integer, let isUnmatchable = json["unmatchable"]?.bool
            else { return nil }
            self = .waiting(
                Seat.Waiting(
                    since: Moment(milliseconds: since),
                    rules: RuleSet(bits: UInt16(truncatingIfNeeded: bits)),
                    isUnmatchable: isUnmatchable
                )
            )
        } else {
            guard let holding = Seat.Holding(json) else { return nil }
            guard let opinion = json["opinion"] else { self = .held(holding); return }
            guard let at = json["deliveredAt"]?.integer, let opinion = Opinion(state: opinion)
            else {
                return nil
            }
            self = .delivered(holding, opinion, at: Moment(milliseconds: at))
        }
    }
}

extension Seat.Holding {
    fileprivate func write(_ json: inout JSONWriter) {
        json.member("specialist", specialist.text)
        json.member("at", at.milliseconds)
        json.member("discipline", discipline)
        json.member("cost", cost)
        if isAccepted { json.member("accepted", true) }
        if kind != .single { json.member("kind", kind.rawValue) }
        if let acceptBy { json.member("acceptBy", acceptBy.milliseconds) }
        if let acceptedAt { json.member("acceptedAt", acceptedAt.milliseconds) }
        if let waitedSince { json.member("waitsSince", waitedSince.milliseconds) }
        if !told.isEmpty { json.member("told", Int(told.rawValue)) }
        if let goneSince { json.member("goneSince", goneSince.milliseconds) }
        if isKept { json.member("kept", true) }
        if let stayedAt { json.member("stayedAt", stayedAt.milliseconds) }
        if let lastAttempt { json.member("lastAttempt", lastAttempt) }
        affiliation?.write(&json)
    }

    fileprivate init?(_ json: JSONValue) {
        guard let specialist = json["specialist"]?.string, let at = json["at"]?.integer,
            let discipline = json["discipline"]?.string, let cost = json["cost"]?.integer
        else { return nil }
        self.init(
            specialist: Specialist.ID(specialist),
            at: Moment(milliseconds: at),
            discipline: discipline,
            cost: Int(cost),
            isAccepted: json["accepted"]?.bool ?? false
        )
        kind = json["kind"]?.string.flatMap(RequestKind.init) ?? .single
        acceptBy = json["acceptBy"]?.integer.map { Moment(milliseconds: $0) }
        acceptedAt = json["acceptedAt"]?.integer.map { Moment(milliseconds: $0) }
        waitedSince = json["waitsSince"]?.integer.map { Moment(milliseconds: $0) }
        told = ClockMarks(state: json["told"])
        goneSince = json["goneSince"]?.integer.map { Moment(milliseconds: $0) }
        isKept = json["kept"]?.bool ?? false
        stayedAt = json["stayedAt"]?.integer.map { Moment(milliseconds: $0) }
        lastAttempt = json["lastAttempt"]?.integer.map { Int($0) }
        affiliation = json["affiliation"].flatMap(Affiliation.init)
        // Format 1 told only that the seat is kept.
        if json["orphaned"]?.bool == true { (goneSince, isKept) = (self.at, true) }
    }
}

extension Affiliation {
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject("affiliation")
        if let organisation { json.member("organisation", organisation) }
        json.list("practiceGroups", practiceGroups)
        json.endObject()
    }

    fileprivate init?(_ json: JSONValue) {
        guard let groups = json["practiceGroups"].texts else { return nil }
        self.init(organisation: json["organisation"]?.string, practiceGroups: groups)
    }
}

extension Opinion {
    fileprivate func write(_ json: inout JSONWriter) {
        json.member("diagnosis", diagnosis.rawValue)
        if let family { json.member("family", family.name) }
        if let treatment { json.member("treatment", treatment.rawValue) }
        if let diagnosisImpact { json.member("diagnosisImpact", diagnosisImpact.rawValue) }
        if let treatmentImpact { json.member("treatmentImpact", treatmentImpact.rawValue) }
        if let reportReference { json.member("reportRef", reportReference) }
        if let sha256 { json.member("sha256", sha256) }
        if let language { json.member("language", language) }
        json.list("answers", answers)
    }

    fileprivate init?(state json: JSONValue) {
        guard let diagnosis = json["diagnosis"]?.string.flatMap(Diagnosis.init),
            let answers = json["answers"].texts
        else { return nil }
        self.init(
            diagnosis: diagnosis,
            family: json["family"]?.string.flatMap(CancerFamily.init(name:)),
            treatment: json["treatment"]?.string.flatMap(Treatment.init),
            diagnosisImpact: json["diagnosisImpact"]?.string.flatMap(Impact.init),
            treatmentImpact: json["treatmentImpact"]?.string.flatMap(Impact.init),
            reportReference: json["reportRef"]?.string,
            sha256: json["sha256"]?.string,
            language: json["language"]?.string,
            answers: answers
        )
    }
}

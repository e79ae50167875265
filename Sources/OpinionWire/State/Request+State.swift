internal import OpinionFlow
internal import OpinionMatching

// A request as the state topic keeps it.
extension Request {
    func write(_ json: inout JSONWriter) {
        json.beginObject()
        json.member("told", told)
        json.beginArray("marks")
        forEachFingerprint { $0.write(&json) }
        json.endArray()
        if let submissionContent { json.member("submitted", Int64(bitPattern: submissionContent)) }
        if let amendmentContent { json.member("amended", Int64(bitPattern: amendmentContent)) }
        json.member("contentAt", contentTime.milliseconds)
        writeDay(&json)
        writePauses(&json)
        switch phase {
        case .open(let open): open.write(&json)
        case .closed(let closure):
            json.member("closed", closure.kind.rawValue)
            json.member("at", closure.at.milliseconds)
            if let demand = closure.demand {
                json.member("family", demand.family.name)
                if let language = demand.language { json.member("language", language) }
            }
        }
        json.endObject()
    }

    /// Nearly always all marks are of one day and count one.
    private func writeDay(_ json: inout JSONWriter) {
        guard let day = assignmentDay else { return }
        json.member("day", Int(day.number))
        json.beginArray("assignedThatDay")
        forEachDayMark { if $0.day == day { json.element($0.specialist.text) } }
        json.endArray()
        var (isRepeated, isEarlier) = (false, false)
        forEachDayMark { mark in
            if mark.day < day {
                isEarlier = true
            } else if mark.count > 1 {
                isRepeated = true
            }
        }
        if isRepeated {
            json.beginArray("timesThatDay")
            forEachDayMark { if $0.day == day { json.element(Int64($0.count)) } }
            json.endArray()
        }
        if isEarlier { writeEarlier(than: day, &json) }
    }

    /// What was given on earlier days of the week.
    private func writeEarlier(than day: Day, _ json: inout JSONWriter) {
        json.beginArray("assignedEarlier")
        forEachDayMark { if $0.day < day { json.element($0.specialist.text) } }
        json.endArray()
        json.beginArray("earlierDays")
        forEachDayMark { if $0.day < day { json.element(Int64($0.day.number)) } }
        json.endArray()
        json.beginArray("earlierTimes")
        forEachDayMark { if $0.day < day { json.element(Int64($0.count)) } }
        json.endArray()
    }

    /// nil when a member is missing or of a wrong type.
    init?(_ key: RequestKey, _ json: JSONValue) {
        guard let told = json["told"]?.integer, let phase = Phase(json),
            let fingerprints = json["marks"]?.all(\.integer).flatMap(EventFingerprint.all),
            let contentAt = json["contentAt"]?.integer,
            let assigned = json["assignedThatDay"].texts,
            let pauses = Pause.all(json["pauses"])
        else { return nil }
        self.init(key: key, phase: phase)
        self.told = Int(told)
        self.fingerprints = fingerprints
        submissionContent = json["submitted"]?.integer.map { UInt64(bitPattern: $0) }
        amendmentContent = json["amended"]?.integer.map { UInt64(bitPattern: $0) }
        contentTime = Moment(milliseconds: contentAt)
        if !pauses.isEmpty { self.pauses = pauses }
        let day = json["day"]?.integer ?? 0
        let times = json["timesThatDay"]?.all(\.integer) ?? []
        dayMarks =
            DayMark.earlier(json)
            + assigned.enumerated().map { index, name in
                DayMark(name, day: day, count: index < times.count ? times[index] : 1)
            }
    }
}

extension Request.DayMark {
    fileprivate init(_ name: String, day: Int64, count: Int64) {
        self.init(
            specialist: Specialist.ID(name),
            day: Day(number: Int32(truncatingIfNeeded: day)),
            count: Int(clamping: count)
        )
    }

    fileprivate static func earlier(_ json: JSONValue) -> [Request.DayMark] {
        let names = json["assignedEarlier"].texts ?? []
        let (days, times) = (
            json["earlierDays"]?.all(\.integer), json["earlierTimes"]?.all(\.integer)
        )
        guard let days, let times, days.count == names.count, times.count == names.count else {
            return []
        }
        return names.indices.map { Self(names[$0], day: days[$0], count: times[$0]) }
    }
}

extension Request.Phase {
    fileprivate init?(_ json: JSONValue) {
        if let kind = json["closed"]?.string.flatMap(Request.Closure.Kind.init) {
            guard let at = json["at"]?.integer else { return nil }
            let family = json["family"]?.string.flatMap(CancerFamily.init(name:))
            let language = json["language"]?.string.map { Language.canonical($0) ?? $0 }
            let demand = family.map { Demand(family: $0, language: language) }
            let moment = Moment(milliseconds: at)
            self = .closed(Request.Closure(kind: kind, at: moment, demand: demand))
        } else {
            guard let open = OpenRequest(json) else { return nil }
            self = .open(open)
        }
    }
}

extension OpenRequest {
    fileprivate func write(_ json: inout JSONWriter) {
        submission.write(&json)
        json.beginObject("cause")
        json.member("id", cause.eventID)
        if let trace = cause.traceparent { json.member("traceparent", trace) }
        if let trace = cause.tracestate { json.member("tracestate", trace) }
        json.endObject()
        json.beginArray("seats")
        forEachSeat { $0.write(&json) }
        json.endArray()
        json.list("barred", barred.map(\.text))
        json.list("reluctant", reluctant.map(\.text))
        if let assignedAt { json.member("assignedAt", assignedAt.milliseconds) }
        if seatsPlanned != seats.count { json.member("seatsPlanned", seatsPlanned) }
        if awaitsRecords { json.member("awaitsRecords", true) }
        if let recordsAt { json.member("recordsAt", recordsAt.milliseconds) }
        if !waitTold.told.isEmpty {
            json.member("waitTold", Int(waitTold.told.rawValue))
            json.member("waitToldSince", waitTold.since.milliseconds)
        }
        if let askedFamily { json.member("askedFamily", askedFamily.name) }
        if isToldOverdue { json.member("toldOverdue", true) }
    }

    fileprivate init?(_ json: JSONValue) {
        guard let submission = Submission(json), let cause = json["cause"],
            let id = cause["id"]?.string, let seats = json["seats"]?.all(Seat.init),
            let barred = json["barred"].texts, let reluctant = json["reluctant"].texts
        else { return nil }
        let old = OldEscalations(json["escalated"], seats)
        self.init(
            submission: submission,
            cause: Cause(
                eventID: id,
                traceparent: cause["traceparent"]?.string,
                tracestate: cause["tracestate"]?.string
            ),
            seats: seats,
            barred: barred.map(Specialist.ID.init),
            reluctant: reluctant.map(Specialist.ID.init),
            assignedAt: json["assignedAt"]?.integer.map { Moment(milliseconds: $0) },
            seatsPlanned: json["seatsPlanned"]?.integer.map { Int(clamping: $0) },
            awaitsRecords: json["awaitsRecords"]?.bool ?? false,
            recordsAt: json["recordsAt"]?.integer.map { Moment(milliseconds: $0) },
            waitTold: WaitMarks(state: json) ?? old.waitTold,
            askedFamily: json["askedFamily"]?.string.flatMap(CancerFamily.init(name:)),
            isToldOverdue: json["toldOverdue"]?.bool ?? old.isToldOverdue
        )
    }
}

/// What format 2 told of limits: 1 for waiting, 2 for overdue.
private struct OldEscalations {
    let waitTold: WaitMarks
    let isToldOverdue: Bool

    init(_ json: JSONValue?, _ seats: [Seat]) {
        let bits = json?.integer ?? 0
        let waits = seats.compactMap { seat -> Moment? in
            if case .waiting(let waiting) = seat.state { waiting.since } else { nil }
        }
        let since = bits & 1 == 0 ? nil : waits.min()
        waitTold = since.map { WaitMarks(.escalated, since: $0) } ?? WaitMarks()
        isToldOverdue = bits & 2 != 0
    }
}

extension WaitMarks {
    /// nil when nothing was told.
    fileprivate init?(state json: JSONValue) {
        guard let since = json["waitToldSince"]?.integer else { return nil }
        self.init(ClockMarks(state: json["waitTold"]), since: Moment(milliseconds: since))
    }
}

extension ClockMarks {
    init(state json: JSONValue?) {
        self.init(rawValue: UInt8(truncatingIfNeeded: json?.integer ?? 0))
    }
}

extension EventFingerprint {
    /// Three numbers, as signed ones: the reader's integers are exact to 64 bits.
    fileprivate func write(_ json: inout JSONWriter) {
        for number in [identity.high, identity.low, content] {
            json.element(Int64(bitPattern: number))
        }
    }

    /// The marks of a flat list; nil when numbers are missing.
    fileprivate static func all(_ numbers: [Int64]) -> [EventFingerprint]? {
        guard numbers.count % 3 == 0 else { return nil }
        return stride(from: 0, to: numbers.count, by: 3).map { place in
            let (high, low) = (numbers[place], numbers[place + 1])
            return EventFingerprint(
                identity: EventIdentity(
                    high: UInt64(bitPattern: high),
                    low: UInt64(bitPattern: low)
                ),
                content: UInt64(bitPattern: numbers[place + 2])
            )
        }
    }
}

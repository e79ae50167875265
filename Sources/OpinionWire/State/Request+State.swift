internal import OpinionFlow
internal import OpinionMatching

// A request as the state topic keeps it. Numbers of 64 bits are hexadecimal text: JSON's are not safe.
extension Request {
    func write(_ json: inout JSONWriter) {
        json.beginObject()
        json.member("told", told)
        json.beginArray("marks")
        for mark in marks { json.element(mark.text) }
        json.endArray()
        if let submissionContent { json.member("submitted", hex(submissionContent)) }
        if let amendmentContent { json.member("amended", hex(amendmentContent)) }
        json.member("contentAt", contentTime.milliseconds)
        if let day = dayMarks.first?.day {
            json.member("day", Int(day.number))
            json.list("assignedThatDay", dayMarks.map(\.specialist.text))
        }
        switch phase {
        case .open(let open): open.write(&json)
        case .closed(let closure):
            json.member("closed", closure.kind.rawValue)
            json.member("at", closure.at.milliseconds)
        }
        json.endObject()
    }

    /// nil when a member is missing or of a wrong type.
    init?(_ key: RequestKey, _ json: JSONValue) {
        guard let told = json["told"]?.integer, let phase = Phase(json),
            let marks = json["marks"]?.all({ $0.string.flatMap(Mark.init(text:)) }),
            let contentAt = json["contentAt"]?.integer, let assigned = json["assignedThatDay"].texts
        else { return nil }
        self.init(key: key, phase: phase)
        self.told = Int(told)
        self.marks = marks
        submissionContent = json["submitted"]?.string.flatMap { UInt64($0, radix: 16) }
        amendmentContent = json["amended"]?.string.flatMap { UInt64($0, radix: 16) }
        contentTime = Moment(milliseconds: contentAt)
        let day = Day(number: Int32(truncatingIfNeeded: json["day"]?.integer ?? 0))
        dayMarks = assigned.map { DayMark(specialist: Specialist.ID($0), day: day) }
    }
}

extension Request.Phase {
    fileprivate init?(_ json: JSONValue) {
        if let kind = json["closed"]?.string.flatMap(Request.Closure.Kind.init) {
            guard let at = json["at"]?.integer else { return nil }
            self = .closed(Request.Closure(kind: kind, at: Moment(milliseconds: at)))
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
        for seat in seats { seat.write(&json) }
        json.endArray()
        json.list("barred", barred.map(\.text))
        json.list("reluctant", reluctant.map(\.text))
        if let assignedAt { json.member("assignedAt", assignedAt.milliseconds) }
    }

    fileprivate init?(_ json: JSONValue) {
        guard let submission = Submission(json), let cause = json["cause"],
            let id = cause["id"]?.string, let seats = json["seats"]?.all(Seat.init),
            let barred = json["barred"].texts, let reluctant = json["reluctant"].texts
        else { return nil }
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
            assignedAt: json["assignedAt"]?.integer.map { Moment(milliseconds: $0) }
        )
    }
}

extension Mark {
    /// Three numbers of 64 bits, each of 16 hexadecimal digits.
    fileprivate var text: String { hex(identity.high) + hex(identity.low) + hex(content) }

    fileprivate init?(text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 48,
            let numbers = [0, 16, 32].allMapped({ begin in
                UInt64(String(decoding: digits[begin..<begin + 16], as: UTF8.self), radix: 16)
            })
        else { return nil }
        self.init(
            identity: EventIdentity(high: numbers[0], low: numbers[1]),
            content: numbers[2]
        )
    }
}

/// 16 hexadecimal digits.
private func hex(_ number: UInt64) -> String {
    let digits = (0..<16).map { place -> UInt8 in
        let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * place) & 15)
        return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
    return String(decoding: digits, as: UTF8.self)
}

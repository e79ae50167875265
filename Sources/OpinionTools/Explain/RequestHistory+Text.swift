internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

// What came in and went out, in words.
extension RequestHistory.Entry {
    /// A line for what happened, and more for its reasons.
    var lines: [String] {
        switch content {
        case .heard(let heard): ["← " + heard.text]
        case .told(let told): Self.lines(told.type, told.data)
        }
    }

    private static func lines(_ type: String, _ data: JSONValue) -> [String] {
        switch type {
        case "assignment.made.v1": assignment(data)
        case "assignment.rescinded.v1":
            [
                "↩ \(data.text("specialistId")) gives up \(data.text("assignmentId")): \(data.text("reason"))"
            ]
        case "request.waiting.v1":
            [
                "… seat \(data["seatId"]?.integer ?? 1) waits: \(data["reasons"].counts)"
            ] + help(data)
        case "request.unmatchable.v1":
            [
                "✗ nobody on the roster may take seat \(data["seatId"]?.integer ?? 1): "
                    + (data["reasons"].counts.isEmpty
                        ? "the network has no active specialist" : data["reasons"].counts)
            ] + help(data)
        case "request.awaiting-records.v1": ["… waits for records: \(data["missing"].list)"]
        case "request.reminder.v1": ["! reminder of the clock \(data.text("clock"))\(data.seat)"]
        case "request.escalated.v1": ["! escalated: \(data.text("reason"))\(data.seat)"]
        case "request.closed.v1": ["■ closed: \(data.text("reason"))"]
        case "request.refused.v1":
            ["✗ refused: \(data.text("reason")) at \(data.text("pointer"))"]
        case "report.ready.v1": report(data)
        default: [type]
        }
    }

    private static func help(_ data: JSONValue) -> [String] {
        let names = data["unlock"].list
        return names.isEmpty ? [] : ["what would help: \(names)"]
    }

    private static func assignment(_ data: JSONValue) -> [String] {
        let seat = data["seat"]
        let role = seat?["role"]?.string ?? "member"
        let offer = data["acceptBy"]?.string.map { ", to be accepted by \($0)" } ?? ""
        let decision = data["decision"]
        let candidates = decision?["candidates"]?.elements?.map { candidate($0) } ?? []
        return [
            "→ \(data.text("specialistId")) gets \(data.text("assignmentId")): "
                + (role == "member" ? "" : "\(role), ")
                + "\(seat?.text("discipline") ?? "") for \(seat?["covers"].list ?? "")" + offer
        ] + [data.directiveText].compactMap(\.self) + [
            "of \(decision?["considered"]?.integer ?? 0) active \(decision?["eligible"]?.integer ?? 0) could"
                + "; not: \(decision?["excluded"].counts ?? "")",
            (data["directed"] == nil ? "the best" : "that one and the best others")
                + ", lower first: " + candidates.joined(separator: "; "),
        ] + relaxed(decision?["step"])
    }

    private static func relaxed(_ step: JSONValue?) -> [String] {
        let names = step?["relaxed"].list ?? ""
        return names.isEmpty ? [] : ["wishes no longer looked at by then: \(names)"]
    }

    private static func candidate(_ candidate: JSONValue) -> String {
        "\(candidate.text("specialistId")) \(candidate["score"]?.integer ?? 0)"
            + " (\(candidate["terms"].counts))"
    }

    private static func report(_ data: JSONValue) -> [String] {
        let (summary, timing, seats) = (data["summary"], data["timing"], data["seats"])
        let missing = seats?["missing"]?.elements?.compactMap { $0.integer.map { "\($0)" } } ?? []
        let dissent = summary?["dissent"].list ?? ""
        return [
            "✓ report: diagnosis \(summary?.text("diagnosis") ?? ""), treatment "
                + "\(summary?.text("treatment") ?? ""), \(summary?.text("agreement") ?? "")"
                + (dissent.isEmpty ? "" : ", against it \(dissent)"),
            "\(seats?["delivered"]?.integer ?? 0) of \(seats?["planned"]?.integer ?? 0) seats"
                + (missing.isEmpty ? "" : ", missing \(missing.joined(separator: " "))")
                + "; \((timing?["patientSeconds"]?.integer ?? 0).hours) since the request, "
                + "\((timing?["serviceSeconds"]?.integer ?? 0).hours) since the first assignment, "
                + (timing?["dueMet"]?.bool == true ? "in time" : "late"),
        ]
    }
}

extension Int64 {
    /// Seconds as hours, or minutes when they are few.
    fileprivate var hours: String { self < 7_200 ? "\(self / 60) min" : "\(self / 3_600) h" }
}

extension JSONValue {
    func text(_ name: StaticString) -> String { self[name]?.string ?? "" }

    /// Of an assignment: who directed it to whom, and why; nil: nobody did.
    var directiveText: String? {
        self["directed"].map { authorization in
            "operator \(authorization.text("operatorId")) directed it to \(text("specialistId"))"
                + " (\(authorization.text("reason")))"
        }
    }

    /// Which seat a reminder or escalation is about, and whose, if any.
    fileprivate var seat: String {
        if let seat = self["seatId"]?.integer { return ", seat \(seat)" }
        return self["specialistId"]?.string.map { ", \(text("assignmentId")) of \($0)" } ?? ""
    }
}

extension JSONValue? {
    /// Names with numbers.
    fileprivate var counts: String {
        self?.members?.map { "\($0.key) \($0.value.integer ?? 0)" }.joined(separator: ", ") ?? ""
    }

    fileprivate var list: String {
        self?.elements?.compactMap(\.string).joined(separator: ", ") ?? ""
    }
}

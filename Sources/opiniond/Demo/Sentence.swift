internal import Foundation
internal import OpinionWire

/// What an event says, in words that a person can follow.
enum Sentence {
    static func assignment(_ data: JSONValue) -> String {
        let decision = data["decision"]
        let best = decision?["candidates"]?.elements?.first { _ in true }
        return "\(data["priority"]?.string ?? "") → \(data["specialistId"]?.string ?? "") "
            + "(\(seat(data["seat"]))" + (data["language"]?.string.map { ", \($0)" } ?? "") + "): "
            + "\(status(best?["terms"])), first of \(decision?["eligible"]?.integer ?? 0) eligible "
            + "among \(decision?["considered"]?.integer ?? 0); not: \(counts(decision?["excluded"]))"
    }

    /// How busy somebody is, the first term by which the eligible are ranked, and what else there is.
    private static func status(_ terms: JSONValue?) -> String {
        let busy = Double(terms?["utilisation"]?.integer ?? 0) / 100
        let others = terms?.members?.filter { $0.key != "utilisation" }.map(\.key) ?? []
        return String(format: "%.0f %% busy", busy) + others.map { ", \(words[$0] ?? $0)" }.joined()
    }

    private static let words = [
        "today": "given some today", "scarcity": "others need them too",
        "declined": "asked again after declining",
    ]

    /// What the seat is for.
    private static func seat(_ seat: JSONValue?) -> String {
        let role = seat?["role"]?.string ?? "member"
        let covers = seat?["covers"]?.elements?.compactMap(\.string) ?? []
        let organs = covers.isEmpty ? "" : " for \(covers.joined(separator: " and "))"
        return (role == "member" ? "" : "\(role), ") + (seat?["discipline"]?.string ?? "") + organs
    }

    // MARK: Reports

    /// - Parameters:
    ///   - data: What the event says.
    ///   - judges: Assignments of those who judge between others.
    /// - Returns: The text, of a panel a line for each opinion.
    static func report(_ data: JSONValue, judges: Set<String>) -> String {
        let summary = data["summary"]
        return "diagnosis \(summary?["diagnosis"]?.string ?? ""), "
            + "treatment \(summary?["treatment"]?.string ?? ""), "
            + "\(data["timing"]?["serviceSeconds"]?.integer ?? 0) s after assignment"
            + (data["kind"]?.string == "panel" ? panel(data, judges) : "")
    }

    /// Who said what, and how far they agree.
    private static func panel(_ data: JSONValue, _ judges: Set<String>) -> String {
        let (seats, summary) = (data["seats"], data["summary"])
        let dissent = Set(summary?["dissent"]?.elements?.compactMap(\.string) ?? [])
        let opinions = data["reports"]?.elements?.map { opinion($0, judges, dissent) } ?? []
        return ", \(summary?["agreement"]?.string ?? ""); "
            + "\(seats?["delivered"]?.integer ?? 0) of \(seats?["planned"]?.integer ?? 0) seats, "
            + "\(data["questions"]?["answered"]?.count ?? 0) questions answered" + opinions.joined()
    }

    private static func opinion(
        _ report: JSONValue,
        _ judges: Set<String>,
        _ dissent: Set<String>
    ) -> String {
        let assignment = report["assignmentId"]?.string ?? ""
        return "\n            \(report["specialistId"]?.string ?? "") "
            + "(\(judges.contains(assignment) ? "adjudicator, " : "")\(report["discipline"]?.string ?? "")): "
            + "diagnosis \(report["diagnosis"]?.string ?? ""), "
            + "treatment \(report["treatment"]?.string ?? "")"
            + (dissent.contains(assignment) ? ", dissents" : "")
    }

    /// Names with their numbers.
    static func counts(_ value: JSONValue?) -> String {
        guard let members = value?.members else { return "" }
        return members.map { "\($0.key) \($0.value.integer ?? 0)" }.joined(separator: ", ")
    }
}

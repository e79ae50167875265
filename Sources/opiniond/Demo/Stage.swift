internal import Foundation
internal import OpinionService
internal import OpinionReplay
internal import OpinionWire
internal import Synchronization

/// Turns what happens into lines that a person can follow.
final class Stage: Sendable {
    let summary: Summary
    private let print: @Sendable (String) -> Void
    private let begun = ProcessInfo.processInfo.systemUptime
    private let over = Atomic<Bool>(false)

    /// - Parameters:
    ///   - print: Takes the lines.
    ///   - deadLetters: How many are to be expected.
    init(print: @escaping @Sendable (String) -> Void, deadLetters: Int) {
        self.print = print
        summary = Summary(deadLetters: deadLetters)
    }

    /// Whether the daemon has ended.
    var isOver: Bool { over.load(ordering: .acquiring) }
    func end() { over.store(true, ordering: .releasing) }

    func say(_ text: String) { print(text) }

    private func tell(_ text: String) {
        let seconds = ProcessInfo.processInfo.systemUptime - begun
        print(String(format: "%5.1fs  ", seconds) + text)
    }

    // MARK: Events

    func show(_ type: String, _ data: JSONValue) {
        let request = data["requestId"]?.string ?? "?"
        summary.count(type, request, delivered: data["reports"]?.count ?? 0)
        switch type.dropFirst("org.opiniond.".count) {
        case "assignment.made.v1": tell("⇢ \(request)  \(Self.assignment(data))")
        case "assignment.rescinded.v1":
            tell("↩ \(request)  taken back (\(data["reason"]?.string ?? ""))")
        case "request.waiting.v1": tell("… \(request)  waits: \(Self.counts(data["reasons"]))")
        case "request.unmatchable.v1":
            tell("✗ \(request)  nobody on the roster fits: \(Self.counts(data["reasons"]))")
        case "report.ready.v1": tell("✓ \(request)  report ready: \(Self.report(data))")
        default: tell("  \(request)  \(type)")
        }
    }

    func deadLetter(_ record: Record) {
        summary.deadLetter()
        let reason = record.headers.first { $0.name == "opiniond-dlq-reason" }?.value ?? []
        tell("☠ a record nobody can read: dead letter (\(String(decoding: reason, as: UTF8.self)))")
    }

    private static func assignment(_ data: JSONValue) -> String {
        let decision = data["decision"]
        let best = decision?["candidates"]?.elements?.first { _ in true }
        let utilisation = Double(best?["score"]?.integer ?? 0) / 100
        return "\(data["priority"]?.string ?? "") → \(data["specialistId"]?.string ?? "") "
            + "(\(seat(data["seat"]))"
            + (data["language"]?.string.map { ", \($0)" } ?? "") + "): least busy, "
            + String(format: "%.0f %%", utilisation)
            + ", of \(decision?["eligible"]?.integer ?? 0) eligible among "
            + "\(decision?["considered"]?.integer ?? 0); not: \(counts(decision?["excluded"]))"
    }

    /// What the seat is for; of a request that is no panel the discipline says it.
    private static func seat(_ seat: JSONValue?) -> String {
        let discipline = seat?["discipline"]?.string ?? ""
        let role = seat?["role"]?.string ?? "member"
        let covers = seat?["covers"]?.elements?.compactMap(\.string) ?? []
        let organs = covers.count > 1 ? " for \(covers.joined(separator: " and "))" : ""
        return (role == "member" ? "" : "\(role), ") + discipline + organs
    }

    private static func report(_ data: JSONValue) -> String {
        let summary = data["summary"]
        return "diagnosis \(summary?["diagnosis"]?.string ?? ""), "
            + "treatment \(summary?["treatment"]?.string ?? ""), "
            + "\(data["timing"]?["serviceSeconds"]?.integer ?? 0) s after assignment"
            + (data["kind"]?.string == "panel" ? panel(data) : "")
    }

    /// Who said what, and how far they agree.
    private static func panel(_ data: JSONValue) -> String {
        let lines = data["reports"]?.elements?.map { report in
            "\n            \(report["specialistId"]?.string ?? "") (\(report["discipline"]?.string ?? "")): "
                + "\(report["diagnosis"]?.string ?? ""), \(report["treatment"]?.string ?? "")"
        }
        let summary = data["summary"]
        let dissent = summary?["dissent"]?.elements?.compactMap(\.string) ?? []
        return ", \(summary?["agreement"]?.string ?? "")"
            + (dissent.isEmpty ? "" : ", against it \(dissent.joined(separator: " "))")
            + (lines ?? []).joined()
    }

    private static func counts(_ value: JSONValue?) -> String {
        guard let members = value?.members else { return "" }
        return members.map { "\($0.key) \($0.value.integer ?? 0)" }.joined(separator: ", ")
    }

    // MARK: Health

    /// The daemon's own lines: health is shown in short, trouble in full.
    func relay(_ lines: String) {
        for line in lines.split(separator: "\n") {
            if line.contains("kind=health") { tell("♥ " + Self.short(line)) }
            if line.contains("level=error") || line.contains("level=critical") {
                tell(String(line))
            }
        }
    }

    private static func short(_ line: Substring) -> String {
        let wanted = [
            "status", "requests_open", "requests_waiting", "units_used", "lag", "assigned_total",
            "reports_total", "dead_letters_total", "latency_p99_ms",
        ]
        let fields = line.split(separator: " ").filter { field in
            wanted.contains { field.hasPrefix("\($0)=") }
        }
        return fields.joined(separator: " ")
    }
}

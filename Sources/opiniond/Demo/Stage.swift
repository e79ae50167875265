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
    /// Assignments of those who judge between others.
    private let judges = Mutex<Set<String>>([])

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
        case "assignment.made.v1":
            noteRole(data)
            tell("⇢ \(request)  \(Sentence.assignment(data))")
        case "assignment.rescinded.v1":
            tell("↩ \(request)  taken back (\(data["reason"]?.string ?? ""))")
        case "request.waiting.v1": tell("… \(request)  waits: \(Sentence.counts(data["reasons"]))")
        case "request.unmatchable.v1":
            tell("✗ \(request)  nobody on the roster fits: \(Sentence.counts(data["reasons"]))")
        case "report.ready.v1":
            let judges = judges.withLock { $0 }
            tell("✓ \(request)  report ready: \(Sentence.report(data, judges: judges))")
        default: tell("  \(request)  \(type)")
        }
    }

    /// What begins with a seat of a panel.
    private func noteRole(_ data: JSONValue) {
        let isFirst = data["attempt"]?.integer == 1
        switch data["seat"]?["role"]?.string {
        case "chair" where isFirst:
            tell("— the first have looked: now the others are asked for advice")
        case "adjudicator":
            if isFirst { tell("— two contradict each other: somebody independent of them judges") }
            judges.withLock { _ = $0.insert(data["assignmentId"]?.string ?? "") }
        default: break
        }
    }

    func deadLetter(_ record: Record) {
        summary.deadLetter()
        let reason = record.headers.first { $0.name == "opiniond-dlq-reason" }?.value ?? []
        tell("☠ a record nobody can read: dead letter (\(String(decoding: reason, as: UTF8.self)))")
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

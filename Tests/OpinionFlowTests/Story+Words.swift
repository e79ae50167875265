import OpinionFlow
import OpinionMatching

// How transcripts put what is told.

extension Outcome {
    var suffix: String {
        switch self {
        case .applied: ""
        case .duplicate: ": duplicate"
        case .superseded: ": superseded"
        case .refused(let refusal):
            ": \(refusal.reason.rawValue)" + (refusal.ineligibility.map { " (\($0.name))" } ?? "")
                + " at \(refusal.pointer)"
        }
    }
}

extension Announcement {
    var line: String {
        let cause = cause.map { " [\($0.eventID)]" } ?? ""
        return "\(key.request)#\(number) \(kind.text(of: key.request))\(cause)"
    }
}

extension AnnouncementKind {
    fileprivate func text(of request: String) -> String {
        switch self {
        case .assigned(let assignment):
            let load = "\(assignment.unitsBefore) of \(assignment.capacity)"
            let language = assignment.language.map { ", in \($0)" } ?? ""
            let seat = assignment.seatText
            let offer = assignment.acceptBy == nil ? "to" : "offered to"
            return "\(assignment.id.text(of: request)) \(offer) \(assignment.specialist.text)"
                + "\(seat), who holds \(load)\(language)\(assignment.decision.wishText)"
                + (assignment.directed.map { ", by \($0.operatorID) for \($0.reason.rawValue)" }
                    ?? "")
        case .rescinded(let id, let specialist, let reason):
            return "\(id.text(of: request)) taken back from \(specialist.text): \(reason.rawValue)"
        case .waiting(_, let exclusions): return "waits: \(exclusions.text)"
        case .unmatchable(_, let exclusions, _): return "unmatchable: \(exclusions.text)"
        case .awaitingRecords(let missing): return "awaits \(missing.joined(separator: ", "))"
        case .reminder(let reminder):
            return "reminder: \(reminder.clock.rawValue)\(reminder.notice.text(of: request))"
        case .escalated(let escalation):
            return "escalated: \(escalation.reason.name)\(escalation.notice.text(of: request))"
        case .closed(let reason): return "closed: \(reason.rawValue)"
        case .reportReady(let report): return "report: \(report.text)"
        }
    }
}

extension Shortage {
    var text: String {
        let rules = Rule.allCases.filter(obstacles.contains).map(\.name).joined(separator: ", ")
        let families = ([missing.family] + missing.alsoTreats.families).map(\.name)
        let wanted = [families, missing.disciplines, missing.languages, [missing.residence ?? ""]]
        let kind = wanted.map { $0.joined(separator: "+") }.filter { !$0.isEmpty }
        return "but for \(rules.isEmpty ? "more than one rule" : rules); missing: "
            + kind.joined(separator: ", ")
    }
}

extension Audit {
    var text: String {
        let found = decision.verdicts.map { verdict in
            switch verdict.finding {
            case .ranked(let candidate): "\(verdict.specialist.text) \(candidate.score)"
            case .excluded(let rule): "\(verdict.specialist.text) \(rule.name)"
            }
        }
        return "of seat \(assignment.seat)/\(assignment.attempt): " + found.joined(separator: ", ")
    }
}

extension Notice {
    fileprivate func text(of request: String) -> String {
        switch subject {
        case .request: ""
        case .waiting(let seat): ", seat \(seat)"
        case .held(let id, let specialist): ", \(id.text(of: request)) of \(specialist.text)"
        }
    }
}

extension Assignment {
    /// Of a panel's seat what it is for.
    fileprivate var seatText: String {
        let families = covers.map(\.name).joined(separator: " and ")
        if role == .member, discipline == "medical-oncology" { return "" }
        return " as \(role == .member ? "" : "\(role.rawValue), ")\(discipline) for \(families)"
    }
}

extension Decision {
    /// How far the wishes were relaxed, and which of those left the chosen one doesn't fulfil.
    fileprivate var wishText: String {
        guard let step else { return "" }
        let relaxed = step.relaxed.kinds.map { " \($0.name)" }.joined()
        let terms = candidates[0].preferences
        let missed = Preferences.Kind.allCases.filter { terms[$0] > 0 }.map {
            " \($0.name) \(terms[$0])"
        }
        return ", step \(step.number)" + (relaxed.isEmpty ? "" : " without\(relaxed)")
            + (missed.isEmpty ? "" : ", for" + missed.joined())
    }
}

extension Exclusions {
    fileprivate var text: String {
        let counts = Rule.allCases.filter { self[$0] > 0 }.map { "\($0.name) \(self[$0])" }
        return counts.isEmpty ? "nobody there" : counts.joined(separator: ", ")
    }
}

extension Report {
    fileprivate var text: String {
        let opinions = entries.map { "\($0.specialist.text) says \($0.opinion.diagnosis.rawValue)" }
        let hours = (deliveredAt.milliseconds - submittedAt.milliseconds) / 3_600_000
        let open = questionsByAnswer.unanswered
        let unanswered = open.isEmpty ? "" : ", unanswered \(open.joined(separator: " "))"
        let panel = entries.count + missing.count == 1 ? "" : panelText
        let records = recordsAt.map {
            " of which \(($0.milliseconds - submittedAt.milliseconds) / 3_600_000) h for records"
        }
        return opinions.joined(separator: ", ") + " after \(hours) h" + (records ?? "") + unanswered
            + panel
    }

    private var panelText: String {
        let consensus = consensus
        let treatment = consensus.treatment.map { ", \($0.rawValue)" } ?? ""
        let dissent = consensus.dissent.map { "\($0.seat)" }.joined(separator: " ")
        return "; \(consensus.agreement.rawValue): \(consensus.diagnosis.rawValue)\(treatment)"
            + (dissent.isEmpty ? "" : ", against it seat \(dissent)")
            + (missing.isEmpty ? "" : "; missing \(missing)")
    }
}

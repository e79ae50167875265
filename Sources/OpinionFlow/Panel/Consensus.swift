/// What the opinions of a report add up to.
package struct Consensus: Hashable, Sendable {
    package enum Agreement: String, CaseIterable, Sendable {
        /// Nobody contradicts what the report says.
        case unanimous
        /// Fewer than half do.
        case majority
        case divided
    }

    package var diagnosis: Opinion.Diagnosis
    package var treatment: Opinion.Treatment?
    /// The greatest that any agreeing opinion states.
    package var diagnosisImpact: Opinion.Impact?
    package var treatmentImpact: Opinion.Impact?
    package var agreement: Agreement
    /// The assignments whose opinions contradict it.
    package var dissent: [AssignmentID]
}

extension Consensus {
    /// One opinion, which nobody contradicts.
    init(of opinion: Opinion) {
        self.init(
            diagnosis: opinion.diagnosis,
            treatment: opinion.treatment,
            diagnosisImpact: opinion.diagnosisImpact,
            treatmentImpact: opinion.treatmentImpact,
            agreement: .unanimous,
            dissent: []
        )
    }
}

extension Report {
    /// What most opinions say; where reviewers contradict each other, what the adjudicator says.
    ///
    /// Of equally frequent verdicts the chair's counts, else the one that changes most.
    /// - Precondition: at least one seat has delivered.
    package var consensus: Consensus {
        let counted = counted
        if counted.count == 1 { return Consensus(of: counted[0].opinion) }
        let summary = Opinion(diagnosis: diagnosis, treatment: treatment)
        let dissent = counted.filter { $0.opinion.contradicts(summary) }.map(\.assignment)
        let agreeing = counted.map(\.opinion).filter { !$0.contradicts(summary) }
        return Consensus(
            diagnosis: summary.diagnosis,
            treatment: summary.treatment,
            diagnosisImpact: agreeing.compactMap(\.diagnosisImpact).max(by: Self.isLess),
            treatmentImpact: agreeing.compactMap(\.treatmentImpact).max(by: Self.isLess),
            agreement: agreement(against: dissent.count),
            dissent: dissent
        )
    }

    /// The opinions about the family that is asked about; all of them if there is none.
    private var counted: [Entry] {
        let counted = entries.filter { !$0.isOutdated }
        return counted.isEmpty ? entries : counted
    }

    private func agreement(against dissenters: Int) -> Consensus.Agreement {
        // A summary that leaves the diagnosis open is contradicted by nobody.
        if dissenters == 0 { return counted.map(\.opinion).contradict ? .divided : .unanimous }
        return dissenters * 2 < counted.count ? .majority : .divided
    }

    private var diagnosis: Opinion.Diagnosis {
        if let judge, reviewers.map(\.diagnosis).conflict {
            return judge.diagnosis
        }
        return most(counted.map(\.opinion.diagnosis), chair?.diagnosis) ?? .indeterminate
    }

    private var treatment: Opinion.Treatment? {
        if let judge, reviewers.compactMap(\.treatment).conflict { return judge.treatment }
        return most(counted.compactMap(\.opinion.treatment), chair?.treatment)
    }

    private var judge: Opinion? { counted.first { $0.role == .adjudicator }?.opinion }
    private var chair: Opinion? { counted.first { $0.role == .chair }?.opinion }
    private var reviewers: [Opinion] {
        counted.filter { $0.role != .adjudicator }.map(\.opinion)
    }

    /// The most frequent verdict; of equally frequent ones the chair's, else the gravest.
    private func most<Verdict: Hashable & CaseIterable>(
        _ verdicts: [Verdict],
        _ chair: Verdict?
    ) -> Verdict? {
        var counts: [Verdict: Int] = [:]
        for verdict in verdicts { counts[verdict, default: 0] += 1 }
        let top = counts.values.max() ?? 0
        if let chair, counts[chair] == top { return chair }
        return Verdict.allCases.reversed().first { counts[$0] == top }
    }

    private static func isLess(_ left: Opinion.Impact, _ right: Opinion.Impact) -> Bool {
        let order = Opinion.Impact.allCases
        return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
}

extension Opinion {
    /// Whether two opinions can't both be right.
    func contradicts(_ other: Opinion) -> Bool {
        [diagnosis, other.diagnosis].conflict
            || [treatment, other.treatment].compactMap(\.self).conflict
    }
}

extension [Opinion.Diagnosis] {
    /// Whether one holds the diagnosis and another changes it; leaving it open contradicts nothing.
    fileprivate var conflict: Bool {
        contains(.changed) && (contains(.confirmed) || contains(.refined))
    }
}

extension [Opinion.Treatment] {
    /// Whether one keeps the treatment and another replaces or stops it.
    fileprivate var conflict: Bool {
        contains(.agree) && (contains(.replace) || contains(.observe))
    }
}

extension [Opinion] {
    /// Whether any two of them contradict each other.
    var contradict: Bool {
        map(\.diagnosis).conflict || compactMap(\.treatment).conflict
    }
}

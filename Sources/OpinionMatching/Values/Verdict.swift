/// What a decision found of one specialist.
package struct Verdict: Hashable, Sendable {
    package enum Finding: Hashable, Sendable {
        /// The first rule that they break.
        case excluded(Rule)
        case ranked(Candidate)
    }

    package let specialist: Specialist.ID
    package let finding: Finding

    package init(specialist: Specialist.ID, finding: Finding) {
        self.specialist = specialist
        self.finding = finding
    }
}

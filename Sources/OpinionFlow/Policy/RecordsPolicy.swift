package import OpinionMatching

/// Which records must be complete before anybody is asked.
package struct RecordsPolicy: Hashable, Sendable {
    /// Classes that every request needs.
    package var required: [String] = []
    /// Classes that requests of a family need besides.
    package var byFamily: [CancerFamily: [String]] = [:]

    package init() {}

    /// The classes of records that a request lacks, each once, in the policy's order.
    ///
    /// - Complexity: O(classes × records), both a few; nothing when none are required.
    package func missing(in submission: Submission) -> [String] {
        let own = byFamily[submission.family] ?? []
        guard !required.isEmpty || !own.isEmpty else { return [] }
        let complete = submission.records
        return (required + own.filter { !required.contains($0) }).filter { !complete.contains($0) }
    }
}

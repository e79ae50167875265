/// What many rounds came to.
package struct FuzzSum {
    package private(set) var rounds = 0
    package private(set) var offending = 0
    private var fates: [String: Int] = [:]

    package init() {}

    package mutating func add(_ round: FuzzRound) {
        rounds += 1
        offending += round.offences.isEmpty ? 0 : 1
        fates.merge(round.fates) { $0 + $1 }
    }

    /// Records handed in.
    package var executions: Int { rounds * FuzzRound.size }

    /// How often each fate befell a record.
    package var counts: [String: Int] { fates }

    package var text: String {
        let sorted = fates.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
        return "rounds \(rounds), with an offence \(offending); records \(executions): "
            + sorted.joined(separator: ", ")
    }
}

import OpinionSimulation
import Testing

/// The whole service over simulated brokers, processes and time, from many seeds.
@Suite("Simulation")
struct SimulationTests {
    @Test("no seed shows an offence")
    func seeds() {
        var sum = SimulationSum()
        for seed in 1...UInt64(270) {
            let run = Simulation(seed: seed)
            sum.add(run)
            #expect(run.offences.isEmpty, "seed \(seed): \(run.offences.prefix(5))")
        }
        print(sum.text)
        print(sum.toldText)
        for name in Self.wanted { #expect(0 < sum.told[name, default: 0], "\(name)") }
    }

    /// What the seeds must have come to, so that their silence says something.
    private static let wanted = [
        "made chair", "made member", "made adjudicator", "made by offer", "made by assign",
        "report", "panel report unanimous", "panel report majority", "panel report divided",
        "panel report with missing seats", "request.closed", "request.waiting",
        "request.unmatchable", "request.reminder", "request.escalated", "rescinded amended",
        "rescinded declined", "rescinded given-back", "rescinded reported",
        "rescinded request-expired", "rescinded request-withdrawn",
        "rescinded accepted-elsewhere", "rescinded specialist-retired", "rescinded timed-out",
        "rescinded directed",
    ]

    @Test("one seed is one run")
    func repeats() {
        for seed in 1...UInt64(10) {
            #expect(Simulation(seed: seed).trace == Simulation(seed: seed).trace)
        }
    }
}

import OpinionSimulation
import Testing

/// The whole service over simulated brokers, processes and time, from many seeds.
@Suite("Simulation")
struct SimulationTests {
    @Test("no seed shows an offence")
    func seeds() {
        var sum = SimulationSum()
        for seed in 1...UInt64(300) {
            let run = Simulation(seed: seed)
            sum.add(run)
            #expect(run.offences.isEmpty, "seed \(seed): \(run.offences.prefix(5))")
        }
        print(sum.text)
    }

    @Test("one seed is one run")
    func repeats() {
        for seed in 1...UInt64(10) {
            #expect(Simulation(seed: seed).trace == Simulation(seed: seed).trace)
        }
    }
}

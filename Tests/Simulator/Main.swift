import Foundation
import OpinionSimulation

/// Runs many simulations and tells which of them show an offence.
///
///     swift run -c release Simulator SEEDS [FIRST]      many seeds
///     swift run -c release Simulator --tell SEED        one seed, with all that its processes log
///
/// Prints how far it is, so that a run that was stopped goes on from there; at the end, what was done.
@main
struct Simulator {
    static func main() {
        if CommandLine.arguments.dropFirst().first == "--tell" { return tell() }
        let numbers = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
        let count = numbers.first ?? 1_000
        let first = numbers.dropFirst().first ?? 1
        var sum = SimulationSum()
        for seed in first..<(first + count) {
            let run = Simulation(seed: seed)
            sum.add(run)
            if !run.offences.isEmpty { report(run) }
            if sum.runs % 1_000 == 0 { print("… seed \(seed): \(sum.text)") }
        }
        print(sum.text)
        exit(sum.offending == 0 ? 0 : 1)
    }

    private static func tell() {
        let seed = CommandLine.arguments.last.flatMap { UInt64($0) } ?? 1
        report(Simulation(seed: seed) { print($0) })
    }

    private static func report(_ run: Simulation) {
        print("seed \(run.seed): \(run.offences.prefix(5).joined(separator: "; "))")
    }
}

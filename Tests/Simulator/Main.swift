import Foundation
import OpinionSimulation

/// Runs many simulations and tells which of them show an offence.
///
///     swift run -c release Simulator SEEDS [FIRST]           many seeds
///     swift run -c release Simulator --resume FILE SEEDS     from 1 on; goes on where FILE says
///     swift run -c release Simulator --tell SEED             one seed, and all that happens in it
///     swift run -c release Simulator --first SEEDS           up to the first offence, each seed told
///
/// Ends with 1 when a run showed an offence.
@main
struct Simulator {
    static func main() {
        var arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "--tell": tell(UInt64(arguments.last ?? "") ?? 1)
        case "--first": findFirst(numbers(arguments).first ?? 1_000)
        case "--resume":
            arguments.removeFirst()
            resume(arguments.removeFirst(), numbers(arguments).first ?? 30_000)
        default:
            let given = numbers(arguments)
            run(from: given.dropFirst().first ?? 1, count: given.first ?? 1_000)
        }
    }

    private static func numbers(_ arguments: ArraySlice<String>) -> [UInt64] {
        arguments.compactMap { UInt64($0) }
    }

    private static func run(from first: UInt64, count: UInt64) {
        var sum = SimulationSum()
        for seed in first..<(first + count) { add(seed, to: &sum) { _ in } }
        end(sum)
    }

    /// Tells each seed before it runs: one that crashes is the last one told.
    private static func findFirst(_ count: UInt64) -> Never {
        for seed in 1...count {
            print("seed \(seed)")
            fflush(nil)
            let run = Simulation(seed: seed)
            guard run.offences.isEmpty else {
                report(run)
                exit(1)
            }
        }
        exit(0)
    }

    /// Keeps the sum in a file, so that a run that was stopped loses little.
    private static func resume(_ path: String, _ count: UInt64) {
        let file = URL(filePath: path)
        var sum = SimulationSum()
        if let data = try? Data(contentsOf: file) {
            guard let kept = try? JSONDecoder().decode(SimulationSum.self, from: data) else {
                print("\(path) holds no sum of runs: remove it to begin anew")
                exit(64)
            }
            sum = kept
        }
        for seed in UInt64(sum.runs) + 1..<max(count, UInt64(sum.runs)) + 1 {
            add(seed, to: &sum) { try? JSONEncoder().encode($0).write(to: file) }
        }
        end(sum)
    }

    /// Runs a seed; now and then `keep` gets what there is so far.
    private static func add(
        _ seed: UInt64,
        to sum: inout SimulationSum,
        keep: (SimulationSum) -> Void
    ) {
        let run = Simulation(seed: seed)
        sum.add(run)
        if !run.offences.isEmpty { report(run) }
        guard sum.runs % 1_000 == 0 else { return }
        keep(sum)
        print("… seed \(seed): \(sum.text)")
        fflush(nil)
    }

    private static func end(_ sum: SimulationSum) -> Never {
        print(sum.text)
        print(sum.toldText)
        exit(sum.offending == 0 ? 0 : 1)
    }

    private static func tell(_ seed: UInt64) {
        report(Simulation(seed: seed) { print($0) })
    }

    private static func report(_ run: Simulation) {
        let offences = run.offences.prefix(5).joined(separator: "; ")
        print("seed \(run.seed): \(offences.isEmpty ? "no offence" : offences)")
        fflush(nil)
    }
}

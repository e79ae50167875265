import Foundation
import OpinionReplay
import OpinionWire

/// One kind of work, so many times, always the same: two runs that differ in the number differ by the
/// instructions of the work.
enum Counting {
    static func run(_ what: String, _ times: Int) {
        switch what {
        case "idle-2000": DecisionBench().count(times, specialists: 2_000, inUse: 0)
        case "decision-2000": DecisionBench().count(times, specialists: 2_000, inUse: 75)
        case "decision-20000": DecisionBench().count(times, specialists: 20_000, inUse: 75)
        case "request": events(times)
        default: print("no such work: \(what)")
        }
    }

    /// A request from its bytes to its assignment's, its opinion to its report's, and both to the state.
    private static func events(_ count: Int) {
        let epoch: Int64 = 1_795_341_540_000
        let options = Workload.Options(requests: count, epoch: epoch - 3_600_000)
        let workload = Workload(options)
        var bench = Bench(at: epoch)
        bench.load(workload.roster().map(Record.init))
        bench.run(workload.requests().map(Record.init))
    }
}

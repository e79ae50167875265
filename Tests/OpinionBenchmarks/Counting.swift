import Foundation

/// One kind of work, so many times, always the same: two runs that differ in the number differ by the
/// instructions of the work.
enum Counting {
    static func run(_ what: String, _ times: Int) {
        switch what {
        case "idle-2000": DecisionBench().count(times, specialists: 2_000, inUse: 0)
        case "decision-2000": DecisionBench().count(times, specialists: 2_000, inUse: 75)
        case "decision-20000": DecisionBench().count(times, specialists: 20_000, inUse: 75)
        default: print("no such work: \(what)")
        }
    }
}

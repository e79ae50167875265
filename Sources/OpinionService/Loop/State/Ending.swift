/// Whether the loop ends, and why.
enum Ending {
    case running
    /// It was asked to: what is under way is committed first.
    case draining(since: Double)
    /// Only a person can help.
    case failed(Stop, isDraining: Bool)

    var isDraining: Bool {
        switch self {
        case .running: false
        case .draining: true
        case .failed(_, let isDraining): isDraining
        }
    }

    /// Why it ends by itself; nil: it doesn't.
    var stop: Stop? {
        switch self {
        case .running, .draining: nil
        case .failed(let stop, _): stop
        }
    }
}

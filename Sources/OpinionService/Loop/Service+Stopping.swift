internal import Logging

// How the loop ends.
extension Service {
    /// Ends the loop: only a person can help.
    func fail(_ stop: Stop) {
        ending = .failed(stop, isDraining: ending.isDraining)
        log.critical(
            "stopping",
            metadata: ["code": "\(stop.code.rawValue)", "reason": "\(stop.message)"].merging(
                stop.remedy.isEmpty ? [:] : ["remedy": "\(stop.remedy)"]
            ) { $1 }
        )
    }

    /// The first time it is asked to stop.
    func beginDrain() {
        guard case .running = ending else { return }
        ending = .draining(since: clock.uptime)
        log.notice(
            "asked to stop: committing what is under way",
            metadata: ["leaves_group": "\(leavesGroup)"]
        )
        reporter.stopping()
    }

    var isOver: Bool {
        switch ending {
        case .running: false
        case .draining(let since):
            shards.runtimes.values.allSatisfy(\.isIdle)
                || clock.uptime - since > Self.drainSeconds
        case .failed: true
        }
    }

    func finish() {
        let left = shards.runtimes.values.filter { !$0.isIdle }.count
        if left > 0 {
            log.warning(
                "stopped before all was committed; the next start does it again",
                metadata: ["shards": "\(left)"]
            )
        }
        reporter.finish(status, ending.stop)
    }
}

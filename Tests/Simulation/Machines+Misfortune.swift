import OpinionService
import OpinionTesting

// What goes wrong with them.
extension Machines {
    func misfortune() {
        guard world.chance.percent(world.faults.misfortunes),
            let process = world.chance.pick(names.map(running))
        else { return }
        switch world.chance.below(10) {
        case 0..<5: kill(process)
        case 5..<8: sleep(process)
        default:
            process.service.leavesGroup = world.chance.percent(40)
            process.isStopAsked = true
        }
    }

    /// Somebody sets the clock of a machine, and may set it right again.
    func step() {
        guard world.chance.percent(world.faults.steps) else { return }
        let name = world.chance.pick(names)
        let size = Int64(world.chance.pick([7_000, 60_000, 1_200_000, 7_200_000]))
        skews[name] = world.chance.pick([0, -size, size])
        tally.steps += 1
        world.tell("the clock of \(name) is off by \(skews[name] ?? 0) ms")
    }

    private func kill(_ process: Process) {
        world.tell("\(process.name) is killed")
        process.isAlive = false
        tally.kills += 1
        startLater(process.name)
    }

    /// Stopped by a debugger, a full disk, a machine that was suspended.
    private func sleep(_ process: Process) {
        guard !process.isAsleep, let number = processes.firstIndex(where: { $0 === process })
        else { return }
        let isLong = world.chance.percent(50)
        let pause =
            isLong ? world.chance.within(46_000...120_000) : world.chance.within(100...10_000)
        process.isAsleep = true
        world.agenda.note(at: world.now + Int64(pause)) { [self] in wake(number) }
        tally.sleeps += 1
        world.tell("\(process.name) sleeps for \(pause) ms")
    }
}

/// What happened in a run.
package struct SimulationTally: Sendable {
    package var kills = 0
    package var sleeps = 0
    package var stops = 0
    /// Clocks that were set.
    package var steps = 0
}

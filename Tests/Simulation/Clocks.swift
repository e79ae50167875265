import OpinionMatching
import OpinionService

/// The clock of the world, for a process.
struct WorldClock: Clock {
    unowned let world: World

    var now: Moment { Moment(milliseconds: world.now) }
    var uptime: Double { Double(world.now - world.begin) / 1_000 }
    var nanoseconds: UInt64 { UInt64(world.now) * 1_000_000 }
}

/// The clocks of one instance's machine: the wall clock may be off.
struct MachineClock: Clock {
    unowned let world: World
    let name: String

    var now: Moment { Moment(milliseconds: world.now + (world.machines.skews[name] ?? 0)) }
    var uptime: Double { Double(world.now - world.begin) / 1_000 }
    var nanoseconds: UInt64 { UInt64(world.now) * 1_000_000 }
}

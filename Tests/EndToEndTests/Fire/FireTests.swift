import Foundation
import Glibc
import OpinionTesting
import OpinionWire
import Testing

/// Three instances under load, and something breaks again and again.
///
/// A few of each in the usual run; `OPINIOND_FIRE=full` makes it many (half an hour, best with a release
/// build named by `OPINIOND_TEST_BINARY`). After each batch everything that was written is held against
/// everything that was sent.
extension EndToEndTests {
    private static let isFull = ProcessInfo.processInfo.environment["OPINIOND_FIRE"] == "full"
    private static func many(_ full: Int, few: Int) -> Int { isFull ? full : few }

    @Test("fire: instances are killed, amid panels, offers to two at once and directives")
    func fireKills() throws {
        let fire = try Fire("SIGKILL", many: Self.many(100, few: 6), seed: 1, asksSeveral: true)
        try fire.run { fire in
            let name = fire.pick()
            fire.crew.kill(name)
            try fire.crew.start(name)
        }
    }

    @Test("fire: an instance sleeps while another takes its shards over, and wakes")
    func fireZombies() throws {
        let fire = try Fire("SIGSTOP and SIGCONT", many: Self.many(10, few: 1), seed: 2)
        try fire.run { fire in
            let name = fire.pick()
            fire.crew.members[name]?.signal(SIGSTOP)
            try fire.crew.evict(name)
            let others = fire.crew.names.filter { $0 != name }
            try fire.driving { fire.crew.isAllOwned(by: others) }
            fire.crew.members[name]?.signal(SIGCONT)
            try fire.driving { fire.crew.isAllOwned(by: fire.crew.names) }
        }
    }

    @Test("fire: instances are restarted one after the other")
    func fireRolling() throws {
        let fire = try Fire("rolling restarts", many: Self.many(20, few: 2), seed: 3)
        try fire.run { fire in
            for name in fire.crew.names {
                #expect(try fire.crew.terminate(name) == 0)
                try fire.crew.start(name)
                try fire.driving { fire.crew.isAllOwned(by: fire.crew.names) }
            }
        }
    }

    @Test("fire: the broker is restarted")
    func fireBroker() throws {
        let fire = try Fire("broker restarts", many: Self.many(5, few: 1), seed: 4)
        try fire.run { fire in
            // This broker aborts what is open when it stops, and acknowledges its commit afterwards.
            try fire.crew.waitForRest()
            try fire.broker.stop()
            try fire.broker.start()
        }
    }

    @Test("fire: connections are cut, late, half open, refused")
    func fireProxy() throws {
        let fire = try Fire("proxy faults", many: Self.many(50, few: 4), seed: 5)
        var number = 0
        try fire.run { fire in
            let fault = Proxy.Fault.allCases[number % Proxy.Fault.allCases.count]
            number += 1
            let name = fire.pick()
            fire.crew.set(fault, for: name)
            try fire.drive(seconds: fault == .cut ? 0 : 2)
            fire.crew.set(nil, for: name)
        }
    }

    @Test("fire: from one instance to three, to two, to one")
    func fireScale() throws {
        let fire = try Fire("scaling", many: Self.many(6, few: 1), seed: 6, names: ["one"])
        try fire.run { fire in
            for names in [["one", "two", "three"], ["one", "three"], ["one"]] {
                for name in names where fire.crew.members[name] == nil {
                    try fire.crew.start(name)
                    try fire.driving { fire.crew.isAllOwned(by: fire.crew.names) }
                }
                for name in fire.crew.names where !names.contains(name) {
                    #expect(try fire.crew.dismiss(name) == 0)
                }
                try fire.driving { fire.crew.isAllOwned(by: names) }
            }
        }
        #expect(fire.resumed > 0, "no shard was resumed, though the first member had them all")
    }
}

/// One batch: a broker, a crew, a scene, and what breaks so many times.
final class Fire {
    let broker: Broker
    let crew: Crew
    private let name: String
    private let breaks: Int
    private let ground: Ground
    private let driver: Driver
    private var chance: Chance
    private let offersAtOnce: Int

    /// - Parameters:
    ///   - name: What is broken.
    ///   - breaks: How often.
    ///   - seed: Decides everything but the time.
    ///   - names: The instances.
    ///   - asksSeveral: Whether some requests are for panels, and some specialists are asked, two at once.
    /// - Throws: When it doesn't come to work.
    init(
        _ name: String,
        many breaks: Int,
        seed: UInt64,
        names: [String] = ["one", "two", "three"],
        asksSeveral: Bool = false
    ) throws {
        self.name = name
        self.breaks = breaks
        broker = try Broker().started()
        ground = try Ground(broker, shards: 6)
        chance = Chance(seed: seed)
        offersAtOnce = asksSeveral ? 2 : 1
        if asksSeveral {
            try ground.writeSettings("matching: {mode: offer, offersAtOnce: \(offersAtOnce)}")
        }
        var scene = Scene(
            seed: seed,
            size: Self.size(breaks, asksSeveral),
            shards: ground.shards,
            clock: { Date.now.timeIntervalSince1970 }
        )
        try ground.send(scene.roster())
        crew = try Crew(ground, names)
        driver = try Driver(ground, scene: scene, breaks: breaks, forwards: false)
    }

    private static func size(_ breaks: Int, _ asksSeveral: Bool) -> Scene.Size {
        var size = Scene.Size(
            requests: max(400, breaks * 120),
            networks: 12,
            specialistsANetwork: 12
        )
        size.panels = asksSeveral ? 15 : 0
        size.asked = asksSeveral ? 40 : 0
        return size
    }

    /// How often a shard was taken over without reading all of its state, by those who still run.
    private(set) var resumed = 0

    /// Some instance.
    func pick() -> String { chance.pick(crew.names) }

    /// Breaks something so many times amid the work, then looks at everything.
    func run(_ breakOne: (Fire) throws -> Void) throws {
        // Whoever was killed and doesn't come back is noticed at the end of a session.
        try wait(
            "all work to be sent; \(driver.tail); \(crew.tail)",
            seconds: 180,
            progress: { driver.steps }
        ) {
            try driver.turn()
            try crew.mind()
            try driver.breakIfDue { try breakOne(self) }
            return driver.isDone && driver.broken == breaks
        }
        try driver.answerRest(until: { try crew.waitForRest() })
        let findings = try Findings(ground, driver.scene, offersAtOnce: offersAtOnce)
        print(
            "\(name): \(driver.broken) times, requests \(driver.scene.requests.count), \(findings.summary), "
                + "resumed \(crew.resumed)"
        )
        #expect(
            findings.offences.isEmpty,
            "\(findings.offences.prefix(20).joined(separator: "\n"))"
        )
        resumed = crew.resumed
        for name in crew.names { #expect(try crew.terminate(name) == 0) }
        try broker.stop()
    }

    /// Goes on with the work until something is so.
    func driving(_ until: () throws -> Bool) throws {
        try wait("what should follow; \(crew.tail)", seconds: 90) {
            try driver.turn()
            try crew.mind()
            return try until()
        }
    }

    /// Goes on with the work for a while.
    func drive(seconds: Double) throws {
        let end = ContinuousClock.now + .seconds(seconds)
        try driving { ContinuousClock.now >= end }
    }
}

import Foundation
import OpinionTesting
import Glibc
import OpinionWire
import Testing

extension EndToEndTests {
    @Test(
        "killed ten times amid everything that can happen, it loses nothing and says nothing twice"
    )
    func killedTenTimes() throws {
        let ground = try Ground(Broker.shared.get())
        let kills = 10
        var scene = Scene(
            seed: 20_261_122,
            size: Scene.Size(requests: 3_000, networks: 6, specialistsANetwork: 12),
            shards: ground.shards,
            clock: { Date.now.timeIntervalSince1970 }
        )
        try ground.send(scene.roster())
        var daemon = try ground.daemon()
        let driver = try Driver(ground, scene: scene, breaks: kills)
        try wait(
            "all work to be sent; \(driver.tail); \(daemon.tail)",
            seconds: 60,
            progress: { driver.steps }
        ) {
            try driver.turn()
            try driver.breakIfDue {
                daemon.kill(SIGKILL)
                daemon = try ground.daemon()
            }
            return driver.isDone
        }
        try daemon.waitUntilReady()
        try daemon.waitForRest()
        try driver.answerRest(until: { try daemon.waitForRest() })
        #expect(driver.broken == kills)
        scene = driver.scene
        let findings = try Findings(ground, scene)
        print("requests \(scene.requests.count), kills \(driver.broken), \(findings.summary)")
        #expect(
            findings.offences.isEmpty,
            "\(findings.offences.prefix(20).joined(separator: "\n"))"
        )
        #expect(daemon.health.last?["lag"] == "0")
        #expect(daemon.health.last.map(Opiniond.isWell) == true)
        #expect(try daemon.terminate() == 0)
    }
}

import Foundation
import KafkaTransport
import OpinionService
import OpinionWire
import Testing

@Suite("Settings: librdkafka's properties and secrets")
struct SettingsPropertiesTests {
    private func load(
        _ overrides: [String],
        environment: [String: String] = [:]
    ) throws(SettingsError) -> Settings {
        try Settings.load(file: "/dev/null", environment: environment, overrides: overrides)
    }

    private func complaints(
        _ overrides: [String],
        environment: [String: String] = [:]
    ) -> [String] {
        do throws(SettingsError) {
            _ = try load(overrides, environment: environment)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("all reserved properties are refused", arguments: KafkaSettings.reserved.sorted())
    func reserved(name: String) {
        let told = complaints(["kafka.properties.\(name)=1"])
        #expect(told.count == 1)
        #expect(told.allSatisfy { $0.contains("reserved: ") })
    }

    @Test(
        "what can't be set is refused by name, with what to do instead",
        arguments: [
            ("group.id=x", "group.id \"x\": reserved: set kafka.groupId"),
            (
                "bootstrap.servers=x",
                "bootstrap.servers \"x\": reserved: set kafka.bootstrapServers"
            ),
            (
                "enable.auto.commit=true",
                "enable.auto.commit \"true\": reserved: offsets move only inside transactions"
            ),
            (
                "sesion.timeout.ms=1",
                "sesion.timeout.ms: no such librdkafka property; did you mean session.timeout.ms?"
            ),
            ("what.is.this.about=1", "what.is.this.about: no such librdkafka property"),
            (
                "message.max.bytes=1000",
                "message.max.bytes \"1000\": takes 1000000 or more: a record that can't be sent would end the daemon"
            ),
            (
                "socket.timeout.ms=soon",
                "socket.timeout.ms \"soon\": not a value it takes: 10 .. 300000"
            ),
        ]
    )
    func refused(setting: String, expected: String) {
        #expect(
            complaints(["kafka.properties.\(setting)"]) == ["--set: kafka.properties." + expected]
        )
    }

    @Test("values that librdkafka takes alone but not together are refused")
    func together() {
        let told = complaints(["kafka.properties.max.poll.interval.ms=10000"])
        #expect(told.count == 1)
        #expect(told.allSatisfy { $0.contains("max.poll.interval.ms") })
    }

    @Test("each bad value is told, not only the first")
    func severalBadValues() {
        let told = complaints([
            "kafka.properties.socket.timeout.ms=soon", "kafka.properties.linger.ms=late",
        ])
        #expect(told.count == 2)
    }

    @Test("a log-in without a mechanism is told by the setting that is missing")
    func noMechanism() throws {
        for security in ["sasl_ssl", "SASL_PLAINTEXT"] {
            let told = complaints(["kafka.properties.security.protocol=\(security)"])
            #expect(
                told == [
                    "--set: kafka.properties.security.protocol \"\(security)\": needs sasl.mechanisms beside "
                        + "it: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI"
                ]
            )
        }
        _ = try load([
            "kafka.properties.security.protocol=sasl_ssl", "kafka.properties.sasl.mechanism=PLAIN",
            "kafka.properties.sasl.username=u", "kafka.properties.sasl.password=p",
        ])
    }

    @Test(
        "what only a restart takes up is known by name, and the policy and the log level aren't of it"
    )
    func changesForRestart() throws {
        func settings(_ overrides: [String]) throws -> Settings {
            try Settings.load(file: "/dev/null", environment: [:], overrides: overrides)
        }
        let old = try settings(["kafka.properties.linger.ms=1", "kafka.properties.client.id=a"])
        let new = try settings([
            "kafka.groupId=other", "kafka.properties.linger.ms=2", "kafka.properties.debug=cgrp",
            "dedupe.retentionDays=40", "log.level=debug", "log.format=json",
            "matching.minimumLevel=4", "events.decisions=full", "kafka.properties.client.id=a",
        ])
        #expect(
            old.changesForRestart(to: new) == [
                "dedupe.retentionDays", "events.decisions", "kafka.groupId",
                "kafka.properties.debug", "kafka.properties.linger.ms", "log.format",
            ]
        )
        #expect(old.changesForRestart(to: old) == [])
    }

    // MARK: Secrets

    private static let secretNames = [
        "sasl.password", "ssl.key.password", "ssl.keystore.password", "ssl.key.pem",
        "sasl.oauthbearer.client.secret", "sasl.oauthbearer.config",
    ]

    @Test("a secret is never shown, neither in force nor refused", arguments: secretNames)
    func redacted(name: String) throws {
        let bad = ["kafka.properties.\(name)=s3cret", "log.level=loud"]
        #expect(!complaints(bad).joined().contains("s3cret"))
        guard let settings = try? load(["kafka.properties.\(name)=s3cret"]) else { return }
        #expect(settings.effective.contains("\(name): \"[redacted]\""))
        #expect(!settings.effective.contains("s3cret"))
        #expect(settings.site.properties.contains { $0 == (name, "s3cret") })
    }

    @Test(
        "pieces of a secret are not shown either",
        arguments: ["sasl.password=s3,cret", "sasl.password=a,s3cret=x", "sasl.pasword=s3cret"]
    )
    func pieces(text: String) {
        let told = complaints([], environment: ["OPINIOND_KAFKA_PROPERTIES": text]).joined()
        #expect(!told.isEmpty)
        #expect(!told.contains("cret"))
    }

    @Test("a broken file is refused without a word of what stands in it")
    func brokenFile() throws {
        let file = try TemporaryFile("kafka:\n  properties:\n    sasl.password: 's3cret\n")
        defer { file.remove() }
        #expect {
            try Settings.load(file: file.path, environment: [:], overrides: [])
        } throws: { error in
            !"\(error)".contains("s3cret") && "\(error)".contains("not YAML")
        }
    }

    @Test("a secret can lie in a file or in a credential; its end of line is not part of it")
    func references() throws {
        let file = try TemporaryFile("s3cret\n")
        defer { file.remove() }
        let url = URL(filePath: file.path)
        let environment = ["CREDENTIALS_DIRECTORY": url.deletingLastPathComponent().path]
        for reference in ["file:\(file.path)", "credential:\(url.lastPathComponent)"] {
            let settings = try load(
                ["kafka.properties.sasl.password=\(reference)"],
                environment: environment
            )
            #expect(settings.site.properties.contains { $0 == ("sasl.password", "s3cret") })
            #expect(settings.effective.contains(reference))
            #expect(!settings.effective.contains("s3cret"))
        }
    }

    @Test("a property that names a file takes a credential's path")
    func locations() throws {
        let file = try TemporaryFile("-----BEGIN CERTIFICATE-----\n")
        defer { file.remove() }
        let url = URL(filePath: file.path)
        let settings = try load(
            ["kafka.properties.ssl.ca.location=credential:\(url.lastPathComponent)"],
            environment: ["CREDENTIALS_DIRECTORY": url.deletingLastPathComponent().path]
        )
        #expect(settings.site.properties.contains { $0 == ("ssl.ca.location", url.path) })
    }

    @Test(
        "a reference that leads nowhere is refused",
        arguments: [
            ("file:/nowhere/x", "can't be read: no such file"),
            ("file:x", "takes an absolute path after file:"),
            ("credential:x", "can't be read: no such file"),
            ("credential:../x", "takes the name of a credential, no path"),
            ("credential:", "takes the name of a credential, no path"),
            ("file:/dev/null", "the file has no text"),
        ]
    )
    func brokenReferences(value: String, message: String) {
        let told = complaints(
            ["kafka.properties.sasl.password=\(value)"],
            environment: ["CREDENTIALS_DIRECTORY": "/nowhere"]
        )
        #expect(told == ["--set: kafka.properties.sasl.password \"\(value)\": \(message)"])
    }

    @Test("without systemd there are no credentials")
    func noCredentials() {
        let told = complaints(["kafka.properties.sasl.password=credential:x"])
        #expect(told.joined().contains("CREDENTIALS_DIRECTORY is not set"))
    }
}

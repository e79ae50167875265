package import Logging
package import OpinionFlow
import OpinionMatching
package import OpinionService
import OpinionTesting
import OpinionWire

extension MemoryCluster {
    /// Makes a service on these brokers.
    ///
    /// - Parameters:
    ///   - policy: By which it decides.
    ///   - clock: Its time.
    ///   - output: Where health lines go.
    ///   - log: Where it logs to.
    ///   - marker: Remembers which record is being answered.
    /// - Returns: The service, which has not begun.
    package func service(
        policy: Policy,
        clock: any Clock,
        output: LineOutput,
        log: Logger,
        marker: CrashMarker = CrashMarker()
    ) -> Service {
        let site = FuzzRound.site
        return Service(
            transport: self,
            clock: clock,
            reporter: HealthReporter(
                output: output,
                systemd: Systemd(environment: [:]),
                metricsFile: "",
                intervalSeconds: 3_600,
                kafkaLog: site.log,
                log: log
            ),
            site: site,
            reader: ReaderSettings(policy: policy),
            mode: .structured,
            log: log,
            marker: marker
        )
    }

    /// Runs a service on these brokers until all is handed in and committed.
    func serve(
        clock: any Clock,
        log: Logger = FuzzLog.logger,
        marker: CrashMarker = CrashMarker()
    ) -> Service {
        let service = service(
            policy: FuzzRound.policy,
            clock: clock,
            output: FuzzLog.output,
            log: log,
            marker: marker
        )
        while service.advance(isStopAsked: isDone) == nil {}
        return service
    }
}

extension Record {
    /// A good request as the first shard's only partition holds it.
    static func request(_ number: Int, at offset: Int) -> Record {
        let request = Events.Request(id: "r\(number)")
        return Record(
            topic: Topic.requests,
            partition: 0,
            offset: Int64(offset),
            timestamp: 1_795_341_540_000,
            key: Array(request.network.utf8),
            value: Events.submitted(request, time: "2026-11-22T09:59:00Z").value
        )
    }
}

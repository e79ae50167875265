import Logging
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire

extension FuzzCluster {
    /// Runs a service on these brokers until all is handed in and committed.
    func serve(
        clock: any Clock,
        log: Logger = FuzzLog.logger,
        marker: CrashMarker = CrashMarker()
    ) -> Service {
        let service = Service(
            transport: self,
            clock: clock,
            reporter: HealthReporter(
                output: FuzzLog.output,
                systemd: Systemd(environment: [:]),
                metricsFile: "",
                intervalSeconds: 3_600,
                kafkaLog: FuzzRound.site.log,
                log: log
            ),
            site: FuzzRound.site,
            reader: ReaderSettings(policy: FuzzRound.policy),
            mode: .structured,
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

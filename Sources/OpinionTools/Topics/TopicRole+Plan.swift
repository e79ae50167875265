internal import KafkaTransport
internal import OpinionService
internal import OpinionWire

extension TopicRole {
    /// The topic as it is to be created.
    func plan(
        _ site: KafkaSite,
        partitions: Int,
        outputPartitions: Int,
        replication: Int
    ) -> TopicPlan {
        var configuration = ["cleanup.policy": policy]
        // Losing one broker of three must lose nothing, and stop nobody.
        if 3 <= replication { configuration["min.insync.replicas"] = "2" }
        if topic == Topic.state { configuration["segment.bytes"] = "\(Self.stateSegmentBytes)" }
        return TopicPlan(
            name: site.name(topic),
            partitions: Int32(count == .shards ? partitions : outputPartitions),
            replication: Int32(replication),
            configuration: configuration
        )
    }
}

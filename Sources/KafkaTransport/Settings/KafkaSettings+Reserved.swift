extension KafkaSettings {
    /// Properties a user may not set, because the daemon's guarantees rest on them.
    ///
    /// Aliases are listed too, since librdkafka takes both names.
    package static let reserved: Set<String> = [
        // Who we are in the group, and when offsets move: only inside transactions.
        "group.id", "group.instance.id", "group.protocol.type", "partition.assignment.strategy",
        "enable.auto.commit", "auto.commit.enable", "auto.commit.interval.ms",
        "enable.auto.offset.store", "offset.store.method", "offset.store.path",
        "offset.store.sync.interval.ms", "auto.offset.reset",
        // What is read: committed records only, unchanged, with the ends of partitions.
        "isolation.level", "enable.partition.eof", "check.crcs", "allow.auto.create.topics",
        "topic.blacklist", "consume.callback.max.messages",
        // What is written: once, by the owner of the transactional id, acknowledged by all.
        "transactional.id", "transaction.timeout.ms", "enable.idempotence",
        "enable.gapless.guarantee", "acks", "request.required.acks", "message.timeout.ms",
        "delivery.timeout.ms", "retries", "message.send.max.retries", "partitioner",
        "delivery.report.only.error", "queuing.strategy", "produce.offset.report",
        // How the library talks to us, and what it loads.
        "enabled_events", "log.queue", "log.thread.name", "internal.termination.signal",
        "plugin.library.paths", "builtin.features",
    ]

    /// Appends what the user set to a preset, leaving out what is for the other kind of handle.
    ///
    /// librdkafka would take a producer's property on a consumer, but warn about it each time.
    ///
    /// - Throws: ``KafkaError`` with the reaction `badSettings` for a reserved or unknown property.
    func merging(
        _ user: [(name: String, value: String)],
        for kind: Client.Kind
    ) throws(KafkaError) -> KafkaSettings {
        var merged = self
        for (name, value) in user {
            guard !Self.reserved.contains(name) else {
                throw KafkaError.badSetting(name, "reserved: exactly-once processing rests on it")
            }
            guard let property = PropertyCatalog.shared.properties[name] else {
                throw KafkaError.badSetting(name, "librdkafka has no such property")
            }
            guard kind == .consumer ? property.isForConsumers : property.isForProducers
            else { continue }
            merged.properties.append((name, value))
        }
        return merged
    }
}

package import OpinionWire

extension RecordBatch {
    /// What the batch holds, as records in the topics without prefix; a partition that the key chooses is −1.
    package var records: [Record] {
        entries.map { entry in
            Record(
                topic: OutTopic.allCases[entry.topic].name,
                partition: entry.partition ?? -1,
                offset: 0,
                timestamp: 0,
                key: entry.key.map { Array(bytes[$0]) },
                value: entry.value.map { Array(bytes[$0]) },
                headers: entry.headers
            )
        }
    }
}

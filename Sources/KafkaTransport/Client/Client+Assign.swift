internal import CRDKafka

extension Client {
    /// Gives a consumer these partitions to read in place of those it had; nil takes all away.
    ///
    /// Returns once librdkafka's main thread has stopped what was read before. Told again any sooner,
    /// it would stop the same partition twice and end the process ("Assertion `rktp->rktp_started'
    /// failed", librdkafka #5573, in all versions up to 2.15.0): taking over a dozen shards, one
    /// after the other, is enough for that.
    func assign(_ list: borrowing PartitionList, _ attempted: String) throws(KafkaError) {
        try check(unsafe rd_kafka_assign(open, list.list), attempted)
        awaitStops()
    }

    func unassign(_ attempted: String) throws(KafkaError) {
        try check(unsafe rd_kafka_assign(open, nil), attempted)
        awaitStops()
    }

    /// Asks the main thread twice for something that it answers in turn.
    ///
    /// Its queue is first in, first out: the first answer comes after all stops, which put their
    /// replies into the same queue, and the second after those replies.
    private func awaitStops() {
        for _ in 1...2 {
            var current: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
            guard unsafe rd_kafka_assignment(open, &current) == RD_KAFKA_RESP_ERR_NO_ERROR,
                let list = unsafe current
            else { return }
            unsafe rd_kafka_topic_partition_list_destroy(list)
        }
    }
}

internal import KafkaTransport
package import OpinionWire

/// Finds the last meta record of each partition of the state without reading the whole of it.
///
/// It is the last record of each transaction, so it lies right before the end; where the last transactions were
/// aborted, further back.
struct MetaReader {
    let site: KafkaSite
    /// Sees what was committed only.
    let reader: WatchedReader

    /// Offsets before the end that are looked at first, and how many times more each time after that.
    private static let depth: (first: Int64, growth: Int64) = (4, 32)

    enum Failure: Error {
        case kafka(KafkaError)
        case stop(Stop)
    }

    /// - Parameter shards: The partitions of the state to look at.
    /// - Returns: What was found there.
    /// - Throws: ``Failure`` when the brokers can't be asked, or a meta record can't be read.
    func run(_ shards: some Sequence<Int>) throws(Failure) -> StateSurvey {
        let ends: [TopicPartition: (low: Int64, high: Int64)]
        do throws(KafkaError) {
            ends = try reader.watermarks(
                of: shards.map(place),
                timeoutMilliseconds: Takeover.questionMilliseconds
            )
        } catch {
            throw .kafka(error)
        }
        var survey = StateSurvey()
        var open = ends.filter { $1.low < $1.high }
        var depth = Self.depth.first
        while !open.isEmpty {
            try read(open, depth, into: &survey)
            open = open.filter { place, end in
                survey.metas[Int(place.partition)] == nil && end.low < end.high - depth
            }
            depth *= Self.depth.growth
        }
        survey.unsigned.subtract(survey.metas.keys)
        return survey
    }

    private func place(_ partition: Int) -> TopicPartition {
        TopicPartition(site.name(Topic.state), Int32(partition))
    }

    private func read(
        _ ends: [TopicPartition: (low: Int64, high: Int64)],
        _ depth: Int64,
        into survey: inout StateSurvey
    ) throws(Failure) {
        let states = StateReader()
        var stop: Stop?
        do throws(KafkaError) {
            try reader.read(
                from: ends.mapValues { max($0.low, $0.high - depth) },
                "reading the last meta records of the state"
            ) { record, place in
                guard let end = ends[place], record.offset < end.high else {
                    return .otherPartitions
                }
                do throws(Stop) {
                    try survey.take(record, states)
                } catch {
                    stop = error
                    return .nothing
                }
                return record.offset + 1 < end.high ? .more : .otherPartitions
            }
        } catch {
            throw .kafka(error)
        }
        if let stop { throw .stop(stop) }
    }
}

extension StateSurvey {
    /// Takes in a record of the state; all but meta records are passed over unread.
    package mutating func take(_ record: Record, _ states: StateReader) throws(Stop) {
        let partition = Int(record.partition)
        guard let key = record.key, key.elementsEqual("meta".utf8) else {
            unsigned.insert(partition)
            return
        }
        do throws(StateError) {
            if case .meta(let meta) = try states.read(record) { metas[partition] = meta }
        } catch {
            throw Stop(.stateMismatch, error.explanation(record))
        }
    }
}

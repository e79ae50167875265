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
    /// Polls of a second that may bring nothing.
    private static let silenceMax = 20

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
        do throws(KafkaError) {
            try reader.assign(
                ends.map { ($0.key, max($0.value.low, $0.value.high - depth)) }
                    .sorted { $0.0.partition < $1.0.partition }
            )
        } catch {
            throw .kafka(error)
        }
        let states = StateReader()
        var open = Set(ends.keys)
        var waitTracker = Self.silenceMax
        while !open.isEmpty {
            switch reader.poll(timeoutMilliseconds: 1_000) {
            case .record(let record):
                let place = TopicPartition(record.topic, record.partition)
                guard open.contains(place), let end = ends[place] else { continue }
                if record.offset + 1 >= end.high { open.remove(place) }
                guard record.offset < end.high else { continue }
                do throws(Stop) { try survey.take(record, states) } catch { throw .stop(error) }
            case .endOfPartition(let place, _): open.remove(place)
            case .failure(let error) where error.reaction != .retry: throw .kafka(error)
            case .failure, .assigned, .revoked, .statistics, nil: waitTracker -= 1
            }
            guard waitTracker > 0 else { throw .kafka(Self.unanswered) }
        }
    }

    private static let unanswered = KafkaError(
        code: -185,  // _TIMED_OUT
        message: "no answer",
        reaction: .retry,
        attempted: "reading the last meta records of the state"
    )
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

internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

// What one record of a topic says about the request.
extension RequestHistory {
    /// Where a record lies.
    struct Place: Hashable, Comparable {
        let topic: String
        let partition: Int32
        let offset: Int64

        static func < (left: Place, right: Place) -> Bool {
            (left.topic, left.partition, left.offset)
                < (right.topic, right.partition, right.offset)
        }
    }

    /// Something that came in or went out.
    struct Entry {
        enum Content {
            case heard(Heard)
            case told(Told)
        }

        let place: Place
        /// By the clock of whoever sent it.
        let at: Moment
        /// By the broker's clock; nil: it isn't told.
        var arrivedAt: Moment?
        var content: Content

        var heard: Heard? {
            if case .heard(let heard) = content { heard } else { nil }
        }

        var told: Told? {
            if case .told(let told) = content { told } else { nil }
        }
    }

    /// A record that came in.
    struct Heard {
        /// nil: it can't be read.
        let event: Event?
        /// The event's own id; empty when it can't be read.
        let id: String
        /// Which record it is a copy of; nil: it came from outside.
        let origin: Place?
        var fate = Fate.taken
    }

    /// What became of a record that came in.
    enum Fate {
        case taken
        /// A copy of it lies in the partition of its network.
        case forwarded(to: Place)
        /// It says what was said before.
        case repetition
        /// What was said before it came counts instead.
        case overtaken
        /// The request had ended.
        case late
        case refused(Refused)
    }

    /// What a dead letter says.
    struct Refused {
        let reason: String
        let pointer: String
        /// Of a directive: the rule that whom it names breaks.
        var rule: String?
        /// When the daemon set it aside.
        let at: Moment
    }

    /// An event that the daemon wrote, in either mode.
    struct Told {
        let type: String
        let at: Moment
        let key: RequestKey
        let cause: String?
        /// Its number among what was told of the request; nil: it has none.
        let number: Int?
        /// Of a refusal: where the record lies.
        let refused: Place?
        let data: JSONValue
    }
}

extension RequestHistory.Place {
    init(_ record: Record) {
        self.init(topic: record.topic, partition: record.partition, offset: record.offset)
    }

    /// From `topic/partition/offset`.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let partition = Int32(parts[1]), let offset = Int64(parts[2])
        else { return nil }
        self.init(topic: String(parts[0]), partition: partition, offset: offset)
    }
}

extension RequestHistory.Told {
    /// - Parameters:
    ///   - record: What was written.
    ///   - root: Its value.
    ///   - requests: The topic of the requests, which refusals are about.
    init?(_ record: Record, _ root: JSONValue, requests: String) {
        func attribute(_ name: StaticString) -> String? {
            record.lastHeader("ce_\(name)") ?? root[name]?.string
        }
        guard let data = root["specversion"] == nil ? root : root["data"],
            let type = attribute("type"), let id = attribute("id"),
            let at = attribute("time").flatMap(Timestamp.milliseconds),
            let network = data["networkId"]?.string, let request = data["requestId"]?.string
        else { return nil }
        self.type = String(type.dropFirst("org.opiniond.".count))
        self.at = Moment(milliseconds: at)
        self.data = data
        key = RequestKey(network: network, request: request)
        cause = attribute("causationid")
        // Behind the request and its network: a number, or `refused` and a place.
        let behind = id.dropFirst("\(request)@\(network)/".count)
        number = Int(behind)
        refused =
            behind.hasPrefix("refused/")
            ? RequestHistory.Place("\(requests)/" + behind.dropFirst("refused/".count)) : nil
    }
}

extension Record {
    /// Its timestamp, or the nearest to it that a clock could show.
    var moment: Moment { Moment(milliseconds: min(max(0, timestamp), Timestamp.latest)) }

    /// The text of a header; the last one counts, since the daemon adds its own behind the others.
    func lastHeader(_ name: String) -> String? {
        headers.last { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
    }
}

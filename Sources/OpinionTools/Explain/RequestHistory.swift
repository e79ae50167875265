internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

/// Everything that the topics hold about one request, put in order.
struct RequestHistory {
    let request: String
    let network: String?
    private let site: KafkaSite
    private let events: EventReader
    private let json = JSONReader(limits: .widest)
    private(set) var entries: [Entry] = []
    /// The networks in which there is a request of that name.
    private(set) var networks: Set<String> = []
    /// Others than the one asked for that have one.
    private(set) var otherNetworks: Set<String> = []
    private var places: Set<Place> = []
    /// What was told of decisions in full.
    private(set) var decisions: [JSONValue] = []
    /// What the dead letters say of records that may be ours, by where those lie.
    private(set) var refusals: [Place: Refused] = [:]

    /// - Parameters:
    ///   - request: The request's id.
    ///   - network: Its network; nil: whichever has it.
    ///   - settings: Where the topics are.
    init(_ request: String, in network: String?, _ settings: Settings) {
        self.request = request
        self.network = network
        site = settings.site
        events = EventReader(settings.readerOfEverything)
    }

    /// A topic's name with its prefix.
    func name(_ topic: String) -> String { site.name(topic) }

    /// Everybody who was ever given a seat.
    var seated: Set<String> {
        Set(
            entries.compactMap(\.told).filter { $0.made != nil }.map {
                $0.data.text("specialistId")
            }
        )
    }

    /// Says what became of the entries, and puts them in causal order.
    mutating func close() {
        settleFates()
        entries = CausalOrder(entries).sorted()
    }

    /// Takes a record, which may be nothing to us or have been taken before.
    mutating func take(_ record: Record) {
        guard !places.contains(Place(record)) else { return }
        switch record.topic {
        case site.inputs[0]: take(record, .requests)
        case site.inputs[1]: take(record, .responses)
        case site.name(Topic.deadLetters): take(deadLetter: record)
        default: take(told: record)
        }
    }

    mutating func setFate(_ fate: Fate, of index: Int) {
        guard var heard = entries[index].heard else { return }
        heard.fate = fate
        entries[index].content = .heard(heard)
    }

    private mutating func take(_ record: Record, _ inbox: EventReader.Inbox) {
        let event = try? events.event(record, from: inbox)
        let address = event == nil ? events.address(of: record) : nil
        guard let key = event?.key ?? address?.key, isOurs(key) else { return }
        let heard = Heard(
            event: event,
            id: event?.cause.eventID ?? address?.cause?.eventID ?? "",
            origin: record.lastHeader(Header.forwarded).flatMap(Place.init)
        )
        networks.insert(key.network)
        let at = event?.time ?? record.moment
        var entry = Entry(place: Place(record), at: at, content: .heard(heard))
        if record.isTimedByBroker { entry.arrivedAt = record.moment }
        append(entry)
    }

    /// One that was too large to be passed on no longer says whose it is.
    private mutating func take(deadLetter record: Record) {
        guard let reason = record.lastHeader("opiniond-dlq-reason"),
            let place = Place(deadLetter: record),
            record.value == nil || isOurs(record)
        else { return }
        refusals[place] = Refused(
            reason: reason,
            pointer: record.lastHeader("opiniond-dlq-pointer") ?? "",
            rule: record.lastHeader("opiniond-dlq-rule"),
            at: record.moment
        )
    }

    private mutating func isOurs(_ record: Record) -> Bool {
        guard let address = events.address(of: record) else { return false }
        return isOurs(address.key)
    }

    private mutating func take(told record: Record) {
        guard record.key.map({ $0.elementsEqual(request.utf8) }) == true, let value = record.value,
            let tree = try? json.parse(value),
            let told = Told(record, tree.root, requests: site.inputs[0]), isOurs(told.key)
        else { return }
        networks.insert(told.key.network)
        if told.type == "decision.made.v1" { return decisions.append(told.data) }
        append(Entry(place: Place(record), at: told.at, content: .told(told)))
    }

    private mutating func append(_ entry: Entry) {
        places.insert(entry.place)
        entries.append(entry)
    }

    private mutating func isOurs(_ key: RequestKey) -> Bool {
        guard key.request == request else { return false }
        if let network, network != key.network {
            otherNetworks.insert(key.network)
            return false
        }
        return true
    }
}

extension RequestHistory.Place {
    /// Where the record of a dead letter was read.
    fileprivate init?(deadLetter record: Record) {
        let parts = ["topic", "partition", "offset"].map {
            record.lastHeader("opiniond-dlq-\($0)") ?? ""
        }
        self.init(parts.joined(separator: "/"))
    }
}

extension Settings {
    /// Reads whatever any settings would have taken: what became of it, other records tell.
    var readerOfEverything: ReaderSettings {
        ReaderSettings(limits: .widest, policy: policy)
    }
}

extension JSONLimits {
    /// As wide as settings can make them.
    static var widest: JSONLimits {
        JSONLimits(
            bytes: 524_288,
            depth: 128,
            members: 65_536,
            keyBytes: 1_024,
            stringBytes: 524_288
        )
    }
}

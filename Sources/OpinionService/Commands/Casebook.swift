internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

/// Everything that the topics hold about one request, put in order.
struct Casebook {
    let request: String
    let network: String?
    private let site: KafkaSite
    private let events: EventReader
    private let json = JSONReader(limits: .widest)
    private(set) var entries: [Entry] = []
    /// The networks in which there is a request of that name.
    private(set) var networks: Set<String> = []
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

    mutating func take(_ record: Record) {
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
        entries.append(entry)
    }

    /// One that was too large to be passed on no longer says whose it is.
    private mutating func take(deadLetter record: Record) {
        guard let reason = record.lastHeader("opiniond-dlq-reason"),
            let place = Place(deadLetter: record),
            record.value == nil || events.address(of: record).map({ isOurs($0.key) }) == true
        else { return }
        refusals[place] = Refused(
            reason: reason,
            pointer: record.lastHeader("opiniond-dlq-pointer") ?? "",
            rule: record.lastHeader("opiniond-dlq-rule"),
            at: record.moment
        )
    }

    private mutating func take(told record: Record) {
        guard record.key.map({ $0.elementsEqual(request.utf8) }) == true, let value = record.value,
            let tree = try? json.parse(value),
            let told = Told(record, tree.root, requests: site.inputs[0]), isOurs(told.key)
        else { return }
        networks.insert(told.key.network)
        if told.type == "decision.made.v1" { return decisions.append(told.data) }
        entries.append(Entry(place: Place(record), at: told.at, content: .told(told)))
    }

    private func isOurs(_ key: RequestKey) -> Bool {
        key.request == request && network ?? key.network == key.network
    }
}

extension Casebook.Place {
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

internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

/// Everything that the topics hold about one request, put in order.
struct Casebook {
    /// Something that came in or went out.
    struct Entry {
        enum Content {
            case heard(Event)
            case told(type: String, data: JSONTree)
        }

        let at: Moment
        /// What came in stands before what it caused.
        let number: Int
        let content: Content
    }

    let request: String
    let network: String?
    private let site: KafkaSite
    private let events: EventReader
    private let json = JSONReader()
    private(set) var entries: [Entry] = []
    /// The networks in which there is a request of that name.
    private(set) var networks: Set<String> = []
    /// Profiles of the one who is asked about, in their order.
    private(set) var profiles: [(at: Moment, profile: Specialist?)] = []
    private let other: String?
    /// What was told of decisions in full.
    private(set) var decisions: [JSONTree] = []

    /// - Parameters:
    ///   - request: The request's id.
    ///   - network: Its network; nil: whichever has it.
    ///   - other: A specialist whose profiles are wanted as well.
    ///   - settings: Where the topics are and how events are read.
    init(_ request: String, in network: String?, and other: String?, _ settings: Settings) {
        self.request = request
        self.network = network
        self.other = other
        site = settings.site
        events = EventReader(settings.reader)
    }

    /// Puts the entries in order.
    mutating func close() {
        entries.sort { ($0.at, $0.number) < ($1.at, $1.number) }
    }

    mutating func take(_ record: Record) {
        switch record.topic {
        case site.inputs[0]: take(record, .requests)
        case site.inputs[1]: take(record, .responses)
        case site.name(Topic.specialists): take(profile: record)
        default: take(told: record)
        }
    }

    private mutating func take(_ record: Record, _ inbox: EventReader.Inbox) {
        guard let event = try? events.event(record, from: inbox), isOurs(event.key) else { return }
        networks.insert(event.key.network)
        entries.append(Entry(at: event.time, number: 0, content: .heard(event)))
    }

    private mutating func take(profile record: Record) {
        guard let other, record.key.map({ $0.elementsEqual(other.utf8) }) == true else { return }
        let at = Moment(milliseconds: record.timestamp)
        profiles.append((at, try? events.profile(record).0))
    }

    private mutating func take(told record: Record) {
        guard record.key.map({ $0.elementsEqual(request.utf8) }) == true, let value = record.value,
            let tree = try? json.parse(value), let told = Told(record, tree),
            isOurs(RequestKey(network: told.network, request: told.request))
        else { return }
        networks.insert(told.network)
        if told.type == "decision.made.v1" { return decisions.append(tree) }
        let content = Entry.Content.told(type: told.type, data: tree)
        entries.append(Entry(at: told.at, number: told.number, content: content))
    }

    private func isOurs(_ key: RequestKey) -> Bool {
        key.request == request && network ?? key.network == key.network
    }

    /// The envelope of what the daemon writes, in either mode.
    private struct Told {
        let type: String
        let at: Moment
        let network: String
        let request: String
        let number: Int

        init?(_ record: Record, _ tree: JSONTree) {
            func attribute(_ name: StaticString) -> String? {
                let header = record.headers.first { $0.name == "ce_\(name)" }?.value
                return header.map { String(decoding: $0, as: UTF8.self) } ?? tree.root[name]?.string
            }
            let data = tree.root["specversion"] == nil ? tree.root : tree.root["data"]
            guard let type = attribute("type"), let id = attribute("id"),
                let at = attribute("time").flatMap(Timestamp.milliseconds),
                let network = data?["networkId"]?.string,
                let request = data?["requestId"]?.string
            else { return nil }
            self.type = String(type.dropFirst("org.opiniond.".count))
            self.at = Moment(milliseconds: at)
            self.network = network
            self.request = request
            number = id.split(separator: "/").last.flatMap { Int($0) } ?? 1
        }
    }
}

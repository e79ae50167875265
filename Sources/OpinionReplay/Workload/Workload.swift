package import OpinionWire

/// A seeded workload in the contract's format: a roster and requests.
package struct Workload: Sendable {
    package struct Options: Sendable {
        package var seed: UInt64
        package var specialists: Int
        package var requests: Int
        package var networks: Int
        /// The `time` of the first request, milliseconds since 1970.
        package var epoch: Int64
        /// Between two requests, in milliseconds.
        package var spacing: Int64
        /// Units of all specialists together, over the number of requests.
        package var capacityScale: Double
        /// Share of the requests that are sent twice.
        package var duplicates: Double
        /// Share of the requests that are panels.
        package var panels: Double

        package init(
            seed: UInt64 = 1,
            specialists: Int = 2_000,
            requests: Int = 20_000,
            networks: Int = 4,
            epoch: Int64,
            spacing: Int64 = 100,
            capacityScale: Double = 1.5,
            duplicates: Double = 0.002,
            panels: Double = 0
        ) {
            self.seed = seed
            self.specialists = specialists
            self.requests = requests
            self.networks = min(max(networks, 1), Catalogue.networks.count)
            self.epoch = epoch
            self.spacing = spacing
            self.capacityScale = capacityScale
            self.duplicates = duplicates
            self.panels = panels
        }
    }

    /// A record to be published.
    package struct Item: Sendable {
        package var topic: String
        package var key: String
        package var headers: [Header]
        package var value: [UInt8]

        package init(topic: String, key: String, headers: [Header], value: [UInt8]) {
            self.topic = topic
            self.key = key
            self.headers = headers
            self.value = value
        }
    }

    package static let contentType = "application/cloudevents+json; charset=UTF-8"

    private let options: Options
    private let networks: [Catalogue.Network]

    package init(_ options: Options) {
        self.options = options
        networks = Array(Catalogue.networks.prefix(options.networks))
    }

    /// Milliseconds since 1970 of an RFC 3339 time; nil when it is none.
    package static func moment(_ text: String) -> Int64? { Timestamp.milliseconds(text) }

    // MARK: Roster

    /// One profile a specialist.
    package func roster() -> [Item] {
        var random = SeededGenerator(seed: options.seed &* 2 &+ 1)
        return (0..<options.specialists).map { specialist($0, &random) }
    }

    private func specialist(_ number: Int, _ random: inout SeededGenerator) -> Item {
        let network = networks[number % networks.count]
        let first = random.pick(weights: Catalogue.diagnoses.map { $0.share.squareRoot() })
        let families = families(around: first, &random)
        let id = "sp-\(padded(number, 5))"
        let mean = options.capacityScale * Double(options.requests) / Double(options.specialists)
        let units = max(1, Int((mean * Double.random(in: 0.5...1.5, using: &random)).rounded()))
        let own = Catalogue.discipline(of: families[0], &random)
        let disciplines = options.panels > 0 ? Catalogue.disciplines(own, number) : [own]
        let spoken = random.some(Array(network.languages.dropFirst()), share: 0.4)
        let regions = random.some(network.regions, share: 0.8)
        let levels = families.map { _ in Int.random(in: 1...5, using: &random) }
        let organisation = "org-\(Int.random(in: 0..<12, using: &random))"
        let practice = "pg-\(Int.random(in: 0..<20, using: &random))"
        return event(Topic.specialists, id, EventType.profiled, id, "/directory", 0) { json in
            json.member("specialistId", id)
            json.member("networkId", network.id)
            json.member("active", true)
            json.texts("disciplines", disciplines)
            json.beginArray("expertise")
            for (family, level) in zip(families, levels) {
                json.beginObject()
                json.member("family", family)
                json.member("level", level)
                json.endObject()
            }
            json.endArray()
            json.texts("languages", [network.languages[0]] + spoken)
            json.beginArray("licences")
            for region in regions {
                json.beginObject()
                json.member("jurisdiction", region)
                json.member("until", Timestamp.dateString(Timestamp.day(of: options.epoch) + 400))
                json.endObject()
            }
            json.endArray()
            json.member("organisationId", organisation)
            json.texts("practiceGroupIds", [practice])
            json.beginObject("capacity")
            json.member("units", units)
            json.endObject()
            json.member("acceptsOffers", "auto")
        }
    }

    private func families(around first: Int, _ random: inout SeededGenerator) -> [String] {
        let own = Catalogue.diagnoses[first].family
        let others = random.some(Catalogue.diagnoses.map(\.family), share: 0.1)
        return [own] + others.filter { $0 != own }
    }

    // MARK: Requests

    /// The requests in the order of their times; a few of them twice.
    package func requests() -> [Item] {
        var random = SeededGenerator(seed: options.seed &* 2 &+ 2)
        // Apart, so that the other requests are the same with and without panels.
        var extra = SeededGenerator(seed: options.seed &* 2 &+ 3)
        var items: [Item] = []
        items.reserveCapacity(options.requests)
        for number in 0..<options.requests {
            let panel = extra.chance(options.panels) ? Panel(&extra) : nil
            let item = request(number, panel, &random)
            items.append(item)
            if random.chance(options.duplicates) { items.append(item) }
        }
        return items
    }

    private func request(
        _ number: Int,
        _ panel: Panel?,
        _ random: inout SeededGenerator
    ) -> Item {
        let network = random.pick(networks)
        let patient = Patient(in: network, &random)
        let id = "rq-\(padded(number, 7))"
        let moment = options.epoch + Int64(number) * options.spacing
        let source = "/intake/\(network.id)"
        return event(Topic.requests, network.id, EventType.submitted, id, source, moment) { json in
            json.member("requestId", id)
            json.member("networkId", network.id)
            json.member("kind", panel == nil ? "single" : "panel")
            patient.write(&json, born: Int(Timestamp.year(of: moment)), panel)
        }
    }

    // MARK: Events

    private func event(
        _ topic: String,
        _ key: String,
        _ type: String,
        _ subject: String,
        _ source: String,
        _ moment: Int64,
        data: (inout JSONWriter) -> Void
    ) -> Item {
        var value: [UInt8] = []
        JSONWriter.append(to: &value) { json in
            json.beginObject()
            json.member("specversion", "1.0")
            json.member("id", "\(options.seed)-\(subject)")
            json.member("source", source)
            json.member("type", type)
            json.member("time", time: moment == 0 ? options.epoch : moment)
            json.member("subject", subject)
            json.member("datacontenttype", "application/json")
            json.beginObject("data")
            data(&json)
            json.endObject()
            json.endObject()
        }
        let header = Header("content-type", Array(Self.contentType.utf8))
        return Item(topic: topic, key: key, headers: [header], value: value)
    }

    private func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension JSONWriter {
    mutating func texts(_ name: StaticString, _ texts: [String]) {
        beginArray(name)
        for text in texts { element(text) }
        endArray()
    }
}

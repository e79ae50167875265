package import OpinionFlow
package import OpinionMatching

/// What the reader has to know of the settings.
package struct ReaderSettings: Sendable {
    package var limits: JSONLimits
    /// Prefixes of the `source` attribute that are accepted; empty: any.
    package var allowedSources: [String]
    package var policy: Policy

    package init(limits: JSONLimits = JSONLimits(), allowedSources: [String] = [], policy: Policy) {
        self.limits = limits
        self.allowedSources = allowedSources
        self.policy = policy
    }
}

/// Turns records into events, or says what is wrong with them.
///
/// One reader serves one thread: it keeps the parser's memory from one record to the next.
package final class EventReader {
    package enum Inbox: Sendable { case requests, responses }

    package let settings: ReaderSettings
    private let json: JSONReader
    /// Reads larger ones, when they were refused; made for the first such record.
    lazy var lenient = JSONReader(limits: .lenient, isLenient: true)

    package init(_ settings: ReaderSettings) {
        self.settings = settings
        json = JSONReader(limits: settings.limits, isLenient: true)
    }

    /// Reads a record of the requests or responses.
    ///
    /// - Complexity: O(bytes of the record).
    /// - Throws: ``Refusal`` with a pointer into the event in its structured form.
    package func event(_ record: Record, from inbox: Inbox) throws(Refusal) -> Event {
        let envelope = try envelope(record)
        let time = try Self.time(of: envelope, record)
        let key: RequestKey
        let message: Message
        var consent = Consent.missing
        do throws(Refusal) {
            let read = try reading(envelope.type, in: inbox)
            key = try Self.key(envelope.data)
            message = try read(envelope.data, time, &consent)
        } catch {
            throw error.reason == .unknownType ? error : error.inside("/data")
        }
        var event = Event(
            key: key,
            fingerprint: fingerprint(of: envelope),
            time: time,
            cause: Self.cause(envelope.id, record),
            message: message
        )
        event.consent = consent
        return event
    }

    /// Reads a profile.
    ///
    /// - Throws: ``Refusal``; `key-mismatch` when the record's key is not the specialist's id.
    package func profile(_ record: Record) throws(Refusal) -> (Specialist, Cause) {
        let envelope = try envelope(record)
        guard envelope.type.isText(EventType.profiled) else {
            throw Refusal(.unknownType, at: "/type")
        }
        let specialist: Specialist
        do throws(Refusal) {
            specialist = try Specialist(profile: envelope.data)
        } catch {
            throw error.inside("/data")
        }
        guard let key = record.key, key.elementsEqual(specialist.id.text.utf8) else {
            throw Refusal(.keyMismatch, at: "/data/specialistId")
        }
        return (specialist, Self.cause(envelope.id, record))
    }

    private func envelope(_ record: Record) throws(Refusal) -> CloudEvent {
        let envelope = try CloudEvent.read(record, with: json)
        let allowed = settings.allowedSources
        guard allowed.isEmpty || allowed.contains(where: { envelope.source.starts(with: $0.utf8) })
        else {
            throw Refusal(.sourceNotAllowed, at: "/source")
        }
        return envelope
    }

    /// The event's own time, else the record's.
    private static func time(of envelope: CloudEvent, _ record: Record) throws(Refusal) -> Moment {
        guard let time = envelope.time ?? record.sentAt else {
            throw Refusal(.notCloudEvent, at: "/time")
        }
        return Moment(milliseconds: time)
    }

    static func key(_ data: JSONValue) throws(Refusal) -> RequestKey {
        RequestKey(
            network: try data.required("networkId", \.id),
            request: try data.required("requestId", \.id)
        )
    }

    private func fingerprint(of envelope: CloudEvent) -> EventFingerprint {
        EventFingerprint(
            identity: EventIdentity(
                high: Self.identity(envelope, seed: 1),
                low: Self.identity(envelope, seed: 2)
            ),
            content: BytesHash.of(Self.kind(of: envelope), seed: envelope.data.contentHash)
        )
    }

    /// What content is compared under: a submission and an amendment of equal data say the same.
    private static func kind(of envelope: CloudEvent) -> ArraySlice<UInt8> {
        envelope.type.isText(EventType.amended) ? submitted : envelope.type
    }

    private static let submitted = Array(EventType.submitted.utf8)[...]

    /// One of two hashes of (source, id); where the one ends and the other begins counts.
    private static func identity(_ envelope: CloudEvent, seed: UInt64) -> UInt64 {
        BytesHash.of(envelope.id, seed: BytesHash.of(envelope.source, seed: seed))
    }

    static func cause(_ eventID: String, _ record: Record) -> Cause {
        let parent = record.headers.isEmpty ? nil : Trace.parent(in: record.headers)
        return Cause(
            eventID: eventID,
            traceparent: parent,
            tracestate: parent == nil ? nil : Trace.state(in: record.headers)
        )
    }

    private typealias Reading = (JSONValue, Moment, inout Consent) throws(Refusal) -> Message

    /// The event types of an inbox, each with what reads it.
    private func reading(
        _ type: ArraySlice<UInt8>,
        in inbox: Inbox
    ) throws(Refusal) -> Reading {
        let reading = inbox == .requests ? ofRequests(type) : Self.ofResponses(type)
        guard let reading else { throw Refusal(.unknownType, at: "/type") }
        return reading
    }

    private func ofRequests(_ type: ArraySlice<UInt8>) -> Reading? {
        if type.isText(EventType.submitted) {
            return { (data, time, consent) throws(Refusal) in
                .submitted(try self.submission(data, time, &consent))
            }
        }
        if type.isText(EventType.amended) {
            return { (data, time, consent) throws(Refusal) in
                .amended(try self.submission(data, time, &consent))
            }
        }
        if type.isText(EventType.withdrawn) {
            return { (data, _, _) throws(Refusal) in try Message(withdrawal: data) }
        }
        if type.isText(EventType.directed) {
            return { (data, _, _) throws(Refusal) in .directed(try Directive(data)) }
        }
        return nil
    }

    private static func ofResponses(_ type: ArraySlice<UInt8>) -> Reading? {
        if type.isText(EventType.delivered) {
            return { (data, _, _) throws(Refusal) in
                .delivered(try Answer(data), try Opinion(delivery: data))
            }
        }
        if type.isText(EventType.accepted) {
            return { (data, _, _) throws(Refusal) in .accepted(try Answer(data)) }
        }
        if type.isText(EventType.declined) {
            return { (data, _, _) throws(Refusal) in try Message(decline: data) }
        }
        if type.isText(EventType.givenBack) {
            return { (data, _, _) throws(Refusal) in .givenBack(try Answer(data)) }
        }
        return nil
    }
}

/// The types of the events that are read.
package enum EventType {
    package static let submitted = "org.opiniond.request.submitted.v1"
    package static let amended = "org.opiniond.request.amended.v1"
    package static let withdrawn = "org.opiniond.request.withdrawn.v1"
    package static let directed = "org.opiniond.request.directed.v1"
    package static let profiled = "org.opiniond.specialist.profiled.v1"
    package static let accepted = "org.opiniond.response.accepted.v1"
    package static let declined = "org.opiniond.response.declined.v1"
    package static let givenBack = "org.opiniond.response.withdrawn.v1"
    package static let delivered = "org.opiniond.response.opinion-submitted.v1"
}

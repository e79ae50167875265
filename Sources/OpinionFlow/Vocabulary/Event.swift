package import OpinionMatching

/// An event for a shard, decoded: what it says, about which request, when, and from whom.
package struct Event: Hashable, Sendable {
    package var key: RequestKey
    package var fingerprint: EventFingerprint
    /// The event's own `time`; the record's where it states none.
    package var time: Moment
    package var cause: Cause
    package var message: Message
    /// What a submission or an amendment says of the patient's consent; the policy's gates look at it.
    package var consent = Consent.missing

    package init(
        key: RequestKey,
        fingerprint: EventFingerprint,
        time: Moment,
        cause: Cause,
        message: Message
    ) {
        self.key = key
        self.fingerprint = fingerprint
        self.time = time
        self.cause = cause
        self.message = message
    }
}

/// What is remembered of an event, to recognise it: its identity and its content, not its bytes.
package struct EventFingerprint: Hashable, Sendable {
    package var identity: EventIdentity
    /// Equal for equal type and data, however spelled.
    package var content: UInt64

    package init(identity: EventIdentity, content: UInt64) {
        self.identity = identity
        self.content = content
    }
}

/// 128 bits out of (source, id), which CloudEvents makes unique.
///
/// The chance that any two of a billion remembered events share one is 10⁻²⁰.
package struct EventIdentity: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Half of it is enough, since all of it is a hash already.
    package func hash(into hasher: inout Hasher) { hasher.combine(low) }

    var tableHash: UInt64 { NameHash.of(low) }

    package init(source: String, id: String) {
        let first = StableHash.of(source)
        let second = StableHash.of(id)
        high = StableHash.combine(first, second)
        low = StableHash.combine(
            StableHash.reversed(id),
            StableHash.reversed(source) &+ UInt64(source.utf8.count)
        )
    }
}

/// The event that an announcement answers: `causationid` names it, and its trace goes on.
package struct Cause: Hashable, Sendable {
    package let eventID: String
    /// In a box: most intakes don't trace.
    private let trace: Trace?

    package var traceparent: String? { trace?.parent }
    package var tracestate: String? { trace?.state }

    package init(eventID: String, traceparent: String? = nil, tracestate: String? = nil) {
        self.eventID = eventID
        let isTraced = traceparent != nil || tracestate != nil
        trace = isTraced ? Trace(parent: traceparent, state: tracestate) : nil
    }

    private final class Trace: Hashable, Sendable {
        let parent: String?
        let state: String?

        init(parent: String?, state: String?) {
            self.parent = parent
            self.state = state
        }

        static func == (left: Trace, right: Trace) -> Bool {
            left.parent == right.parent && left.state == right.state
        }

        func hash(into hasher: inout Hasher) { hasher.combine(parent) }
    }
}

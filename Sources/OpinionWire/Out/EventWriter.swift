package import OpinionFlow
package import OpinionMatching

/// Writes events, dead letters and forwarded records into a batch.
///
/// - Complexity: about a microsecond for an event of 1 KB; nothing is allocated but what the batch
///   grows by, memory for events with long texts, and the headers of the few records that have some of their own.
///
/// Shared, not copied: it holds the policy, of which every copy would count two dozen references.
package final class EventWriter: Sendable {
    package enum Mode: String, CaseIterable, Sendable { case structured, binary }

    let source: String
    let mode: Mode
    let policy: Policy

    /// - Parameters:
    ///   - groupID: Names us in `source`.
    ///   - mode: How events are written.
    ///   - policy: The policy in force, named in each assignment.
    package init(groupID: String, mode: Mode = .structured, policy: Policy) {
        source = "/opiniond/\(groupID)"
        self.mode = mode
        self.policy = policy
    }

    /// Writes what a shard announced.
    package func write(_ announcement: Announcement, into batch: inout RecordBatch) {
        let topic: OutTopic = announcement.kind.isReport ? .reports : .assignments
        let envelope = Envelope(
            id: "\(announcement.key.request)@\(announcement.key.network)/\(announcement.number)",
            type: announcement.kind.type,
            time: announcement.at,
            key: announcement.key,
            cause: announcement.cause
        )
        write(envelope, to: topic, into: &batch) { json in
            announcement.write(&json, policy)
        }
        if let audit = announcement.audit { write(audit, behind: envelope, into: &batch) }
    }

    /// Writes what a decision found of everybody, beside the event that tells what came of it.
    private func write(_ audit: Audit, behind told: Envelope, into batch: inout RecordBatch) {
        var envelope = told
        envelope.id += "/decision"
        envelope.type = EnvelopeType(
            "org.opiniond.decision.made.v1",
            "https://opiniond.org/schemas/decision.made.v1.json"
        )
        write(envelope, to: .decisions, into: &batch) { json in
            audit.write(&json, of: told.key, policy)
        }
    }

    /// Tells the intake that a record about a request of theirs was refused.
    ///
    /// The request may be unknown, so its number can't be counted: the place of the record makes the id.
    package func writeRefused(
        _ refusal: Refusal,
        of record: Record,
        about key: RequestKey,
        because cause: Cause?,
        at now: Moment,
        into batch: inout RecordBatch
    ) {
        let place = "\(record.partition)/\(record.offset)"
        let envelope = Envelope(
            id: "\(key.request)@\(key.network)/refused/\(place)",
            type: EnvelopeType(
                "org.opiniond.request.refused.v1",
                "https://opiniond.org/schemas/request.refused.v1.json"
            ),
            time: now,
            key: key,
            cause: cause
        )
        write(envelope, to: .assignments, into: &batch) { json in
            json.member("requestId", key.request)
            json.member("networkId", key.network)
            json.member("reason", refusal.reason.rawValue)
            json.member("pointer", refusal.pointer)
            if let suggestion = refusal.suggestion { json.member("suggestion", suggestion) }
        }
    }

    private func write(
        _ envelope: Envelope,
        to topic: OutTopic,
        into batch: inout RecordBatch,
        data: (inout JSONWriter) -> Void
    ) {
        let key = batch.append(envelope.key.request)
        let begin = batch.bytes.count
        JSONWriter.append(to: &batch.bytes) { json in
            json.beginObject()
            if mode == .structured {
                envelope.write(&json, source: source)
                json.beginObject("data")
            }
            data(&json)
            if mode == .structured { json.endObject() }
            json.endObject()
        }
        batch.entries.append(
            RecordBatch.Entry(
                topic: topic.rawValue,
                partition: nil,
                key: key,
                value: begin..<batch.bytes.count,
                headers: envelope.headers(mode, source: source)
            )
        )
    }
}

extension RecordBatch {
    /// Appends bytes that an entry will point to.
    mutating func append(_ text: String) -> Range<Int> {
        let begin = bytes.count
        bytes.append(contentsOf: text.utf8)
        return begin..<bytes.count
    }

    mutating func append(_ other: [UInt8]?) -> Range<Int>? {
        guard let other else { return nil }
        let begin = bytes.count
        bytes.append(contentsOf: other)
        return begin..<bytes.count
    }
}

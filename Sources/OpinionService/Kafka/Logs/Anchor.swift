package import OpinionWire

/// The record by which a log is known again: one that was read and was seen to be there afterwards.
///
/// A log can be made anew while it is read: the next record that comes may be of another one. So the newest record
/// becomes the anchor only once the old one was found where it was, after the newest had been read. What the state says
/// is the anchor: it stays that of the log that was lost, whatever was read and committed in the meantime.
package struct Anchor: Hashable, Sendable {
    /// nil: no record has been read yet.
    package private(set) var fingerprint: Fingerprint?
    /// The newest record when the anchor was looked for.
    private var candidate: Fingerprint?

    package init(_ fingerprint: Fingerprint? = nil) { self.fingerprint = fingerprint }

    /// The fingerprint to store in meta: the confirmed anchor, or else the first record that was read.
    package mutating func known(newest: @autoclosure () -> Fingerprint?) -> Fingerprint? {
        if fingerprint == nil { fingerprint = newest() }
        return fingerprint
    }

    /// The anchor is to be looked for now.
    ///
    /// - Parameter newest: The last record that was read.
    /// - Returns: What to look for; nil: nothing has been read yet.
    package mutating func seek(newest: Fingerprint?) -> Fingerprint? {
        candidate = newest
        return fingerprint
    }

    /// The anchor was found where it was, or retention has taken it.
    package mutating func confirm() {
        if let candidate { fingerprint = candidate }
        candidate = nil
    }
}

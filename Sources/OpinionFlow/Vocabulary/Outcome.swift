package import OpinionMatching

/// What became of an event.
package enum Outcome: Hashable, Sendable {
    /// It took effect.
    case applied
    /// It was applied before, or repeats what is known: nothing changed.
    case duplicate
    /// It came too late to change anything, which is no fault.
    case superseded
    /// It belongs in the dead letters.
    case refused(Refusal)
}

/// Why a record is dead-lettered, and where in it the fault lies.
package struct Refusal: Error, Hashable, Sendable {
    /// The codes of `opiniond-dlq-reason`.
    package enum Reason: String, CaseIterable, Sendable {
        case notJSON = "not-json"
        /// JSON that others may read otherwise (RFC 8259 §4, §6, §8.2): a member named twice, a number beyond range, NUL or
        /// half of a surrogate pair.
        case notInteroperable = "not-interoperable"
        case tooLarge = "too-large"
        case notCloudEvent = "not-cloudevent"
        case unknownType = "unknown-type"
        case schema
        case unknownFamily = "unknown-family"
        case secondaryOnly = "secondary-only"
        case keyMismatch = "key-mismatch"
        case notOpen = "not-open"
        case wrongSpecialist = "wrong-specialist"
        case conflict
        case stale
        /// The policy accepts no such request (see ``GatePolicy``), or a hard rule excludes the specialist whom a directive names.
        case notEligible = "not-eligible"
        case noConsent = "no-consent"
        case sourceNotAllowed = "source-not-allowed"
        case processorCrash = "processor-crash"
    }

    package var reason: Reason
    /// A JSON pointer (RFC 6901) into the structured form of the event; empty: the whole.
    package var pointer: String
    /// Why the specialist whom a directive names may not take the seat; nil: it is refused for something else.
    package var ineligibility: Ineligibility?
    /// The code that was probably meant: a public one, of our own tables; nil: none is near.
    package var suggestion: String?

    package init(_ reason: Reason, at pointer: String = "", suggesting suggestion: String? = nil) {
        self.reason = reason
        self.pointer = pointer
        self.suggestion = suggestion
    }

    /// The specialist whom a directive names may not take the seat.
    package init(_ ineligibility: Ineligibility, at pointer: String) {
        self.init(.notEligible, at: pointer)
        self.ineligibility = ineligibility
    }
}

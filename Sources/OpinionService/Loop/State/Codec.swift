internal import OpinionFlow
internal import OpinionWire

/// Records to events and what follows to records, by the policy in force.
struct Codec {
    /// Holds the policy in force: the only place.
    private(set) var reader: EventReader
    private(set) var writer: EventWriter
    /// What the core said last and is not written yet.
    var outbox = Outbox()
    private let mode: EventWriter.Mode
    private let group: String

    init(_ settings: ReaderSettings, group: String, mode: EventWriter.Mode) {
        self.group = group
        self.mode = mode
        reader = EventReader(settings)
        writer = EventWriter(groupID: group, mode: mode, policy: settings.policy)
    }

    var policy: Policy { reader.settings.policy }

    /// Goes by another policy from now on.
    mutating func adopt(_ policy: Policy) {
        var settings = reader.settings
        settings.policy = policy
        reader = EventReader(settings)
        writer = EventWriter(groupID: group, mode: mode, policy: policy)
    }
}

internal import OpinionFlow
internal import OpinionWire

/// Decodes events and encodes results, by the policy in force.
struct Codec {
    /// Its settings hold the loop's copy of the policy in force; the writer and each shard at work have theirs.
    private(set) var reader: EventReader
    private(set) var writer: EventWriter
    /// What the core has announced and is not written yet.
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

    /// Uses another policy from now on.
    mutating func adopt(_ policy: Policy) {
        var settings = reader.settings
        settings.policy = policy
        reader = EventReader(settings)
        writer = EventWriter(groupID: group, mode: mode, policy: policy)
    }
}

internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

/// What the topic of profiles still holds about some specialists.
struct ProfileHistory {
    private let wanted: Set<String>
    private let events: EventReader
    private let refusals: [RequestHistory.Place: RequestHistory.Refused]
    /// In their order; nil: retired, or it can't be read.
    private var profiles: [Specialist.ID: [(at: Moment, profile: Specialist?)]] = [:]

    /// - Parameters:
    ///   - wanted: Ids of the specialists.
    ///   - refusals: What was set aside, and so counts for no profile.
    ///   - settings: How much is read of a record.
    init(
        of wanted: Set<String>,
        without refusals: [RequestHistory.Place: RequestHistory.Refused],
        _ settings: Settings
    ) {
        self.wanted = wanted
        self.refusals = refusals
        events = EventReader(settings.readerOfEverything)
    }

    mutating func take(_ record: Record) {
        guard let key = record.key.map({ String(decoding: $0, as: UTF8.self) }),
            wanted.contains(key)
        else { return }
        let isRefused = refusals[RequestHistory.Place(record)] != nil
        let profile = isRefused ? nil : try? events.profile(record).0
        profiles[Specialist.ID(key), default: []].append((record.moment, profile))
    }

    /// What is known of a specialist as of a moment.
    struct Known {
        /// nil: there is none, or it can't be read.
        let profile: Specialist?
        /// Whether the one of then is gone.
        let isLater: Bool
    }

    /// The profile of a moment, or else the oldest that the compacted topic still has.
    func known(of id: Specialist.ID, at moment: Moment) -> Known {
        let all = profiles[id] ?? []
        if let then = all.last(where: { $0.at <= moment }) {
            return Known(profile: then.profile, isLater: false)
        }
        return Known(profile: all.first?.profile, isLater: !all.isEmpty)
    }
}

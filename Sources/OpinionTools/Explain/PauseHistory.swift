internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

/// The pauses of one specialist after declining for workload, as the topics tell them: seats that were taken back
/// because of such an event, whatever request they are of.
struct PauseHistory {
    private struct Decline: Hashable {
        let key: RequestKey
        let eventID: String
    }

    private let id: Specialist.ID
    /// By the policy of the settings.
    private let length: Int64
    private let site: KafkaSite
    private let events: EventReader
    private let json = JSONReader(limits: .widest)
    /// Why seats were declined, and those that were taken back because of events.
    private var reasons: [Decline: DeclineReason] = [:]
    private var takenBack: [(decline: Decline, assignment: String, at: Moment)] = []

    init(of id: Specialist.ID, _ settings: Settings) {
        self.id = id
        length = settings.policy.workloadPause
        site = settings.site
        events = EventReader(settings.readerOfEverything)
    }

    mutating func take(_ record: Record) {
        guard 0 < length else { return }
        switch record.topic {
        case site.inputs[1]: take(response: record)
        case site.name(Topic.assignments): take(told: record)
        default: break
        }
    }

    private mutating func take(response record: Record) {
        guard let event = try? events.event(record, from: .responses),
            case .declined(_, let reason) = event.message
        else { return }
        reasons[Decline(key: event.key, eventID: event.cause.eventID)] = reason
    }

    private mutating func take(told record: Record) {
        guard let value = record.value, let tree = try? json.parse(value),
            let told = RequestHistory.Told(record, tree.root, requests: site.inputs[0]),
            told.type == "assignment.rescinded.v1", told.data.text("specialistId") == id.text,
            told.data.text("reason") == RescindReason.declined.rawValue, let cause = told.cause
        else { return }
        let decline = Decline(key: told.key, eventID: cause)
        takenBack.append((decline, told.data.text("assignmentId"), told.at))
    }

    /// Why and until when somebody is given nothing.
    struct Pause {
        let absence: Specialist.Absence
        /// What they declined.
        let assignment: String

        var text: String {
            "pauses until \(Timestamp.string(absence.end.milliseconds)) after declining \(assignment) "
                + "for workload"
        }
    }

    /// The pause of a moment in a network that lasts longest; nil: there is none.
    func pause(in network: String, at moment: Moment) -> Pause? {
        pauses(in: network, at: moment, for: .workload)
            .max { $0.absence.end < $1.absence.end }
    }

    /// Whether there may be one: something was declined for a reason that the topics no longer tell.
    func isUntold(in network: String, at moment: Moment) -> Bool {
        !pauses(in: network, at: moment, for: nil).isEmpty
    }

    private func pauses(
        in network: String,
        at moment: Moment,
        for reason: DeclineReason?
    ) -> [Pause] {
        takenBack.filter { $0.decline.key.network == network && reasons[$0.decline] == reason }
            .map { taken in
                let end = taken.at.advanced(by: length)
                let absence = Specialist.Absence(begin: taken.at, end: end)
                return Pause(absence: absence, assignment: taken.assignment)
            }
            .filter { $0.absence.contains(moment) }
    }
}

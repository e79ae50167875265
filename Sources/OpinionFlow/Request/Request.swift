package import OpinionMatching

/// What a shard remembers of one request: what its state record holds, and a little that is derived.
///
/// ```
///            submitted               opinion of the last seat
///  (unknown) ─────────► open ─────────────────────────────► closed(reported)
///      │                 │ withdrawn, too old
///      │ withdrawn       └─────────────────────────────────► closed(withdrawn, expired)
///      └──────────────────────────────────────────────────► closed(foreclosed)
/// ```
/// A closed request is forgotten when its retention ends.
package struct Request: Hashable, Sendable {
    package enum Phase: Hashable, Sendable {
        case open(OpenRequest)
        /// In a box, so that open requests, which are many, don't pay for the room.
        indirect case closed(Closure)
    }

    /// How a request ended, and when.
    package struct Closure: Hashable, Sendable {
        package enum Kind: String, CaseIterable, Sendable {
            case reported, withdrawn, expired
            /// Withdrawn before its submission arrived.
            case foreclosed
        }

        package var at: Moment
        /// What it asked for, remembered as long as the request; nil: it was never submitted.
        package var demand: Demand?
        package var kind: Kind
        /// See ``Request/pauses``.
        package var pauses: [Pause] = []
        package init(kind: Kind, at: Moment, demand: Demand? = nil) {
            self.kind = kind
            self.at = at
            self.demand = demand
        }
    }

    /// How many of its seats a specialist was assigned on a day; the daily and weekly counts are derived from these.
    package struct DayMark: Hashable, Sendable {
        package var specialist: Specialist.ID
        package var day: Day
        package var count: Int32
        package init(specialist: Specialist.ID, day: Day, count: Int = 1) {
            self.specialist = specialist
            self.day = day
            self.count = Int32(clamping: count)
        }
    }

    /// Events remembered of one request; past that the oldest is forgotten.
    package static let fingerprintsMax = 256

    package let key: RequestKey
    package var phase: Phase
    /// Announcements made of it: the number of the last one.
    package var told: Int {
        get { Int(packedTold) }
        set { packedTold = Int32(clamping: newValue) }
    }
    private var packedTold: Int32 = 0
    /// The slot of its network in the shard; not written.
    var network: Int {
        get { Int(packedNetwork) }
        set { packedNetwork = Int32(clamping: newValue) }
    }
    private var packedNetwork: Int32 = 0
    /// The events applied, the oldest first.
    package var fingerprints: [EventFingerprint] {
        get { fingerprintList.array }
        set { fingerprintList = SmallList(newValue) }
    }
    var fingerprintList = SmallList<EventFingerprint>()
    /// Whether its waiting seats are in the queue of the network; not written.
    var isQueued = false
    /// The content of its submission, and of the amendment in force.
    package var submissionContent: UInt64? {
        get { submitted.content }
        set { submitted.content = newValue }
    }
    package var amendmentContent: UInt64? {
        get { amended.content }
        set { amended.content = newValue }
    }
    private var submitted = PackedContent()
    private var amended = PackedContent()
    /// The `time` of the submission or amendment in force.
    package var contentTime = Moment.distantPast
    /// Assignments in the week of the last one: an entry for each specialist and day, in order of days.
    package var dayMarks: [DayMark] {
        get { dayMarkList.array }
        set { dayMarkList = SmallList(newValue) }
    }
    var dayMarkList = SmallList<DayMark>()
    /// Hash of its state record as last written; 0: never.
    package var recordHash: UInt64 = 0
    /// When time will next change something about it, not written; the distant future: never.
    var timerAt = Moment.distantFuture

    package init(key: RequestKey, phase: Phase) {
        self.key = key
        self.phase = phase
    }

    package var status: RequestStatus { phase.status }

    /// What a handle stands for that no request has.
    static let vacant = Request(
        key: RequestKey(network: "", request: ""),
        phase: .closed(Closure(kind: .foreclosed, at: .distantPast))
    )

    var isVacant: Bool { key.request.isEmpty }

    /// The same without what is derived: what its record holds.
    var underived: Request {
        var request = self
        request.isQueued = false
        request.network = 0
        request.timerAt = .distantFuture
        return request
    }

    /// Looks at each of ``fingerprints`` without making a list of them.
    package func forEachFingerprint(_ body: (borrowing EventFingerprint) -> Void) {
        fingerprintList.forEach(body)
    }

    /// The last day of ``dayMarks``; nil: there are none.
    package var assignmentDay: Day? {
        dayMarkList.count == 0 ? nil : dayMarkList[dayMarkList.count - 1].day
    }

    /// Looks at each of ``dayMarks`` without making a list of them.
    package func forEachDayMark(_ body: (borrowing DayMark) -> Void) { dayMarkList.forEach(body) }

    /// Whether a content is that of its submission, or of the amendment in force.
    func knows(_ content: UInt64) -> Bool {
        submissionContent == content || amendmentContent == content
    }
}

// Of the phase alone, so that asking doesn't copy the request.
extension Request.Phase {
    var status: RequestStatus {
        switch self {
        case .open(let open): open.status
        case .closed(let closure):
            switch closure.kind {
            case .reported: .reported
            case .withdrawn: .withdrawn
            case .expired: .expired
            case .foreclosed: .foreclosed
            }
        }
    }

    /// What kind of work it is or was.
    var demand: Demand? {
        switch self {
        case .open(let open): open.submission.demand
        case .closed(let closure): closure.demand
        }
    }
}

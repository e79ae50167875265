package import OpinionMatching
package import OpinionWire

/// Which time to go by: the wall clock's, unless it has just jumped or the records speak against it.
///
/// A clock that was set wrong by a day would forget requests, end absences and begin days. So a jump is
/// not believed before it has stood for a while, and no timer goes off meanwhile.
package struct ClockWatch {
    /// The largest step of the clock that is ignored, in milliseconds: more than slewing ever does.
    package static let stepMax: Int64 = 5_000
    /// A jump that has stood for so long is believed.
    package static let steadySeconds = 300.0
    /// The tolerated difference between a record's timestamp and our clock, or a moment that it came after, in milliseconds.
    package static let leadMax: Int64 = 60_000
    /// Records that are looked at together at least.
    package static let samplesMin = 16

    /// Wall clock less uptime, as believed.
    private var offset: Int64?
    private var jump: (offset: Int64, since: Double)?
    /// A bit for each of the last records, set where it disagreed.
    private var doubts: UInt64 = 0
    private var samples = 0
    private var sampledAt = -Double.infinity

    /// What is wrong, as the health line names it; nil: nothing.
    package func fault(at uptime: Double) -> String? {
        if jump != nil { return "clock-jumped" }
        let isRecent = uptime - sampledAt < Self.steadySeconds
        let isMany = samples >= Self.samplesMin && doubts.nonzeroBitCount * 2 > samples
        return isRecent && isMany ? "clock-disagrees" : nil
    }

    /// The time to go by.
    package mutating func now(_ clock: any Clock) -> Moment {
        let (wall, uptime) = (clock.now.milliseconds, clock.uptime)
        let measured = wall - Int64(uptime * 1_000)
        guard let believed = offset, !Self.isNear(measured, believed) else {
            (offset, jump) = (measured, nil)
            return Moment(milliseconds: wall)
        }
        let began = jump.flatMap { Self.isNear(measured, $0.offset) ? $0.since : nil } ?? uptime
        guard uptime - began < Self.steadySeconds else {
            (offset, jump) = (measured, nil)
            return Moment(milliseconds: wall)
        }
        jump = (measured, began)
        return Moment(milliseconds: wall - measured + believed)
    }

    /// Notes when a record says it was written.
    ///
    /// Nobody writes in the future, so a record that is ahead of us speaks against us. One that is behind
    /// may just have lain there, or its producer's clock may be wrong: it does so only if the broker itself
    /// set the time, and if it was written after a time by our clock that we know.
    package mutating func note(
        _ record: Record,
        at now: Moment,
        writtenAfter edge: Moment?,
        _ uptime: Double
    ) {
        guard record.timestamp >= 0 else { return }
        let isAhead = record.timestamp - now.milliseconds > Self.leadMax
        let isBehind =
            record.isTimedByBroker
            && edge.map { $0.milliseconds - record.timestamp > Self.leadMax } ?? false
        doubts = doubts << 1 | (isAhead || isBehind ? 1 : 0)
        samples = min(samples + 1, 64)
        sampledAt = uptime
    }

    package init() {}

    private static func isNear(_ left: Int64, _ right: Int64) -> Bool {
        abs(left - right) <= stepMax
    }
}

internal import OpinionMatching

// How a request changes, as a value: nothing here knows of other requests.
extension Request {
    /// Remembers an event as applied.
    ///
    /// - Returns: The oldest event, which it no longer remembers; nil: there was room.
    mutating func remember(_ event: EventFingerprint) -> EventFingerprint? {
        let isFull = fingerprintList.count == Self.fingerprintsMax
        let oldest = isFull ? fingerprintList.removeFirst() : nil
        fingerprintList.append(event)
        return oldest
    }

    /// Remembers what was submitted or amended, to tell a repetition from a conflict.
    mutating func recordContent(of event: Event) {
        switch event.message.kind {
        case .amended: amendmentContent = event.fingerprint.content
        default: submissionContent = event.fingerprint.content
        }
        contentTime = event.time
    }

    /// Whether an event is the submission that its own amendment has overtaken.
    func wasOvertaken(_ event: Event) -> Bool {
        submissionContent == nil && event.time <= contentTime
    }

    /// Records the submission that its own amendment has overtaken.
    ///
    /// The amendment stays in force, but the patient has waited since the submission.
    mutating func recordOvertaken(_ event: Event) {
        submissionContent = event.fingerprint.content
        guard case .open = phase else { return }
        withOpen {
            $0.submission.submittedAt = event.time
            $0.sharedNeed = nil
        }
    }

    /// The submission of a request that was withdrawn before it came.
    mutating func recordForeclosed(_ event: Event) {
        recordContent(of: event)
        guard case .closed(var closure) = phase else { return }
        closure.kind = .withdrawn
        phase = .closed(closure)
    }

    /// Closes the request.
    ///
    /// - Returns: How it ended.
    mutating func close(as kind: Closure.Kind, at now: Moment) -> Closure {
        var closure = Closure(kind: kind, at: now, demand: phase.demand)
        closure.pauses = pauses
        phase = .closed(closure)
        return closure
    }

    /// Counts an assignment on a day; those of earlier weeks no longer matter.
    mutating func countAssignment(to id: Specialist.ID, on day: Day) {
        dayMarkList.removeAll { $0.day.week < day.week }
        if let known = dayMarkList.firstIndex(where: { $0.specialist == id && $0.day == day }) {
            dayMarkList[known].count += 1
        } else {
            dayMarkList.append(DayMark(specialist: id, day: day))
        }
    }

    /// Changes the content of an open request where it lies.
    mutating func withOpen(_ body: (inout OpenRequest.Contents) -> Void) {
        guard case .open(var open) = phase else {
            preconditionFailure("a closed request is changed as if it were open")
        }
        // Leaves one reference, so that the content isn't copied.
        phase = Self.vacant.phase
        open.change(body)
        phase = .open(open)
    }
}

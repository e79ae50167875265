internal import OpinionMatching

// The life of an open request, as a value: nothing here knows of the network or of other requests.
extension OpenRequest.Contents {
    // MARK: Seats

    /// Adds a seat that is to be filled.
    mutating func addSeat(for spec: SeatSpec?, at now: Moment) {
        seatsPlanned += 1
        let (id, waiting) = (Int(seatsPlanned), Seat.Waiting(since: now))
        seats.append(Seat(id: id, attempt: 0, state: .waiting(waiting), spec: spec))
    }

    /// Gives a seat, or offers it.
    mutating func assign(_ index: Int, attempt: Int, to holding: Seat.Holding, at now: Moment) {
        assignedAt = assignedAt ?? now
        seats[index].attempt = attempt
        seats[index].state = .held(holding)
        endWait()
    }

    /// The specialist accepts: the clock to deliver begins.
    mutating func accept(_ index: Int, at now: Moment) {
        guard var holding = seats[index].holding else { return }
        holding.accept(at: now)
        seats[index].state = .held(holding)
        endWait()
    }

    /// The specialist delivers an opinion, sent at `time`.
    mutating func deliver(_ index: Int, _ opinion: Opinion, at time: Moment) {
        guard let holding = seats[index].holding else { return }
        seats[index].state = .delivered(holding, opinion, at: time)
        endWait()
    }

    /// Remembers a specialist as barred, who is never asked again, or else as reluctant, who is asked last.
    mutating func decline(_ id: Specialist.ID, isBarred: Bool) {
        if isBarred {
            barred.append(id)
        } else if !reluctant.contains(id) {
            reluctant.append(id)
        }
        sharedNeed = nil
    }

    /// Where no seat waits, forgets the need kept at hand; where all seats are taken, also what was told of the wait:
    /// the next wait is a new one.
    mutating func endWait() {
        guard !seats.contains(where: \.isWaiting) else { return }
        sharedNeed = nil
        if !seats.contains(where: { $0.waitsSince != nil }) { waitTold = WaitMarks() }
    }

    // MARK: Content

    /// Takes the content of an amendment; when the patient first asked stays.
    mutating func amend(to new: Submission, cause: Cause, at now: Moment) {
        let submittedAt = submission.submittedAt
        submission = new
        submission.submittedAt = submittedAt
        // Moving an overdue date to another past date needs no second announcement.
        if now < new.due { isToldOverdue = false }
        self.cause = cause
        sharedNeed = nil
    }

    /// The records are complete as of a moment: specialists may be asked.
    mutating func completeRecords(at time: Moment) {
        awaitsRecords = false
        sharedNeed = nil
        recordsAt = time
    }

    /// The panel has found another family than the one it was asked about.
    mutating func changeFamily(to family: CancerFamily) {
        askedFamily = askedFamily ?? submission.family
        submission.family = family
        sharedNeed = nil
    }
}

extension OpenRequest {
    /// New content in the light of what the panel has found: an amendment that asks about the same diagnosis as
    /// before keeps the family that the panel has found.
    func keepingFoundFamily(in asked: Submission) -> Submission {
        guard asked.family == askedFamily else { return asked }
        var found = asked
        found.family = submission.family
        return found
    }
}

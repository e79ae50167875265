import OpinionFlow
import OpinionMatching
import OpinionTesting

// What intake, operators and specialists say, at random.
extension World {
    // MARK: The intake

    mutating func submit() {
        if chance.percent(15), let key = someKey() {
            say(.submitted(submission()), of: key, time: now)
        } else {
            requests += 1
            let key = RequestKey(network: chance.pick(Self.networks), request: "r\(requests)")
            say(.submitted(submission()), of: key, time: now)
        }
    }

    mutating func amend() {
        guard let key = someKey() else { return }
        let time = now.advanced(by: -Int64(chance.below(3)) * Self.hour)
        say(.amended(submission()), of: key, time: time)
    }

    mutating func withdraw() {
        if chance.percent(75), let key = someKey() { return say(.withdrawn, of: key, time: now) }
        requests += 1
        let key = RequestKey(network: chance.pick(Self.networks), request: "r\(requests)")
        say(.withdrawn, of: key, time: now)
        if chance.percent(50) { say(.submitted(submission()), of: key, time: now) }
    }

    private mutating func someKey() -> RequestKey? {
        let keys = ledger.known.keys.sorted()
        return keys.isEmpty ? nil : chance.pick(keys)
    }

    private mutating func submission() -> Submission {
        Submission(
            kind: chance.percent(85) ? .single : .pathologyReview,
            priority: chance.pick(Priority.allCases),
            submittedAt: now,
            due: now.advanced(by: Int64(chance.within(1...5)) * Day.milliseconds),
            family: chance.percent(70) ? .breast : .lung,
            age: chance.percent(50) ? nil : chance.within(16...20),
            residence: chance.percent(60) ? nil : chance.pick(["IN", "IN-KA"]),
            languages: chance.percent(50) ? [] : chance.some(["en-IN", "kn", "hi"], 60),
            disciplines: chance.percent(60) ? [] : chance.some(["surgery", "pathology"], 70),
            firstOpinion: chance.percent(60) ? nil : first(),
            excluded: chance.some(["sp-0", "sp-1", "sp-2"], 10).map(Specialist.ID.init),
            questions: chance.some(["q1", "q2"], 50),
            preferences: chance.percent(60) ? Preferences() : preferences()
        )
    }

    private mutating func preferences() -> Preferences {
        Preferences(
            sex: chance.percent(50) ? nil : chance.pick(["female", "male"]),
            level: chance.percent(50) ? nil : chance.within(2...5),
            specialist: chance.percent(70) ? nil : Specialist.ID("sp-\(chance.below(8))")
        )
    }

    private mutating func first() -> Need.FirstOpinion {
        Need.FirstOpinion(
            practitioner: chance.pick(["dr-1", "sp-0", "sp-3"]),
            organisation: chance.percent(50) ? "org-a" : nil,
            practiceGroup: chance.percent(50) ? "pg-1" : nil
        )
    }

    // MARK: The operator

    mutating func direct() {
        let held = ledger.seats.keys.sorted()
        guard let key = chance.percent(30) || held.isEmpty ? someKey() : chance.pick(held) else {
            return
        }
        let directive = Directive(
            seat: chance.percent(60) ? nil : chance.within(1...2),
            specialist: Specialist.ID("sp-\(chance.below(8))"),
            authorization: Directive.Authorization(
                operatorID: "op-\(chance.below(3))",
                reason: chance.pick(Directive.Reason.allCases)
            )
        )
        say(.directed(directive), of: key, time: now)
    }

    // MARK: The specialists' answers

    mutating func respond() {
        let seats = ledger.seats.sorted { $0.key < $1.key }
        guard !seats.isEmpty else { return }
        let (key, seat) = chance.pick(seats)
        let other = Specialist.ID("sp-\(chance.below(8))")
        let name = chance.percent(50) ? nil : chance.percent(85) ? seat.specialist : other
        say(answer(Answer(assignment: seat.assignment, specialist: name)), of: key, time: now)
    }

    mutating func respondWrongly() {
        guard let key = someKey() else { return }
        let answer = Answer(
            assignment: chance.percent(20)
                ? nil : AssignmentID(seat: chance.within(1...2), attempt: chance.within(1...3)),
            specialist: chance.percent(50) ? nil : Specialist.ID("sp-\(chance.below(8))")
        )
        say(self.answer(answer), of: key, time: now)
    }

    private mutating func answer(_ answer: Answer) -> Message {
        switch chance.below(10) {
        case 0: .accepted(answer)
        case 1, 2: .givenBack(answer)
        case 3, 4, 5: .declined(answer, chance.pick(DeclineReason.allCases))
        default:
            .delivered(
                answer,
                Opinion(
                    diagnosis: chance.pick(Opinion.Diagnosis.allCases),
                    treatment: chance.percent(50) ? nil : chance.pick(Opinion.Treatment.allCases),
                    reportReference: "ref:\(chance.below(100))",
                    answers: chance.some(["q1", "q2"], 50)
                )
            )
        }
    }

    // MARK: What is said again, or too late

    mutating func repeatOne() {
        guard !said.isEmpty else { return }
        var event = chance.pick(said.suffix(40))
        if chance.percent(30) { event.fingerprint.content ^= 1 }
        hear(event)
    }

    mutating func stale() {
        requests += 1
        let key = RequestKey(network: "net-a", request: "r\(requests)")
        say(.submitted(submission()), of: key, time: now.advanced(by: -2 * Day.milliseconds - 1))
    }
}

internal import OpinionFlow
internal import OpinionMatching

extension Report {
    /// Writes the data of `report.ready` behind the two ids.
    func write(_ json: inout JSONWriter, of request: String) {
        json.member("kind", kind.rawValue)
        json.beginArray("reports")
        for entry in entries { entry.write(&json, of: request) }
        json.endArray()
        writeSummary(&json, of: request)
        writeQuestions(&json)
        writeSeats(&json)
        writeTiming(&json)
    }

    private func writeSummary(_ json: inout JSONWriter, of request: String) {
        let consensus = consensus
        json.beginObject("summary")
        json.member("diagnosis", consensus.diagnosis.rawValue)
        if let treatment = consensus.treatment { json.member("treatment", treatment.rawValue) }
        json.beginObject("impact")
        if let impact = consensus.diagnosisImpact { json.member("diagnosis", impact.rawValue) }
        if let impact = consensus.treatmentImpact { json.member("treatment", impact.rawValue) }
        json.endObject()
        json.member("agreement", consensus.agreement.rawValue)
        json.beginArray("dissent")
        for assignment in consensus.dissent { json.element(assignment.text(of: request)) }
        json.endArray()
        json.endObject()
    }

    private func writeQuestions(_ json: inout JSONWriter) {
        let (answered, unanswered) = questionsByAnswer
        json.beginObject("questions")
        json.beginArray("answered")
        for question in answered { json.element(question) }
        json.endArray()
        json.beginArray("unanswered")
        for question in unanswered { json.element(question) }
        json.endArray()
        json.endObject()
    }

    private func writeSeats(_ json: inout JSONWriter) {
        json.beginObject("seats")
        json.member("planned", entries.count + missing.count)
        json.member("delivered", entries.count)
        json.beginArray("missing")
        for seat in missing { json.element(Int64(seat)) }
        json.endArray()
        json.member("quorumMet", isQuorumMet)
        json.endObject()
    }

    private func writeTiming(_ json: inout JSONWriter) {
        json.beginObject("timing")
        json.member("submittedAt", submittedAt)
        if let recordsAt { json.member("recordsCompleteAt", recordsAt) }
        json.member("assignedAt", assignedAt)
        json.member("deliveredAt", deliveredAt)
        json.member("patientSeconds", Self.seconds(from: submittedAt, to: deliveredAt))
        if let recordsAt {
            json.member("recordsSeconds", Self.seconds(from: submittedAt, to: recordsAt))
        }
        json.member("serviceSeconds", Self.seconds(from: assignedAt, to: deliveredAt))
        json.member("dueMet", deliveredAt <= due)
        json.endObject()
    }

    /// Whole seconds; 0 when a sender's clock says that the end came first.
    private static func seconds(from begin: Moment, to end: Moment) -> Int64 {
        max(0, end.milliseconds - begin.milliseconds) / 1_000
    }
}

extension Report.Entry {
    fileprivate func write(_ json: inout JSONWriter, of request: String) {
        json.beginObject()
        json.member("assignmentId", assignment.text(of: request))
        json.member("specialistId", specialist.text)
        json.member("discipline", discipline)
        if let reference = opinion.reportReference { json.member("reportRef", reference) }
        if let sha256 = opinion.sha256 { json.member("sha256", sha256) }
        if let language = opinion.language { json.member("language", language) }
        json.member("diagnosis", opinion.diagnosis.rawValue)
        if let treatment = opinion.treatment { json.member("treatment", treatment.rawValue) }
        json.endObject()
    }
}

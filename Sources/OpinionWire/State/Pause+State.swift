internal import OpinionFlow
internal import OpinionMatching

// How the record of the declined request stores pauses.
extension Request {
    /// Nearly always there are none.
    func writePauses(_ json: inout JSONWriter) {
        let pauses = pauses
        guard !pauses.isEmpty else { return }
        json.beginArray("pauses")
        for pause in pauses { pause.write(&json) }
        json.endArray()
    }
}

extension Pause {
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject()
        json.member("specialist", specialist.text)
        json.member("since", since.milliseconds)
        json.endObject()
    }

    /// None when they were left out, nil when one can't be read.
    static func all(_ json: JSONValue?) -> [Pause]? {
        guard let json else { return [] }
        return json.all(Pause.init)
    }

    private init?(_ json: JSONValue) {
        guard let specialist = json["specialist"]?.string, let since = json["since"]?.integer else {
            return nil
        }
        self.init(specialist: Specialist.ID(specialist), since: Moment(milliseconds: since))
    }
}

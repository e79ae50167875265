import OpinionWire

extension Events.Specialist {
    /// One of many in networks net-0 to net-3.
    package static func able(_ number: Int, units: Int) -> Self {
        Self(id: "sp-\(number)", network: "net-\(number % 4)", units: units)
    }
}

/// Records that belong in the dead letters, each kind with its reason.
package enum Broken {
    package static let kinds = 10

    package static func record(_ number: Int, time: String) -> (record: Outgoing, reason: String) {
        var (record, reason) = broken(number, time)
        record.headers = [Header("number", Array("\(number)".utf8))]
        return (record, reason)
    }

    private static func broken(_ number: Int, _ time: String) -> (Outgoing, String) {
        let network = "net-\(number % 4)"
        var request = Events.Request(id: "bad-\(number)", network: network)
        var text: String {
            String(decoding: Events.submitted(request, time: time).value ?? [], as: UTF8.self)
        }
        func raw(_ text: String?) -> Outgoing {
            Outgoing(topic: Topic.requests, key: network, value: text.map { Array($0.utf8) })
        }
        switch number % kinds {
        case 0: return (raw(#"{"specversion":"1.0","id":"cut off"#), "not-json")
        case 1: return (raw(nil), "not-cloudevent")
        case 2:
            return (
                raw(#"{"requestId":"\#(request.id)","networkId":"\#(network)"}"#), "not-cloudevent"
            )
        case 3:
            return (
                raw(text.replacing("request.submitted", with: "request.teleported")), "unknown-type"
            )
        case 4:
            return (
                raw(text.replacing(#""role":"primary""#, with: #""role":"secondary""#)), "schema"
            )
        case 5: return (raw(text.replacing("routine", with: "whenever")), "schema")
        case 6:
            request.code = "Z00.0"
            return (raw(text), "unknown-family")
        case 7:
            request.code = "C78.7"
            return (raw(text), "secondary-only")
        case 8: return (raw(text.replacing(time, with: "2020-01-01T00:00:00.000Z")), "stale")
        default: return (raw(text + " {}"), "not-json")
        }
    }
}

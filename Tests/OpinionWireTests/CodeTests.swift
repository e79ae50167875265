import OpinionFlow
import OpinionMatching
import OpinionWire
import Testing

/// Languages and jurisdictions as senders really write them.
@Suite("Codes")
struct CodeTests {
    @Test(
        "a language is spelled by the shortest code in force, the rest as RFC 5646 has it",
        arguments: [
            ("en", "en"), ("EN", "en"), ("eng", "en"), ("deu", "de"), ("ger", "de"), ("iw", "he"),
            ("in", "id"), ("mo", "ro"), ("sh", "sr"), ("cmn", "zh"), ("arb", "ar"), ("swh", "sw"),
            ("zsm", "ms"), ("ekk", "et"), ("tl", "fil"), ("no", "no"), ("nb", "no"), ("nn", "no"),
            ("nob", "no"), ("nor", "no"), ("yue", "yue"), ("ary", "ary"), ("kn-in", "kn-IN"),
            ("zh-hant-tw", "zh-Hant-TW"), ("CMN-hans-cn", "zh-Hans-CN"), ("iw-IL", "he-IL"),
            ("zh-yue", "yue"), ("zh-cmn-Hans", "zh-Hans"), ("zh-min-nan", "nan"),
            ("no-bok", "no"),
            ("sl-rozaj-1994", "sl"), ("de-x-Praxis", "de"),
            ("en-a-BB-cccc", "en"), ("es-419", "es-419"), ("sgn", "sgn"), ("ase", "ase"),
        ]
    )
    func languages(tag: String, canonical: String) {
        #expect(Language.canonical(tag) == canonical)
        #expect(Language.canonical(canonical) == canonical)
    }

    @Test(
        "what names no language is no tag",
        arguments: [
            "", "e", "English", "xx", "qx", "qaa", "und", "mul", "zxx", "mis", "en_US", "en-",
            "-en",
            "en--US", "en-abcdefghi", "i-klingon", "x-klingon", "12", "en ", "e1", "é",
            "en-" + String(repeating: "abcdefg-", count: 4) + "ab",
        ]
    )
    func noLanguages(tag: String) {
        #expect(Language.canonical(tag) == nil)
    }

    /// What a request is refused for that has such a member.
    private func refusal(_ members: String) -> Refusal? {
        let code = #"{"system":"http://hl7.org/fhir/sid/icd-10","code":"C50"}"#
        let value = """
            {"specversion":"1.0","id":"e1","source":"/x","type":"\(EventType.submitted)","data":{\
            "requestId":"rq-1","networkId":"net-1","conditions":[{"role":"primary","code":\(code)}],\
            \(members)}}
            """
        return Examples.refusal(
            of: Examples.record(Topic.requests, "net-1", Array(value.utf8), [:])
        )
    }

    @Test(
        "the nearest language is told",
        arguments: [
            ("English", "en"), ("english", "en"), ("Engish", "en"), ("en_US", "en"), ("eng.", "en"),
            ("Jap", "ja"), ("jp", "ja"), ("cn", "zh"), ("dk", "da"), ("Germann", "de"),
            ("Norwegian", "no"), ("Jane Doe 1951", nil), ("xx", nil), ("klingon", nil), ("", nil),
        ] as [(String, String?)]
    )
    func nearestLanguage(text: String, code: String?) {
        let expected = Refusal(.schema, at: "/data/languages/1", suggesting: code)
        #expect(refusal(#""languages":["en","\#(text)"]"#) == expected)
    }

    @Test(
        "a residence is a code of ISO 3166 in force, or the nearest is told",
        arguments: [
            ("UK", "GB"), ("UK-ENG", "GB"), ("in-ka", "IN-KA"), ("IN_KA", "IN-KA"), ("IND", "IN"),
            ("USA", "US"), ("IN-XX", "IN"), ("EL", "GR"), ("India", nil), ("XX", nil), ("", nil),
            ("in-or", "IN-OD"),
        ] as [(String, String?)]
    )
    func nearestJurisdiction(text: String, code: String?) {
        let expected = Refusal(.schema, at: "/data/patient/residence", suggesting: code)
        #expect(refusal(#""patient":{"residence":"\#(text)"}"#) == expected)
    }

    @Test("a code that another has replaced is that one")
    func replaced() throws {
        for (text, code) in [
            ("IN-OR", "IN-OD"), ("IN-UT", "IN-UK"), ("GB-SCT", "GB-SCT"), ("IN", "IN"),
        ] {
            let value = #""patient":{"residence":"\#(text)"}"#
            #expect(refusal(value) == nil)
            #expect(Shape.isJurisdiction(text) == (text == code))
        }
    }

    @Test("a word far from every name costs no more than a near one", arguments: [35, 8_000])
    func long(count: Int) {
        let text = String(repeating: "q", count: count)
        #expect(refusal(#""languages":["\#(text)"]"#) == Refusal(.schema, at: "/data/languages/0"))
    }

    @Test("a suggestion goes with the dead letter and with what the intake hears")
    func told() throws {
        let writer = EventWriter(groupID: "opiniond", policy: Examples.policy)
        let refusal = Refusal(.schema, at: "/data/languages/0", suggesting: "en")
        let record = Examples.record(Topic.requests, nil, [], [:])
        var batch = RecordBatch()
        writer.writeDeadLetter(record, refusal, into: &batch)
        writer.writeRefused(
            refusal,
            of: record,
            about: RequestKey(network: "net-1", request: "rq-1"),
            because: nil,
            at: Moment(milliseconds: 0),
            into: &batch
        )
        let written = Written.all(in: batch)
        #expect(written[0].headers.last == Header("opiniond-dlq-suggestion", Array("en".utf8)))
        #expect(
            written[1].text?.contains(#""pointer":"/data/languages/0","suggestion":"en""#) == true
        )
    }
}

import OpinionWire
import Testing

/// What is JSON and what isn't, after RFC 8259 and the stricter rules of ``JSONReader``.
@Suite("JSON reader")
struct JSONReaderTests {
    private func refusal(
        of text: String,
        limits: JSONLimits = JSONLimits()
    ) -> JSONRefusal? {
        refusal(of: Array(text.utf8), limits: limits)
    }

    private func refusal(of bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONRefusal? {
        do throws(JSONRefusal) {
            _ = try JSONReader(limits: limits).parse(bytes)
            return nil
        } catch {
            return error
        }
    }

    // MARK: What is JSON

    @Test("what RFC 8259 allows is read")
    func reads() {
        for text in wellFormed { #expect(refusal(of: text) == nil, "\(text)") }
    }

    @Test("what RFC 8259 forbids is refused")
    func refuses() {
        for text in malformed { #expect(refusal(of: text)?.kind == .syntax, "\(text)") }
    }

    @Test("bytes that are no UTF-8 are refused", arguments: notUTF8)
    func refusesOtherBytes(bytes: [UInt8]) {
        #expect(refusal(of: [0x22] + bytes + [0x22]) == JSONRefusal(kind: .syntax, pointer: ""))
        #expect(refusal(of: Array(#"{""#.utf8) + bytes + Array(#"":1}"#.utf8))?.kind == .syntax)
    }

    @Test("other encodings and byte order marks are refused")
    func encodings() {
        #expect(refusal(of: [0xEF, 0xBB, 0xBF] + Array("{}".utf8))?.kind == .syntax)
        #expect(refusal(of: [0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D])?.kind == .syntax)
        #expect(refusal(of: [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00])?.kind == .syntax)
        #expect(refusal(of: [0x7B, 0x00, 0x7D, 0x00])?.kind == .syntax)
        #expect(refusal(of: [0x00, 0x00, 0x00, 0x5B, 0x00, 0x00, 0x00, 0x5D])?.kind == .syntax)
        #expect(refusal(of: [0x7B, 0x7D, 0x00])?.kind == .syntax)
        #expect(refusal(of: [UInt8]())?.kind == .syntax)
    }

    @Test("half a surrogate pair is refused, a whole one is a character")
    func surrogates() throws {
        #expect(try JSONReader().parse(Array(#""\ud83d\ude00""#.utf8)).root.string == "😀")
        #expect(try JSONReader().parse(Array(#""\uDBFF\uDFFF""#.utf8)).root.string == "\u{10FFFF}")
        #expect(try JSONReader().parse(Array(#""\ud800\udc00""#.utf8)).root.string == "\u{10000}")
        #expect(
            try JSONReader().parse(Array(#""\ud7ff\ue000""#.utf8)).root.string == "\u{D7FF}\u{E000}"
        )
        for half in [
            #"\ud83d"#, #"\ude00"#, #"\ud83dx"#, #"\ud83d\u0041"#, #"\ude00\ud83d"#,
            #"\ud83d\ud83d"#,
            #"\udc00\udc00"#, #"\udfff"#, #"\ud800\n"#, #"x\udc00y"#, #"\ud83d\ude0"#,
        ] {
            #expect(refusal(of: "\"\(half)\"")?.kind == .syntax, "\(half)")
            #expect(
                refusal(of: "{\"a\":[1,{\"\(half)\":1}]}")?.kind == .syntax,
                "\(half) in a name"
            )
        }
    }

    @Test("NUL is refused in a string and in a name, with the pointer")
    func nul() {
        #expect(
            refusal(of: #"{"a":{"b":["x","\u0000"]}}"#)
                == JSONRefusal(kind: .syntax, pointer: "/a/b/1")
        )
        #expect(refusal(of: #"{"a":{"b\u0000":1}}"#) == JSONRefusal(kind: .syntax, pointer: "/a"))
    }

    @Test("numbers keep to their ranges")
    func numberRanges() throws {
        let reader = JSONReader()
        func integer(_ text: String) throws -> Int64? {
            try reader.parse(Array(text.utf8)).root.integer
        }
        #expect(try integer("9223372036854775807") == .max)
        #expect(try integer("-9223372036854775808") == .min)
        #expect(try integer("-0") == 0)
        #expect(try integer("1.0") == 1)
        #expect(try integer("-20e-1") == -2)
        #expect(try integer("1.5") == nil)
        #expect(try integer("1e19") == nil)
        #expect(try reader.parse(Array("1.5e300".utf8)).root.double == 1.5e300)
        #expect(try reader.parse(Array("7".utf8)).root.double == 7)
        for text in [
            "9223372036854775808", "-9223372036854775809", "18446744073709551615",
            "18446744073709551616", "123456789012345678901234567890", "1e309", "-1e309", "1e99999",
        ] {
            #expect(refusal(of: text)?.kind == .syntax, "\(text)")
            #expect(refusal(of: "{\"n\":[\(text)]}")?.kind == .syntax, "\(text)")
        }
        #expect(refusal(of: #"{"n":[0,9223372036854775808]}"#)?.pointer == "/n/1")
    }

    // MARK: Members named twice

    @Test(
        "a member named twice is refused, with its pointer",
        arguments: [
            (#"{"a":1,"a":1}"#, "/a"),
            (#"{"a":1,"b":2,"\u0061":3}"#, "/a"),
            (#"{"data":{"x":[0,{"k":1,"k":2}]}}"#, "/data/x/1/k"),
            (#"{"":1,"":2}"#, ""),
            (#"{"a":{"Anita Rao":1,"Anita Rao":2}}"#, "/a"),
            (#"{"Anita Rao":{"k":1,"k":2}}"#, ""),
            (#"[[],[{},{"k":{"z":1,"z":1}}]]"#, "/1/1/k/z"),
            (#"{"12345678":1,"1234567x":2,"12345678":3}"#, "/12345678"),
            (#"{"é":1,"\u00e9":2}"#, ""),
        ]
    )
    func repeatedMember(text: String, pointer: String) {
        #expect(refusal(of: text) == JSONRefusal(kind: .syntax, pointer: pointer))
    }

    @Test("names that differ in a byte are two members")
    func similarNames() throws {
        let text = #"{"a":1,"A":2,"é":3,"e\u0301":4,"":5,"aa":6,"12345678":7,"123456789":8}"#
        #expect(try JSONReader().parse(Array(text.utf8)).root.count == 8)
    }

    @Test("a repeated member is found at any place of an object of any size")
    func repeatedAnywhere() throws {
        let reader = JSONReader()
        for count in [2, 3, 8, 23, 24, 25, 26, 100, 1_000] {
            let names = (0..<count).map { "member-number-\($0)" }
            let whole = "{" + names.map { "\"\($0)\":{\"x\":[\"y\"]}" }.joined(separator: ",") + "}"
            #expect(try reader.parse(Array(whole.utf8)).root.count == count)
            for (first, second) in [(0, count - 1), (count / 2, count - 1), (0, 1)]
            where first < second {
                var repeated = names
                repeated[second] = names[first]
                let text =
                    "{" + repeated.map { "\"\($0)\":{\"x\":[]}" }.joined(separator: ",") + "}"
                #expect(
                    refusal(of: text) == JSONRefusal(kind: .syntax, pointer: "/\(names[first])"),
                    "\(count) members, \(first) again at \(second)"
                )
            }
        }
    }

    // MARK: Limits

    @Test("a text may have `bytes` bytes and not one more")
    func byteLimit() {
        let limits = JSONLimits(bytes: 10)
        #expect(refusal(of: "[1234567 ]", limits: limits) == nil)
        #expect(
            refusal(of: "[12345678 ]", limits: limits) == JSONRefusal(kind: .tooLarge, pointer: "")
        )
        #expect(refusal(of: "not JSON but long", limits: limits)?.kind == .tooLarge)
        let text = [UInt8](repeating: UInt8(ascii: " "), count: 262_142) + Array("{}".utf8)
        #expect(refusal(of: text) == nil)
        #expect(refusal(of: [0x20] + text)?.kind == .tooLarge)
    }

    @Test("containers may lie `depth` deep and not one more", arguments: [0, 1, 2, 31, 32, 33])
    func depthLimit(depth: Int) {
        let limits = JSONLimits(depth: depth)
        func arrays(_ n: Int) -> String {
            String(repeating: "[", count: n) + String(repeating: "]", count: n)
        }
        func objects(_ n: Int) -> String {
            String(repeating: #"{"a":"#, count: n) + "1" + String(repeating: "}", count: n)
        }
        #expect(refusal(of: arrays(depth), limits: limits)?.kind == (depth == 0 ? .syntax : nil))
        #expect(refusal(of: objects(depth), limits: limits) == nil)
        #expect(
            refusal(of: arrays(depth + 1), limits: limits)
                == JSONRefusal(kind: .tooLarge, pointer: String(repeating: "/0", count: depth))
        )
        #expect(
            refusal(of: objects(depth + 1), limits: limits)
                == JSONRefusal(kind: .tooLarge, pointer: String(repeating: "/a", count: depth))
        )
        #expect(refusal(of: arrays(depth + 100), limits: limits)?.kind == .tooLarge)
        #expect(refusal(of: objects(depth + 20_000), limits: limits)?.kind == .tooLarge)
    }

    @Test("members and elements together are counted")
    func memberLimit() {
        let limits = JSONLimits(members: 5)
        #expect(refusal(of: #"{"a":1,"b":[2,3,4]}"#, limits: limits) == nil)
        #expect(
            refusal(of: #"{"a":1,"b":[2,3,4,5]}"#, limits: limits)
                == JSONRefusal(kind: .tooLarge, pointer: "/b")
        )
        #expect(refusal(of: #"{"a":1,"b":[2,3,4],"c":1}"#, limits: limits)?.kind == .tooLarge)
        let elements = Array(repeating: "0", count: 4_096).joined(separator: ",")
        #expect(refusal(of: "[\(elements)]") == nil)
        #expect(refusal(of: "[\(elements),0]")?.kind == .tooLarge)
        #expect(refusal(of: "1", limits: JSONLimits(members: 0)) == nil)
        #expect(refusal(of: "[]", limits: JSONLimits(members: 0)) == nil)
        #expect(refusal(of: "[1]", limits: JSONLimits(members: 0))?.kind == .tooLarge)
    }

    @Test("a name may have `keyBytes` bytes, counted without its escapes")
    func keyLimit() {
        func object(_ key: String) -> String { "{\"a\":[{\"\(key)\":1}]}" }
        #expect(refusal(of: object(String(repeating: "k", count: 128))) == nil)
        #expect(refusal(of: object(String(repeating: #"\u006b"#, count: 128))) == nil)
        #expect(
            refusal(of: object(String(repeating: "k", count: 129)))
                == JSONRefusal(kind: .tooLarge, pointer: "/a/0")
        )
        #expect(refusal(of: object(String(repeating: "é", count: 65)))?.kind == .tooLarge)
    }

    @Test("a string may have `stringBytes` bytes, counted without its escapes")
    func stringLimit() {
        func object(_ value: String) -> String { "{\"a\":[1,\"\(value)\"]}" }
        #expect(refusal(of: object(String(repeating: "s", count: 8_192))) == nil)
        #expect(refusal(of: object(String(repeating: #"\u0073"#, count: 8_192))) == nil)
        #expect(
            refusal(of: object(String(repeating: "s", count: 8_193)))
                == JSONRefusal(kind: .tooLarge, pointer: "/a/1")
        )
    }

    @Test("an event cut short at any byte is refused, and so is one with a byte more")
    func truncation() throws {
        let event = Array(JSONExamples.request.utf8)
        let reader = JSONReader()
        #expect(try reader.parse(event).root["data"]?["requestId"]?.string == "rq-000123")
        for end in event.indices {
            #expect(refusal(of: Array(event[..<end])) != nil, "cut at \(end)")
        }
        for byte in UInt8.min...UInt8.max where ![0x20, 0x09, 0x0A, 0x0D].contains(byte) {
            #expect(refusal(of: event + [byte])?.kind == .syntax, "followed by \(byte)")
        }
    }

    @Test("no byte changed in an event makes the reader crash or read past it")
    func mutation() {
        let reader = JSONReader()
        var seed = SplitMix(state: 7)
        let event = Array(JSONExamples.request.utf8)
        for _ in 0..<20_000 {
            var bytes = event
            for _ in 0..<Int.random(in: 1...4, using: &seed) {
                bytes[Int.random(in: bytes.indices, using: &seed)] = UInt8.random(
                    in: 0...255,
                    using: &seed
                )
            }
            if let tree = try? reader.parse(bytes) { #expect(tree.root.contentHash != 0) }
        }
    }

    @Test("a reader reads on after a refusal, and what it read before stays")
    func reuse() throws {
        let reader = JSONReader(limits: JSONLimits(bytes: 100_000))
        let first = try reader.parse(Array(#"{"a":["x",{"b":"y"}]}"#.utf8))
        for size in [1, 10, 5_000, 10, 90_000, 3] {
            let text = Array(String(repeating: "[1]", count: 1).utf8)
            let padded = text + [UInt8](repeating: 0x20, count: size)
            #expect(try reader.parse(padded).root.elements?.map(\.integer) == [1])
            #expect(throws: JSONRefusal.self) { try reader.parse(padded + [0x5D]) }
        }
        #expect(first.root["a"]?.elements?.map(\.kind) == [.string, .object])
        #expect(first.root["a"]?.elements?.compactMap { $0["b"]?.string } == ["y"])
    }
}

/// Whole events as they come in.
enum JSONExamples {
    static let request = #"""
        {"specversion":"1.0","id":"6f1c0a7e","source":"/intake/bengaluru",
         "type":"org.opiniond.request.submitted.v1","time":"2026-11-22T10:00:00.000Z",
         "subject":"rq-000123","datacontenttype":"application/json",
         "data":{"requestId":"rq-000123","networkId":"net-in-south","kind":"single",
          "priority":"urgent","dueBy":"2026-11-25T10:00:00.000Z",
          "conditions":[{"role":"primary",
            "code":{"system":"http://hl7.org/fhir/sid/icd-10","code":"C50.9"},
            "morphology":"8500/3","stageGroup":"IIA"}],
          "patient":{"ref":"pt-9f2c","birthYear":1971,"sex":"female","ecog":1,"residence":"IN-KA"},
          "languages":["en","kn"],"disciplines":["medical-oncology"],
          "excludedSpecialists":["sp-4"],"preferences":{},
          "questions":[{"id":"q1","category":"treatment","textRef":"https://x.example/\u00e9"}],
          "records":[{"id":"r1","complete":true,"score":-1.5e3,"nothing":null}]}}
        """#
}

/// A small generator of random numbers that gives the same ones for the same seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

private let wellFormed: [String] = [
    "null", "true", "false", "0", "-0", "1", "-1", "10", "123456789", "0.0", "-0.0", "0.5", "1.25",
    "0e0", "0e+1", "0E1", "1e5", "1E5", "1e+5", "1E-5", "1.5e-10", "-1.5E+10", "1e-400", "1e-9999",
    "123123e100", "1.7976931348623157e308", "5e-324", "0.1e1", "20e1", "1E22", "-123.456e78",
    "\"\"", "\"a\"", "\" \"", #""\"\\\/\b\f\n\r\t""#, #""\u0041""#, #""\u00e9\u20AC\uFFFF""#,
    "\"é€😀\"", "\"\u{7F}\"", "\"\u{2028}\u{2029}\"", "\"\u{80}\u{9F}\"", #""\u0001""#,
    #""\\u0000""#, #""\\\"""#, "\"// no comment /* */\"", "\"\u{FEFF}\"", #""\uFDD0""#,
    "\"\u{10FFFF}\"",
    "[]", "[ ]", "[[]]", "[[],[]]", "[null]", "[1,2,3]", "[ 1 , 2 ]", "[1\n]", " [1]", "[1] ",
    "\t\n\r [\t1\n,\r2 ] \t\n\r", "[[[[[[]]]]]]", #"["a",1,true,null,{},[]]"#,
    "{}", "{ }", #"{"a":1}"#, #"{"":0}"#, #"{ "a" : 1 , "b" : 2 }"#, #"{"a":{}}"#, #"{"a":[]}"#,
    #"{"a":{"a":{"a":1}}}"#, #"[{"a":1},{"a":1}]"#, #"{"\u0041":1,"a":2}"#, #"{"a b":"c d"}"#,
    #"{"min":-1.0e+28,"max":1.0e+28}"#, "{\n\"a\"\n:\n1\n}",
]

private let malformed: [String] = [
    "", " ", "\n", "nul", "nulll", "Null", "NULL", "tru", "truee", "True", "fals", "falsey",
    "undefined",
    "NaN", "-NaN", "Infinity", "-Infinity", "inf", "+1", "01", "-01", "00", "-", "--1", "-+1", "1.",
    ".5",
    "-.5", "1.e5", "1e", "1e+", "1E-", "1e5.5", "1.2.3", "0x10", "0b1", "1_000", "1 000", "1a",
    "1,", "0e",
    "0.e1", "2.e+3", "- 1", "1+2", "１", "1f", "1L", "-2.", "012.5", "0.3e", "1eE2",
    "'a'", "\"", "\"a", "a\"", "\"a\" \"b\"", "\"a\"b", #""\x41""#, #""\a""#, #""\0""#, #""\u""#,
    #""\u0""#,
    #""\u00""#, #""\u004""#, #""\u004G""#, #""\U0041""#, #""\"#, #""\\\"#, #""\ ""#, #""\é""#,
    "\"\t\"",
    "\"\n\"", "\"\u{0}\"", "\"\u{1F}\"", "\"a\u{01}b\"", "\"\\\n\"", #""\u{41}""#, #""\u-041""#,
    #""\u 041""#,
    "[", "]", "[1", "1]", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1;2]", "[1:2]", "[1}",
    "[[1]",
    "[1]]", "[1][2]", "[1],", "[1]x", "(1)", "[*]", "[a]", "[\"a\",\n4\n,1,", "[\"", "[\u{0B}1]",
    "[\u{0C}]",
    "[\u{A0}1]", "[\u{2028}1]", "[\u{FEFF}]", "[<null>]", "[1,\n1\n,1", "[\"x\"", "[{}", "[tru]",
    "[-]", "[0e]",
    "{", "}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{[]:1}", #"{"a"}"#, #"{"a":}"#,
    #"{"a":1,}"#,
    #"{,"a":1}"#, #"{"a":1,,"b":2}"#, #"{"a":1 "b":2}"#, #"{"a" 1}"#, #"{"a"::1}"#, #"{"a":1:2}"#,
    #"{"a",1}"#,
    #"{"a":1"#, #"{"a":1}}"#, #"{"a":1}{"b":2}"#, #"{"a":1]"#, #"{"a":"b"#, #"{"a":1}#"#,
    #"{"a":1} // c"#,
    #"/* c */{"a":1}"#, #"{"a":/**/1}"#, #"{"a":1}/"#, #"{"a":'b'}"#, #"{"a":b}"#, #"{:1}"#,
    #"{"a":1;"b":2}"#,
    #"{"a":true false}"#, #"{"a":1,"b"}"#, #"{{"a":1}}"#, #"{"a"=1}"#, #"{"a":+1}"#, "abc", "<a/>",
    "a: 1", "\\",
    "\u{FEFF}{}", "{\"a\":\"\\", "[\"\\u00A\"]", "[\"\\uD834\\uDd\"]", "[1]\u{0}", "\u{0}[1]",
    "[1]\u{A0}", "{}[]",
]

private let notUTF8: [[UInt8]] = [
    [0x80], [0xBF], [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE2, 0x82],
    [0xE2, 0x28, 0xA1],
    [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
    [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF],
    [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
    [0xF8, 0x88, 0x80, 0x80, 0x80],
    [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0x61, 0xFF, 0x62], [0xE9],
]

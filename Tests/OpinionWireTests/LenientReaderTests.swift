import OpinionWire
import Testing

/// What RFC 8259 allows and could be read in two ways: a lenient reader reads around it.
@Suite("Lenient JSON reader")
struct LenientReaderTests {
    private func root(_ text: String, _ limits: JSONLimits = JSONLimits()) throws -> JSONValue {
        try JSONReader(limits: limits, isLenient: true).parse(Array(text.utf8)).root
    }

    /// As a text spells it, where no string's last character is escaped.
    private static let doubtful = [
        "9223372036854775808", "18446744073709551615", "18446744073709551616",
        "-9223372036854775809",
        "123456789012345678901234567890", "1e309", "-1E+400", "1e99999", "17976931348623157e300",
        "123456789012345678901234567890e300", #""\ud83d""#, #""\ude00""#, #""\uDBFF\u0041""#,
        #""a\\\ud800b""#, #""\udc00\ud800""#, #""\ud800\ud800\udc00""#, #""x\u0000""#,
        #""\ud800\n""#,
    ]

    @Test("a value that could be read in two ways is flawed, and its neighbours aren't")
    func marks() throws {
        for text in Self.doubtful {
            let value = try root(#"{"a":[1,\#(text),"x",2.5],"b":{"c":\#(text)},"d":"\u00e9"}"#)
            let kinds = value["a"]?.elements?.map(\.kind)
            #expect(kinds == [.integer, .flawed, .string, .double], "\(text)")
            #expect(value["b"]?["c"]?.kind == .flawed, "\(text)")
            #expect(value["b"]?["c"]?.isTooLong == false, "\(text)")
            #expect(value["d"]?.string == "é", "\(text)")
        }
    }

    @Test("what is flawed answers nobody")
    func silence() throws {
        for text in Self.doubtful {
            let value = try root("[\(text)]").elements?.first { _ in true }
            let flawed = try #require(value)
            #expect(flawed.string == nil && flawed.textBytes == nil && !flawed.isText(""))
            #expect(flawed.integer == nil && flawed.double == nil && flawed.bool == nil)
        }
    }

    @Test("a number that fits is none the worse for one that doesn't")
    func neighbours() throws {
        let text =
            "[1e400,9223372036854775807,-9223372036854775808,1.7976931348623157e308,1e-400,-0]"
        let elements = Array(try #require(try root(text).elements))
        #expect(elements.map(\.integer) == [nil, .max, .min, nil, 0, 0])
        #expect(elements[3].double == 1.7976931348623157e308)
    }

    @Test("a member named twice is flawed in every place, in small objects and in large ones")
    func repeated() throws {
        for count in [0, 3, 40] {
            let others = (0..<count).map { "\"m\($0)\":\($0)," }.joined()
            let value = try root(#"{\#(others)"a":1,"b":2,"\u0061":3,"a":4}"#)
            #expect(value["a"]?.kind == .flawed)
            #expect(value["b"]?.integer == 2)
            #expect(value.members?.count { $0.value.kind == .flawed } == 3)
        }
    }

    @Test("names may be of any length, and hold anything")
    func names() throws {
        for name in [String(repeating: "n", count: 70_000), #"\u0000"#, #"\ud800"#, ""] {
            let value = try root(#"{"\#(name)":1,"a":2}"#)
            #expect(value["a"]?.integer == 2)
            #expect(value.members?.map(\.value.integer) == [1, 2])
        }
    }

    @Test("a string that is too long is flawed for its length alone")
    func long() throws {
        let limits = JSONLimits(stringBytes: 4)
        let value = try root(#"{"a":"abcd","b":"abcde","c":"abcd\u0000"}"#, limits)
        #expect(value["a"]?.string == "abcd")
        #expect(value["b"]?.isTooLong == true)
        #expect(value["c"]?.isTooLong == false && value["c"]?.kind == .flawed)
    }

    @Test("what is no JSON is refused, whatever else stands there")
    func malformed() {
        for text in [
            "[1e400", "[1e400,]", "[1e400x]", "[01e400]", "[1e400 1]", "[.1e400]", "[1.e400]",
            #"["\ud800]"#, #"["\ud800"x]"#, #"["\ud80"]"#, #"["\ud800"#, #"{"\ud800"}"#, "[-]",
            "1e400 1e400", #"["\q\ud800"]"#, "[99999999999999999999.]", "nul1e400",
        ] {
            #expect(throws: JSONRefusal(kind: .syntax, pointer: "")) { try root(text) }
        }
    }

    @Test("the limits of bytes, depth and members hold")
    func limits() {
        let limits = JSONLimits(bytes: 400, depth: 3, members: 4)
        for text in [
            "[1,2,3,4,1e400]", "[[[[1e400]]]]", "[\(String(repeating: "1", count: 400))]",
            "[\(Array(repeating: "1e400", count: 20).joined(separator: ","))]",
        ] {
            let kind = #expect(throws: JSONRefusal.self) { try root(text, limits) }?.kind
            #expect(kind == .tooLarge, "\(text)")
        }
    }

    @Test("different contents differ, and the same content is the same however it is spelled")
    func hashes() throws {
        let texts =
            Self.doubtful + [
                "0", "0.0", #""\ue000""#, #""\ue03d""#, #""\ud83e""#, "2e309", #""\ufffd""#,
                #"{"\ud800":1}"#, #"{"\ud801":1}"#, #"{"a":1,"a":2}"#, #"{"a":1}"#,
                "{\"\(String(repeating: "n", count: 70_000))a\":1}",
                "{\"\(String(repeating: "n", count: 70_000))b\":1}",
            ]
        let hashes = Set(try texts.map { try root("[\($0)]").contentHash })
        #expect(hashes.count == texts.count - 1)  // 0 is 0.0
        #expect(
            try root(#"["\ud800x",1e400]"#).contentHash
                == root(#"[ "\uD800\u0078",1e400]"#).contentHash
        )
    }

    @Test("what a strict reader takes is the same to a lenient one")
    func same() throws {
        let strict = try JSONReader().parse(Array(JSONExamples.request.utf8)).root
        #expect(try root(JSONExamples.request).contentHash == strict.contentHash)
    }

    @Test("no byte changed in a doubtful event makes the reader crash or read past it")
    func mutation() {
        let reader = JSONReader(isLenient: true)
        var seed = SplitMix(state: 11)
        let text = "[\(Self.doubtful.joined(separator: ",")),{\"a\":1,\"a\":\"\\ud800\\udc00\"}]"
        let event = Array(text.utf8)
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
}

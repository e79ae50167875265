import OpinionWire
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes, write)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("commas stand between members and between elements, and nowhere else")
    func commas() {
        let text = text { json in
            json.beginObject()
            json.member("requestId", "rq-1")
            json.beginObject("empty")
            json.endObject()
            json.beginArray("seats")
            for id in 1...2 {
                json.beginObject()
                json.member("id", id)
                json.member("isOpen", id == 1)
                json.endObject()
            }
            json.beginArray()
            json.element("a")
            json.element("b")
            json.element(-3)
            json.endArray()
            json.endArray()
            json.null("acceptBy")
            json.member("mode", "assign")
            json.member(named: "a \"rule\"", 12)
            json.endObject()
        }
        #expect(
            text
                == #"{"requestId":"rq-1","empty":{},"seats":[{"id":1,"isOpen":true},"#
                + #"{"id":2,"isOpen":false},["a","b",-3]],"acceptBy":null,"mode":"assign","#
                + #""a \"rule\"":12}"#
        )
    }

    @Test("a scalar may be the whole")
    func scalars() {
        #expect(text { $0.element("x") } == #""x""#)
        #expect(text { $0.element(Int64.min) } == "-9223372036854775808")
        #expect(text { $0.element(Int64.max) } == "9223372036854775807")
        #expect(text { $0.element(0) } == "0")
    }

    @Test("quotes, backslashes and control characters are escaped, the rest is written as it is")
    func escapes() {
        let controls = String(String.UnicodeScalarView((0..<32).compactMap { Unicode.Scalar($0) }))
        #expect(
            text { $0.element(controls) }
                == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
                + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c"#
                + #"\u001d\u001e\u001f""#
        )
        #expect(text { $0.element(#"a"b\c/d"# as String) } == #""a\"b\\c/d""#)
        #expect(text { $0.element("é€😀\u{7F}\u{2028}") } == "\"é€😀\u{7F}\u{2028}\"")
    }

    /// Strings are copied by words of 4, 8 and 16 bytes, the last of which overlaps the one before.
    @Test(
        "every ASCII character is read back from every place in a string",
        arguments: [1, 3, 4, 7, 8, 11, 15, 16, 17, 24, 32, 37]
    )
    func places(length: Int) throws {
        let reader = JSONReader()
        for code in UInt8(1)..<128 {
            for place in 0..<length {
                var value = [UInt8](repeating: UInt8(ascii: "x"), count: length)
                value[place] = code
                let string = String(decoding: value, as: UTF8.self)
                var bytes: [UInt8] = []
                JSONWriter.append(to: &bytes) { $0.element(string) }
                #expect(try reader.parse(bytes).root.string == string, "\(code) at \(place)")
            }
        }
    }

    @Test("what is there stays, and an array that has grown is used again")
    func appending() {
        var bytes = Array("before".utf8)
        JSONWriter.append(to: &bytes) { $0.element(1) }
        JSONWriter.append(to: &bytes) { $0.element(2) }
        #expect(String(decoding: bytes, as: UTF8.self) == "before12")
        let long = String(repeating: "\u{1}", count: 5_000)
        JSONWriter.append(to: &bytes) { $0.element(long) }
        #expect(bytes.count == 8 + 2 + 6 * 5_000)
        let capacity = bytes.capacity
        bytes.removeAll(keepingCapacity: true)
        JSONWriter.append(to: &bytes) { $0.element(long) }
        #expect(bytes.capacity == capacity)
    }

    @Test(
        "what outgrows its room, again and again, is written whole",
        arguments: [1, 900, 1_100, 20_000],
        ["", "before"]
    )
    func growing(count: Int, before: String) {
        var bytes = Array(before.utf8)
        JSONWriter.append(to: &bytes) { json in
            json.beginArray()
            for number in 1_000..<1_000 + count { json.element(Int64(number)) }
            json.endArray()
        }
        let list = (1_000..<1_000 + count).map { "\($0)" }.joined(separator: ",")
        #expect(String(decoding: bytes, as: UTF8.self) == "\(before)[\(list)]")
    }

    @Test("an array without memory gets no more than it needs")
    func fitting() {
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes) { $0.element("short") }
        #expect(bytes.capacity < 100)
    }

    @Test("an object left open is our own mistake")
    func leftOpen() async {
        await #expect(processExitsWith: .failure) {
            var bytes: [UInt8] = []
            JSONWriter.append(to: &bytes) { $0.beginObject() }
        }
        await #expect(processExitsWith: .failure) {
            var bytes: [UInt8] = []
            JSONWriter.append(to: &bytes) { $0.endArray() }
        }
    }

    @Test("what was written is read back, for 2,000 seeds")
    func roundTrip() throws {
        let reader = JSONReader(limits: JSONLimits(depth: 64, members: 100_000))
        for seed in UInt64(0)..<2_000 {
            var random = SplitMix(state: seed)
            let value = RandomJSON.value(depth: 4, using: &random)
            let tree = try reader.parse(Array(value.spelled(using: &random).utf8))
            #expect(value.isEqual(to: tree.root), "read, seed \(seed)")
            var copy: [UInt8] = []
            JSONWriter.append(to: &copy) { $0.element(copying: tree.root) }
            let again = try reader.parse(copy)
            #expect(value.isEqual(to: again.root), "written, seed \(seed)")
            #expect(again.root.contentHash == tree.root.contentHash, "hash, seed \(seed)")
        }
    }
}

@Suite("JSON content hash")
struct JSONContentHashTests {
    private func hash(_ text: String) throws -> UInt64 {
        try JSONReader().parse(Array(text.utf8)).root.contentHash
    }

    @Test(
        "the same content has the same hash, however it is spelled",
        arguments: [
            (#"{"a":1,"b":[true,null]}"#, "{ \"b\" : [ true,\n null ], \"a\" : 1 }"),
            (#"{"a":1}"#, #"{"\u0061":1.0}"#),
            ("1", "1e0"), ("10", "1.0E+1"), ("-3", "-3.000"), ("0", "-0.0"), ("0", "-0"),
            ("0.5", "5e-1"), ("1e300", "10e299"), ("\"é€😀\"", #""\u00e9\u20ac\ud83d\ude00""#),
            (#""/""#, #""\/""#), ("9007199254740993", "9007199254740993"),
        ]
    )
    func equal(one: String, other: String) throws {
        #expect(try hash(one) == hash(other))
    }

    @Test("other content has another hash")
    func different() throws {
        let texts = [
            "null", "true", "false", "0", "1", "-1", "2", "0.5", "1.5", "1e300", "\"\"", "\"0\"",
            "\"1\"",
            "\"null\"", "[]", "{}", "[[]]", "[{}]", "[null]", "[0]", "[1]", "[1,2]", "[2,1]",
            "[[1],2]",
            "[1,[2]]", "[[1,2]]", #"{"a":1}"#, #"{"a":2}"#, #"{"b":1}"#, #"{"a":"1"}"#,
            #"{"a":[1]}"#,
            #"{"a":{"b":1}}"#, #"{"a":{},"b":1}"#, #"{"a":1,"b":2}"#, #"{"a":2,"b":1}"#,
            #"{"ab":1}"#,
            #"{"a":null}"#, #"{"":1}"#, #""a""#, #""aa""#, #""aaaaaaaa""#, #""aaaaaaaaa""#,
            "\"\\u0001\"",
            #"["a","b"]"#, #"["ab",""]"#, #"["","ab"]"#, "9007199254740993", "9007199254740992",
            "\"é\"",
            "\"e\u{301}\"", #"{"a":1,"b":1}"#, #"{"a":"b"}"#, #"{"b":"a"}"#, "9223372036854775807",
            "-9223372036854775808", "9223372036854775808.0", #"[{"a":1},{"b":2}]"#,
            #"[{"b":2},{"a":1}]"#,
        ]
        var seen: [UInt64: String] = [:]
        for text in texts {
            let hash = try hash(text)
            #expect(seen[hash] == nil, "\(text) as \(seen[hash] ?? "")")
            seen[hash] = text
        }
    }

    @Test("the hash is part of what is stored, so it never changes")
    func stable() throws {
        #expect(try hash("null") == 0xC9D8_74CA_57D9_E055)
        #expect(
            try hash(#"{"requestId":"rq-000123","units":8,"list":[1.5,true,null,"x"]}"#)
                == 0x8E3E_579A_6948_1FE6
        )
    }

    @Test("the hash of texts and names of every length stays what it was written as")
    func lengths() throws {
        let letters = "abcdefghijklmnopqrstuvwxyz"
        let members = (0...26).map { #""\#(letters.prefix($0))":"\#(letters.suffix(26 - $0))""# }
        #expect(try hash("{\(members.joined(separator: ","))}") == 0xB419_A26A_8D44_732E)
    }

    @Test("small numbers, ids and their objects don't collide")
    func many() throws {
        let reader = JSONReader()
        var seen: Set<UInt64> = []
        for i in 0..<20_000 {
            for text in ["\(i)", "\"rq-\(i)\"", #"{"id":\#(i)}"#, "[\(i)]", "\(i).5"] {
                seen.insert(try reader.parse(Array(text.utf8)).root.contentHash)
            }
        }
        #expect(seen.count == 100_000)
    }

    @Test("a part's hash is that of the part alone")
    func part() throws {
        let tree = try JSONReader().parse(Array(#"{"x":0,"data":{"b":[2],"a":1},"y":[]}"#.utf8))
        #expect(try tree.root["data"]?.contentHash == hash(#"{"a":1,"b":[2]}"#))
    }
}

/// A value made up by a seed, with every way to spell it.
indirect enum RandomJSON {
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
    case array([RandomJSON])
    case object([(String, RandomJSON)])

    static func value(depth: Int, using random: inout SplitMix) -> RandomJSON {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &random) {
        case 0: .null
        case 1: .bool(Bool.random(using: &random))
        case 2:
            .integer(
                Int64(
                    truncatingIfNeeded: random.next() >> UInt64.random(in: 0..<64, using: &random)
                )
            )
        case 3:
            .double(Double(Int64.random(in: -1_000_000...1_000_000, using: &random)) / 64 + 0.001)
        case 4, 5: .string(string(using: &random))
        case 6, 7:
            .array(
                (0..<Int.random(in: 0..<6, using: &random)).map { _ in
                    value(depth: depth - 1, using: &random)
                }
            )
        default:
            .object(
                (0..<Int.random(in: 0..<(depth == 4 ? 40 : 8), using: &random)).map {
                    ("\($0)" + string(using: &random), value(depth: depth - 2, using: &random))
                }
            )
        }
    }

    private static func string(using random: inout SplitMix) -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x61...0x7A, 0x01...0x1F, 0x7F...0x2FF, 0x2000...0xD7FF, 0xE000...0xFFFF,
            0x10000...0x10FFFF,
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            let range = ranges[Int.random(in: ranges.indices, using: &random)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// One of its spellings.
    func spelled(using random: inout SplitMix) -> String {
        func space() -> String { ["", "", " ", "\n\t", "\r\n  "][Int(random.next() % 5)] }
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .integer(let value): return "\(value)"
        case .double(let value): return "\(value)"
        case .string(let value): return Self.spelled(value, using: &random)
        case .array(let elements):
            let inside = elements.map { space() + $0.spelled(using: &random) + space() }
            return "[" + inside.joined(separator: ",") + space() + "]"
        case .object(let members):
            let inside = members.map {
                space() + Self.spelled($0.0, using: &random) + space() + ":" + space()
                    + $0.1.spelled(using: &random)
            }
            return "{" + inside.joined(separator: ",") + space() + "}"
        }
    }

    private static func spelled(_ string: String, using random: inout SplitMix) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            guard mustEscape || random.next() % 8 == 0 else {
                text.unicodeScalars.append(scalar)
                continue
            }
            for unit in UTF16.encode(scalar).map({ Array($0) }) ?? [] {
                let digits = String(unit, radix: 16, uppercase: random.next() % 2 == 0)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text + "\""
    }

    func isEqual(to value: JSONValue) -> Bool {
        switch self {
        case .null: return value.isNull && value.kind == .null
        case .bool(let bool): return value.bool == bool
        case .integer(let integer): return value.integer == integer
        case .double(let double): return value.integer == nil && value.double == double
        case .string(let string):
            return value.string == string && value.isText(string) && !value.isText(string + "x")
        case .array(let elements):
            guard let others = value.elements, value.count == elements.count else { return false }
            return zip(elements, others).allSatisfy { $0.isEqual(to: $1) }
        case .object(let members):
            guard let others = value.members, value.count == members.count else { return false }
            return zip(members, others).allSatisfy { $0.0 == $1.key && $0.1.isEqual(to: $1.value) }
        }
    }
}

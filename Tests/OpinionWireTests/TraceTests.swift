import OpinionFlow
import OpinionWire
import Testing

/// W3C Trace Context: what is copied from cause to effect, and what is dropped.
@Suite("Trace context")
struct TraceTests {
    private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private func cause(_ headers: [(String, String)]) throws -> [String?] {
        var record = try #require(Examples.incoming.first { $0.topic == Topic.requests }).record()
        record.headers += headers.map { Header($0.0, Array($0.1.utf8)) }
        let reader = EventReader(ReaderSettings(policy: Examples.policy))
        let cause = try reader.event(record, from: .requests).cause
        return [cause.traceparent, cause.tracestate]
    }

    private func state(_ texts: String...) throws -> String? {
        try cause([("traceparent", Self.parent)] + texts.map { ("tracestate", $0) })[1]
    }

    @Test(
        "a parent that is none is dropped, and its state with it",
        arguments: [
            "", "00", parent.uppercased(), parent + "-00", parent + " ",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c8031zz-b7ad6b7169203331-01",
        ]
    )
    func parents(text: String) throws {
        #expect(try cause([("traceparent", text), ("tracestate", "a=1")]) == [nil, nil])
    }

    @Test("a valid parent is copied with its state, and without one")
    func valid() throws {
        #expect(try cause([("tracestate", "a=1")]) == [nil, nil])
        #expect(try cause([("traceparent", Self.parent)]) == [Self.parent, nil])
        let twice = [("traceparent", Self.parent), ("traceparent", Self.parent)]
        #expect(try cause(twice + [("tracestate", "a=1")]) == [nil, nil])
    }

    @Test(
        "a state of the grammar is copied as it stands",
        arguments: [
            "a=1", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", "a=1 , b=2,, c=3,\t", "a= 1",
            "fw529a3039@dt=FfDj;x/y", "0tenant@v=1", "a_-*/9=~!#",
            "x=" + String(repeating: "v", count: 256),
        ]
    )
    func copied(text: String) throws {
        #expect(try state(text) == text)
    }

    @Test(
        "any other is dropped",
        arguments: [
            "", "a", "a=", "=1", "A=1", "1a=1", "a=b=c", "a=1,a=2", "a@=1", "@a=1", "a@b@c=1",
            "a=é", "a=\u{1}", "a=1;\n", " , ", "a b=1", "t@1v=1", "x@abcdefghijklmno=1",
            "x=" + String(repeating: "v", count: 257),
            (0...32).map { "k\($0)=1" }.joined(separator: ","),
            (0...8).map { "k\($0)=\(String(repeating: "v", count: 60))" }.joined(separator: ","),
        ]
    )
    func dropped(text: String) throws {
        #expect(try state(text) == nil)
    }

    @Test("several headers are one list")
    func several() throws {
        #expect(try state("a=1", "b=2") == "a=1,b=2")
        #expect(try state("a=1", "a=2") == nil)
    }
}

import OpinionFlow
import OpinionMatching
import OpinionWire
import Testing

/// The schemas' examples as the reader sees them.
@Suite("Examples")
struct ExampleTests {
    @Test("there are examples")
    func exist() {
        #expect(Examples.incoming.count >= 16)
        #expect(Examples.bad.count >= 100)
    }

    @Test("every good event is read, in both modes alike", arguments: Examples.incoming)
    func good(_ example: Examples.Good) throws {
        #expect(Examples.refusal(of: example.record()) == nil)
        #expect(Examples.refusal(of: example.binary) == nil)
        let reader = EventReader(ReaderSettings(policy: Examples.policy))
        if example.topic == Topic.specialists {
            let (structured, binary) = (example.record(), example.binary)
            #expect(try reader.profile(structured).0 == reader.profile(binary).0)
            #expect(try reader.profile(structured).1 == reader.profile(binary).1)
        } else {
            let inbox = example.topic == Topic.requests ? EventReader.Inbox.requests : .responses
            let structured = try reader.event(example.record(), from: inbox)
            #expect(try structured == reader.event(example.binary, from: inbox))
        }
    }

    @Test("every bad event is refused for its reason, at its pointer", arguments: Examples.bad)
    func bad(_ example: Examples.Bad) {
        #expect(Examples.refusal(of: example.record) == example.refusal)
    }
}

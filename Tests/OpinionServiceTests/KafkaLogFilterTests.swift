import KafkaTransport
import OpinionService
import Testing

@Suite("What the client library repeats")
struct KafkaLogFilterTests {
    private func line(_ text: String, level: Int32 = 3, facility: String = "FAIL") -> KafkaLogLine {
        KafkaLogLine(level: level, facility: facility, text: text)
    }

    private func refused(_ port: Int, after milliseconds: Int = 0) -> KafkaLogLine {
        line("k:\(port)/\(port): Connection refused (after \(milliseconds)ms in state CONNECT)")
    }

    /// What is told of what is heard at some seconds: texts and counts.
    private func told(_ heard: [(Double, [KafkaLogLine])], finishing: Bool = false) -> [String] {
        var chatter = KafkaLogFilter()
        var tellings = heard.flatMap { chatter.take($0.1, at: $0.0) }
        if finishing { tellings += chatter.finish() }
        return tellings.map { "\($0.line.text.prefix { $0 != "(" })×\($0.count)" }
    }

    @Test("an outage of an hour is a line a minute of each kind, and none is lost")
    func outage() {
        let seconds = (0..<3_600).map(Double.init)
        let lines = told(seconds.map { ($0, [refused(1, after: Int($0)), line("no name")]) })
        #expect(lines.count == 2 * 60)
        #expect(lines.prefix(2) == ["k:1/1: Connection refused ×1", "no name×1"])
        let counts = lines.compactMap { $0.split(separator: "×").last.flatMap { Int($0) } }
        #expect(counts.dropFirst(2).allSatisfy { $0 == 60 })
    }

    @Test("what differs in more than numbers is told each")
    func kinds() {
        let other = line(
            "k:1/1: Connection refused (after 0ms in state CONNECT)",
            facility: "ERROR"
        )
        #expect(told([(0, [refused(1), line("a"), line("b"), other])]).count == 4)
        #expect(told([(0, [refused(1), refused(2)]), (5, [refused(3)])]).count == 1)
    }

    @Test("after a minute of silence it is news again, and the end tells what is left")
    func silence() {
        #expect(told([(0, [line("a")]), (61, []), (62, [line("a")])]) == ["a×1", "a×1"])
        #expect(
            told([(0, [line("a")]), (1, [line("a"), line("a")])], finishing: true) == [
                "a×1", "a×2",
            ]
        )
    }

    @Test("what is only told when asked for is told whole")
    func debug() {
        let lines = (0..<5).map { _ in line("a", level: 7) }
        #expect(told([(0, lines)]).count == 5)
    }

    @Test("a flood of kinds is told as it comes")
    func flood() {
        let kinds = (0..<300).map { number in
            line(String(repeating: "x", count: number + 1))
        }
        #expect(told([(0, kinds), (1, kinds)]).count == 300 + 44)
    }
}

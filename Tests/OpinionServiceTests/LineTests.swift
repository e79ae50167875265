import OpinionService
import OpinionTesting
import Testing

/// Whatever a value holds, it stays on its line and shows what it is.
@Suite("Lines of log can't be forged")
struct LineTests {
    private static let hostile: [Unicode.Scalar] =
        [
            "\n", "\r", "\t", "\0", "\u{7}", "\u{8}", "\u{1b}", "\u{7f}", "\u{85}", "\u{9b}",
            "\u{61c}",
            "\u{200e}", "\u{200f}", "\u{2028}", "\u{2029}", "\u{202a}", "\u{202e}", "\u{2066}",
            "\u{2069}", "\u{feff}", "\u{fff9}", "\u{e0001}", "\u{e007f}",
        ]
    private static let plain: [Unicode.Scalar] = [
        "a", "0", " ", "=", "\"", "\\", ",", "é", "अ", "😀",
    ]

    private func text(_ chance: inout Chance) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<chance.below(40) {
            text.append(chance.pick(chance.percent(40) ? Self.hostile : Self.plain))
        }
        return String(text)
    }

    @Test("no value breaks out", arguments: Line.Format.allCases, [false, true])
    func breaksOut(format: Line.Format, isJournal: Bool) {
        var chance = Chance(seed: 7)
        for _ in 0..<3_000 {
            let (first, second) = (text(&chance), text(&chance))
            let line = Line(
                .info,
                [("msg", .text(first)), ("reasons", .list([second, first])), ("n", .number(1))]
            )
            let written = line.text(format, isJournal: isJournal)
            let scalars = written.unicodeScalars
            #expect(!scalars.contains { Self.hostile.contains($0) }, "\(written.debugDescription)")
            #expect(written.hasSuffix(format == .json ? "\"n\":1}" : " n=1"))
        }
    }

    @Test("what looks like another field stays inside its quotes")
    func forged() {
        let line = Line(.info, [("id", .text("x level=critical msg=\"forged\"\n<0>"))])
        #expect(
            line.text(.logfmt, isJournal: false)
                == #"id="x level=critical msg=\"forged\"\u{a}<0>""#
        )
    }

    @Test("a value that is too long is cut, and says so")
    func long() {
        let line = Line(.info, [("id", .text(String(repeating: "y", count: 2_000)))])
        #expect(line.text(.logfmt, isJournal: false).hasSuffix("y…\""))
        #expect(line.text(.logfmt, isJournal: false).count < 600)
    }
}

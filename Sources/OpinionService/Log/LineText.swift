/// Makes text safe to be a part of a line of log: whatever it holds, it stays on its line and shows
/// what it is.
///
/// Control characters (C0, DEL, C1), line separators and the marks that turn the direction of text
/// are written as `\u{…}` (CWE-117, CWE-150; Trojan Source, CVE-2021-42574).
package enum LineText {
    /// Characters of one value at most; what is cut is marked by `…`.
    package static let scalarsMax = 512

    package static func escaped(_ text: String) -> String {
        if text.utf8.count <= scalarsMax, text.utf8.allSatisfy({ 0x20...0x7e ~= $0 && $0 != 0x5c })
        {
            return text
        }
        var result = ""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            guard count < scalarsMax else { return result + "…" }
            if scalar.isSafe {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    fileprivate var isSafe: Bool {
        switch value {
        case 0..<0x20, 0x5c, 0x7f..<0xa0, 0x061c, 0x200e...0x200f, 0x2028...0x202e,
            0x2066...0x2069, 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe007f:
            false
        default: true
        }
    }
}

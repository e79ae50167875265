package import OpinionMatching

/// What a diagnosis code says about where the tumour is.
package enum ICD10Site: Hashable, Sendable {
    /// A family of tumours.
    case family(CancerFamily)
    /// A secondary of a primary elsewhere: never the primary condition of a request.
    case secondary
    /// Several primaries, without naming one.
    case multiplePrimary
    /// A finding of cytology, not yet a diagnosis.
    case finding
}

/// A well-formed code of ICD-10 or ICD-10-CM; whether a book has it is another question.
///
/// A letter, a digit, a digit or letter, then up to four more with or without a dot before them.
/// `c50.9`, `C509` and `C50.9` are one code.
package struct ICD10Code: Hashable, Sendable {
    /// The characters without the dot, the first in the highest byte: a prefix is a mask.
    let packed: UInt64

    private static let byteMax = 7

    package init?(_ text: String) {
        self.init(text.utf8Span.span)
    }

    package init?(_ text: ArraySlice<UInt8>) {
        self.init(text.span)
    }

    private init?(_ text: Span<UInt8>) {
        var packed: UInt64 = 0
        var count = 0
        var hasDot = false
        for i in text.indices {
            var byte = text[i]
            if byte == UInt8(ascii: "."), count == 3, !hasDot {
                hasDot = true
                continue
            }
            if byte >= UInt8(ascii: "a"), byte <= UInt8(ascii: "z") { byte -= 0x20 }
            guard count < Self.byteMax, Self.allows(byte, at: count) else { return nil }
            packed = packed << 8 | UInt64(byte)
            count += 1
        }
        guard count >= (hasDot ? 4 : 3) else { return nil }
        self.packed = packed << UInt64(8 * (8 - count))
    }

    private static func allows(_ byte: UInt8, at place: Int) -> Bool {
        let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        let isLetter = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
        return switch place {
        case 0: isLetter
        case 1: isDigit
        default: isDigit || isLetter
        }
    }

    /// What the longest known prefix says; nil when none is known.
    ///
    /// - Complexity: a binary search for each length the code can be cut to, 20 to 40 ns; allocates
    ///   nothing.
    package var site: ICD10Site? {
        let index = ICD10Table.index
        var prefix = packed
        for length in stride(from: count, through: 3, by: -1) {
            prefix &= UInt64.max << UInt64(8 * (8 - length))
            if let place = index.prefixes.place(of: prefix) { return index.sites[place] }
        }
        return nil
    }

    /// The family that treats the organ which a secondary lies in; nil: lymph nodes, or no organ that one
    /// family treats.
    ///
    /// For a primary its own family.
    package var organ: CancerFamily? {
        switch site {
        case .family(let family): family
        case .secondary: ICD10Table.organs.first { hasPrefix($0.prefix) }?.family
        case .multiplePrimary, .finding, nil: nil
        }
    }

    private func hasPrefix(_ prefix: ICD10Code) -> Bool {
        packed & (UInt64.max << UInt64(8 * (8 - prefix.count))) == prefix.packed
    }

    /// The code systems that are read.
    static let systems: [StaticString] = [
        "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm",
    ]

    private var count: Int { 8 - packed.trailingZeroBitCount / 8 }
}

extension ICD10Code: CustomStringConvertible {
    /// In upper case, with the dot.
    package var description: String {
        var text = ""
        for place in 0..<count {
            if place == 3 { text += "." }
            let byte = UInt8(truncatingIfNeeded: packed >> UInt64(8 * (7 - place)))
            text.unicodeScalars.append(Unicode.Scalar(byte))
        }
        return text
    }
}

extension [UInt64] {
    /// The place of a number in a sorted array.
    fileprivate func place(of wanted: UInt64) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == wanted ? low : nil
    }
}

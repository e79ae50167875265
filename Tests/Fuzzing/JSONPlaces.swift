/// Where the values and members of a good JSON text lie.
struct JSONPlaces {
    private(set) var values: [Range<Int>] = []
    /// From the quote before the name to the end of the value.
    private(set) var members: [Range<Int>] = []

    private let text: [UInt8]
    private var at = 0

    init(of text: [UInt8]) {
        self.text = text
        if !text.isEmpty { readValue() }
    }

    private mutating func readValue() {
        let begin = at
        switch text[at] {
        case UInt8(ascii: "{"): readContainer(UInt8(ascii: "}")) { $0.readMember() }
        case UInt8(ascii: "["): readContainer(UInt8(ascii: "]")) { $0.readValue() }
        case UInt8(ascii: "\""): readString()
        default: while at < text.count, !",]}".utf8.contains(text[at]) { at += 1 }
        }
        values.append(begin..<at)
    }

    private mutating func readContainer(_ end: UInt8, _ readOne: (inout Self) -> Void) {
        at += 1
        while text[at] != end {
            readOne(&self)
            if text[at] == UInt8(ascii: ",") { at += 1 }
        }
        at += 1
    }

    private mutating func readMember() {
        let begin = at
        readString()
        at += 1
        readValue()
        members.append(begin..<at)
    }

    /// The texts of the seedbed hold no escapes.
    private mutating func readString() {
        at += 1
        while text[at] != UInt8(ascii: "\"") { at += 1 }
        at += 1
    }
}

// Members whose names come from outside.
extension JSONWriter {
    package mutating func member(named name: String, _ value: String) {
        key(named: name)
        quote(value)
    }

    package mutating func member(named name: String, _ values: [String]) {
        key(named: name)
        open(UInt8(ascii: "["))
        for value in values { element(value) }
        close(UInt8(ascii: "]"))
    }
}

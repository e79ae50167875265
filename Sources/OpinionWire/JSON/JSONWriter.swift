/// Appends JSON to a buffer of bytes, without white space.
///
/// Commas are its own business; that every `begin` has its `end` is the caller's, checked by
/// ``finish()``. Names are known when compiling and need no escapes. It allocates nothing but what the
/// buffer grows by: give it a buffer that has grown.
///
/// ```swift
/// JSONWriter.append(to: &batch.bytes) { json in
///     json.beginObject()
///     json.member("requestId", request.id)
///     json.beginArray("seats")
///     for seat in seats { json.element(seat.discipline) }
///     json.endArray()
///     json.endObject()
/// }
/// ```
package struct JSONWriter: Sendable {
    private var bytes: [UInt8]
    private var depth = 0
    private var needsComma = false

    /// Appends to `bytes`; move the buffer in, or it is copied.
    package init(appendingTo bytes: consuming [UInt8] = []) {
        self.bytes = bytes
    }

    /// Hands the buffer over to a writer and takes it back.
    package static func append(to bytes: inout [UInt8], _ write: (inout JSONWriter) -> Void) {
        var json = JSONWriter(appendingTo: bytes.taken())
        write(&json)
        bytes = json.finish()
    }

    /// The buffer with all that was appended.
    package consuming func finish() -> [UInt8] {
        precondition(depth == 0, "JSON ended with \(depth) objects and arrays open")
        return bytes
    }

    // MARK: Containers

    /// Begins an object as the whole, or as an element.
    package mutating func beginObject() {
        separate()
        open(UInt8(ascii: "{"))
    }

    package mutating func beginObject(_ name: StaticString) {
        key(name)
        open(UInt8(ascii: "{"))
    }

    package mutating func endObject() { close(UInt8(ascii: "}")) }

    /// Begins an array as the whole, or as an element.
    package mutating func beginArray() {
        separate()
        open(UInt8(ascii: "["))
    }

    package mutating func beginArray(_ name: StaticString) {
        key(name)
        open(UInt8(ascii: "["))
    }

    package mutating func endArray() { close(UInt8(ascii: "]")) }

    // MARK: Members

    package mutating func member(_ name: StaticString, _ value: String) {
        key(name)
        quote(value)
    }

    package mutating func member(_ name: StaticString, _ value: StaticString) {
        key(name)
        quote(value)
    }

    package mutating func member(_ name: StaticString, _ value: Int64) {
        key(name)
        bytes.appendDecimal(value)
    }

    package mutating func member(_ name: StaticString, _ value: Int) {
        member(name, Int64(value))
    }

    package mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        bytes.append(value ? "true" : "false")
    }

    package mutating func null(_ name: StaticString) {
        key(name)
        bytes.append("null")
    }

    /// A member whose name comes from outside, such as a count by reason.
    package mutating func member(named name: String, _ value: Int64) {
        key(named: name)
        bytes.appendDecimal(value)
    }

    /// Copies a value that was read, whatever it is.
    package mutating func member(_ name: StaticString, copying value: JSONValue) {
        key(name)
        write(value)
    }

    // MARK: Elements

    package mutating func element(_ value: String) {
        separate()
        quote(value)
    }

    package mutating func element(_ value: StaticString) {
        separate()
        quote(value)
    }

    package mutating func element(_ value: Int64) {
        separate()
        bytes.appendDecimal(value)
    }

    /// Copies a value that was read, as an element or as the whole.
    package mutating func element(copying value: JSONValue) {
        separate()
        write(value)
    }

    // MARK: Pieces

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        bytes.append(bracket)
        depth += 1
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        precondition(depth > 0, "JSON has no object or array left to end")
        bytes.append(bracket)
        depth -= 1
        needsComma = true
    }

    private mutating func key(_ name: StaticString) {
        bytes.append(needsComma ? ",\"" : "\"")
        bytes.append(name)
        bytes.append("\":")
        needsComma = true
    }

    private mutating func key(named name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func quote(_ text: StaticString) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(text)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.needsEscape {
            bytes.appendEscaped(text)
        } else {
            bytes.append(contentsOf: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// What was read has a greatest depth, and so has this recursion.
    private mutating func write(_ value: JSONValue) {
        switch value.kind {
        case .null: bytes.append("null")
        case .bool: bytes.append(value.bool == true ? "true" : "false")
        case .integer: bytes.appendDecimal(value.integer ?? 0)
        case .double: bytes.append(contentsOf: (value.double ?? 0).description.utf8)
        case .string: quote(value.string ?? "")
        case .array: writeElements(of: value)
        case .object: writeMembers(of: value)
        }
    }

    private mutating func writeElements(of array: JSONValue) {
        open(UInt8(ascii: "["))
        if let elements = array.elements {
            for element in elements { self.element(copying: element) }
        }
        close(UInt8(ascii: "]"))
    }

    private mutating func writeMembers(of object: JSONValue) {
        open(UInt8(ascii: "{"))
        if let members = object.members {
            for (name, value) in members {
                key(named: name)
                write(value)
            }
        }
        close(UInt8(ascii: "}"))
    }
}

extension [UInt8] {
    /// The buffer itself, leaving an empty one, so that it has one owner and isn't copied.
    fileprivate mutating func taken() -> [UInt8] {
        var other: [UInt8] = []
        swap(&self, &other)
        return other
    }

    /// Appends an integer as JSON and Kafka headers write it.
    mutating func appendDecimal(_ value: Int64) {
        var rest = value.magnitude
        if value < 0 { append(UInt8(ascii: "-")) }
        let first = count
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        self[first...].reverse()
    }
}

extension String {
    /// Whether it holds what a JSON string can only hold escaped.
    fileprivate var needsEscape: Bool {
        let bytes = utf8Span.span
        var found = false
        for i in bytes.indices {
            let byte = bytes[i]
            found = found || byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        }
        return found
    }
}

/// Appends JSON to a buffer of bytes, without white space.
///
/// Commas are its own business; that every `begin` has its `end` is the caller's, checked at the end. Names that
/// are known when compiling must need no escapes. An event of common size and short texts is written where it will
/// lie: nothing is allocated but what the buffer grows by, and nothing is copied.
///
/// - Complexity: O(*n*), about 1.3 µs for an assignment of 1,200 bytes in 57 members.
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
package struct JSONWriter: ~Copyable {
    private var bytes: JSONBuffer
    private var depth = 0
    private var needsComma = false

    private init(_ bytes: consuming JSONBuffer) { self.bytes = bytes }

    /// Appends what is written to `bytes`.
    package static func append(to bytes: inout [UInt8], _ write: (inout JSONWriter) -> Void) {
        JSONBuffer.append(to: &bytes) { buffer in
            var json = JSONWriter(buffer)
            write(&json)
            precondition(json.depth == 0, "JSON ended with \(json.depth) objects and arrays open")
            return json.bytes
        }
    }

    // MARK: Containers

    /// Begins an object as the whole, or as an element.
    package mutating func beginObject() { open(nil, UInt8(ascii: "{")) }

    package mutating func beginObject(_ name: StaticString) { open(name, UInt8(ascii: "{")) }

    package mutating func endObject() { close(UInt8(ascii: "}")) }

    /// Begins an array as the whole, or as an element.
    package mutating func beginArray() { open(nil, UInt8(ascii: "[")) }

    package mutating func beginArray(_ name: StaticString) { open(name, UInt8(ascii: "[")) }

    package mutating func endArray() { close(UInt8(ascii: "]")) }

    // MARK: Members

    package mutating func member(_ name: StaticString, _ value: String) {
        bytes.append(next(name), string: value.utf8.span)
    }

    /// A string of UTF-8.
    package mutating func member(_ name: StaticString, _ value: ArraySlice<UInt8>) {
        bytes.append(next(name), string: value.span)
    }

    package mutating func member(_ name: StaticString, _ value: Int64) {
        bytes.append(next(name), integer: value)
    }

    package mutating func member(_ name: StaticString, _ value: Int) {
        bytes.append(next(name), integer: Int64(value))
    }

    package mutating func member(_ name: StaticString, _ value: Bool) {
        bytes.append(next(name), then: 0)
        bytes.append(value ? "true" : "false")
    }

    /// A moment, in milliseconds since 1970, as RFC 3339.
    package mutating func member(_ name: StaticString, time: Int64) {
        bytes.append(next(name), plain: Timestamp.text(time))
    }

    package mutating func null(_ name: StaticString) {
        bytes.append(next(name), then: 0)
        bytes.append("null")
    }

    /// A member whose name is not known when compiling, such as a count by reason.
    package mutating func member(named name: String, _ value: Int64) {
        key(named: name)
        bytes.append(JSONName(name: nil, afterComma: false), integer: value)
    }

    package mutating func member(named name: String, _ value: String) {
        key(named: name)
        bytes.append(JSONName(name: nil, afterComma: false), string: value.utf8.span)
    }

    package mutating func member(named name: String, _ values: [String]) {
        key(named: name)
        bytes.append(UInt8(ascii: "["))
        depth += 1
        needsComma = false
        for value in values { element(value) }
        close(UInt8(ascii: "]"))
    }

    /// Copies a value that was read, whatever it is.
    package mutating func member(_ name: StaticString, copying value: JSONValue) {
        write(next(name), value)
    }

    // MARK: Elements

    package mutating func element(_ value: String) {
        bytes.append(next(nil), string: value.utf8.span)
    }

    /// A string of UTF-8.
    package mutating func element(_ value: ArraySlice<UInt8>) {
        bytes.append(next(nil), string: value.span)
    }

    package mutating func element(_ value: Int64) {
        bytes.append(next(nil), integer: value)
    }

    /// Copies a value that was read, as an element or as the whole.
    package mutating func element(copying value: JSONValue) {
        write(next(nil), value)
    }

    // MARK: Pieces

    /// The name to be written now; what follows the value needs a comma.
    private mutating func next(_ name: StaticString?) -> JSONName {
        defer { needsComma = true }
        return JSONName(name: name, afterComma: needsComma)
    }

    private mutating func open(_ name: StaticString?, _ bracket: UInt8) {
        bytes.append(next(name), then: bracket)
        depth += 1
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        precondition(depth > 0, "JSON has no object or array left to end")
        bytes.append(bracket)
        depth -= 1
        needsComma = true
    }

    private mutating func key(named name: String) {
        bytes.append(next(nil), string: name.utf8.span)
        bytes.append(UInt8(ascii: ":"))
    }

    /// What was read has a greatest depth, and so has this recursion.
    ///
    /// Nobody copies what a lenient reader marked.
    private mutating func write(_ name: JSONName, _ value: JSONValue) {
        switch value.kind {
        case .string:
            let text = value.textBytes ?? []
            bytes.append(name, string: text.span)
        case .integer: bytes.append(name, integer: value.integer ?? 0)
        case .double:
            bytes.append(name, then: 0)
            for byte in (value.double ?? 0).description.utf8 { bytes.append(byte) }
        case .bool:
            bytes.append(name, then: 0)
            bytes.append(value.bool == true ? "true" : "false")
        case .null, .flawed:
            bytes.append(name, then: 0)
            bytes.append("null")
        case .array:
            bytes.append(name, then: UInt8(ascii: "["))
            writeElements(of: value)
        case .object:
            bytes.append(name, then: UInt8(ascii: "{"))
            writeMembers(of: value)
        }
    }

    private mutating func writeElements(of array: JSONValue) {
        depth += 1
        needsComma = false
        if let elements = array.elements {
            for element in elements { self.element(copying: element) }
        }
        close(UInt8(ascii: "]"))
    }

    private mutating func writeMembers(of object: JSONValue) {
        depth += 1
        needsComma = false
        if let members = object.members {
            for (name, value) in members {
                key(named: name)
                write(JSONName(name: nil, afterComma: false), value)
            }
        }
        close(UInt8(ascii: "}"))
    }
}

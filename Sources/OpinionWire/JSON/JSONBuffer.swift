internal import CSimdJSON

/// What stands before a value: a comma where one is due, and the name if it is a member.
struct JSONName {
    var name: StaticString?
    var afterComma: Bool
}

extension JSONName {
    /// The comma, two quotes, the colon and a byte that follows.
    fileprivate var byteMax: Int { (name?.utf8CodeUnitCount ?? 0) + 5 }

    /// Points into the constants of the program.
    fileprivate var c: csj_name {
        guard let name else {
            return unsafe csj_name(bytes: nil, count: 0, comma: afterComma ? 1 : 0)
        }
        return unsafe csj_name(
            bytes: name.utf8Start,
            count: name.utf8CodeUnitCount,
            comma: afterComma ? 1 : 0
        )
    }
}

/// Memory that is written at its end, a piece of JSON at a time.
///
/// It has one owner, so that a piece costs one check for room where an array asks three questions: is there one
/// owner, is there room, is each place inside. What is of common size is written where it will lie, behind what an
/// array holds. What might be larger, were every byte of a text to need an escape, goes into memory of its own and is
/// copied twice at the end.
///
/// Safe outside, since every piece says beforehand how many bytes it may take (debug builds check that it keeps to
/// it), and memory that an array lends comes back with the buffer: nobody else can make one, copy one or keep one.
@safe
struct JSONBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var room: Int
    private var count = 0
    /// Whether the memory is ours, not lent by the array that is written to.
    private var isOwn = false

    /// Enough for an event of common size.
    private static var common: Int { 4_096 }

    /// Appends to `bytes` what is written; an array that has no memory yet gets no more than it needs.
    ///
    /// - Parameters:
    ///   - bytes: Grow by what is written.
    ///   - write: Takes the buffer and hands it back.
    static func append(
        to bytes: inout [UInt8],
        _ write: (consuming JSONBuffer) -> JSONBuffer
    ) {
        // An array keeps what it lends: one that has nothing lends a byte, too little for anything.
        let room = bytes.capacity > 0 ? common : 1
        var large: [UInt8] = []
        bytes.append(addingCapacity: room) { span in
            unsafe span.withUnsafeMutableBufferPointer { lent, count in
                let written = write(unsafe JSONBuffer(lent))
                if written.isOwn { written.copy(to: &large) } else { count = written.count }
            }
        }
        bytes.append(contentsOf: large)
    }

    private init(_ lent: UnsafeMutableBufferPointer<UInt8>) {
        guard let base = lent.baseAddress else { preconditionFailure("an array lends no memory") }
        unsafe self.base = base
        room = lent.count
    }

    deinit { if isOwn { unsafe base.deallocate() } }

    private func copy(to bytes: inout [UInt8]) {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
    }

    mutating func append(_ byte: UInt8) {
        unsafe put(1) { to in
            unsafe to.pointee = byte
            return 1
        }
    }

    mutating func append(_ text: StaticString) {
        unsafe put(text.utf8CodeUnitCount) { to in
            unsafe to.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
            return text.utf8CodeUnitCount
        }
    }

    /// Appends the name, and a byte: the bracket or quote that follows.
    mutating func append(_ name: JSONName, then: UInt8) {
        unsafe put(name.byteMax) { to in unsafe csj_put_name(to, name.c, then) }
    }

    /// Appends UTF-8 as a string in quotes, with the escapes that RFC 8259 asks for.
    mutating func append(_ name: JSONName, string utf8: Span<UInt8>) {
        unsafe utf8.withUnsafeBufferPointer { text in
            unsafe put(name.byteMax + 6 * text.count + 1) { to in
                unsafe csj_put_string(to, name.c, text.baseAddress, text.count)
            }
        }
    }

    /// Appends a text that needs no escapes as a string in quotes.
    mutating func append(_ name: JSONName, plain text: Timestamp.Text) {
        append(name, then: UInt8(ascii: "\""))
        unsafe put(text.count + 1) { to in
            unsafe UnsafeMutableRawPointer(to).storeBytes(of: text, as: Timestamp.Text.self)
            unsafe to[text.count] = UInt8(ascii: "\"")
            return text.count + 1
        }
    }

    mutating func append(_ name: JSONName, integer: Int64) {
        unsafe put(name.byteMax + 20) { to in unsafe csj_put_integer(to, name.c, integer) }
    }

    @inline(__always)
    private mutating func put(_ most: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
        if room - count < most { grow(most) }
        let written = unsafe write(base + count)
        assert(written <= most, "\(written) bytes of JSON where \(most) were announced")
        count += written
    }

    @inline(never)
    private mutating func grow(_ most: Int) {
        room = max(Self.common, 2 * room + most)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
        unsafe larger.update(from: base, count: count)
        if isOwn { unsafe base.deallocate() }
        unsafe base = larger
        isOwn = true
    }
}

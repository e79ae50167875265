/// W3C Trace Context headers, copied from cause to effect when they are well formed.
enum Trace {
    /// Bytes of `tracestate` at most (W3C Trace Context §3.3.1.5).
    static let stateBytesMax = 512

    /// `00-<32 hex>-<16 hex>-<2 hex>`; anything else is dropped, as the specification asks.
    static func parent(in headers: [Header]) -> String? {
        guard let value = headers.first(where: { $0.name == "traceparent" })?.value,
            value.count == 55,
            [2, 35, 52].allSatisfy({ value[$0] == UInt8(ascii: "-") }),
            value.enumerated().allSatisfy({ [2, 35, 52].contains($0.offset) || $0.element.isHex })
        else { return nil }
        return String(decoding: value, as: UTF8.self)
    }

    static func state(in headers: [Header]) -> String? {
        guard let value = headers.first(where: { $0.name == "tracestate" })?.value,
            (1...stateBytesMax).contains(value.count),
            value.allSatisfy({ 0x20...0x7e ~= $0 })
        else { return nil }
        return String(decoding: value, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isHex: Bool {
        isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
    }
}

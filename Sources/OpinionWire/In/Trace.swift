/// W3C Trace Context headers, copied from cause to effect when they are well formed.
///
/// An invalid `traceparent` takes its `tracestate` with it (W3C Trace Context §3.2, §3.3).
enum Trace {
    /// Bytes of `tracestate` at most, and its members (§3.3.1).
    static let stateBytesMax = 512
    static let stateMembersMax = 32

    /// `00-<32 hex>-<16 hex>-<2 hex>`; anything else is dropped, as the specification asks.
    ///
    /// Version `ff` and ids of zeros are invalid (§3.2.2).
    static func parent(in headers: [Header]) -> String? {
        let found = headers.filter { $0.name == "traceparent" }.compactMap(\.value)
        guard found.count == 1, found[0].count == 55 else { return nil }
        let parts = found[0].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 32, 16, 2],
            parts.allSatisfy({ $0.allSatisfy(\.isLowerHexDigit) }),
            !parts[0].elementsEqual("ff".utf8), !parts[1].isZero, !parts[2].isZero
        else { return nil }
        return String(decoding: found[0], as: UTF8.self)
    }

    /// What belongs to a valid `traceparent`; several headers are one list.
    static func state(in headers: [Header]) -> String? {
        let found = headers.filter { $0.name == "tracestate" }.compactMap(\.value)
        let text = Array(found.joined(separator: [UInt8(ascii: ",")]))
        guard (1...stateBytesMax).contains(text.count), TraceState.isValid(text) else { return nil }
        return String(decoding: text, as: UTF8.self)
    }
}

/// The grammar of `tracestate` (W3C Trace Context §3.3.1): `key=value`, separated by commas.
private enum TraceState {
    static func isValid(_ text: [UInt8]) -> Bool {
        var keys: Set<ArraySlice<UInt8>> = []
        for part in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let member = part.trimmed
            if member.isEmpty { continue }
            let key = member.prefix { $0 != UInt8(ascii: "=") }
            guard keys.count < Trace.stateMembersMax, keys.insert(key).inserted, isKey(key),
                isValue(member[key.endIndex...].dropFirst())
            else { return false }
        }
        return !keys.isEmpty
    }

    /// `vendor`, or `tenant@vendor`.
    private static func isKey(_ key: ArraySlice<UInt8>) -> Bool {
        let parts = key.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return isName(key, most: 256)
        case 2:
            let tenant = parts[0]
            return isName(parts[1], most: 14) && tenant.count <= 241
                && (tenant.first?.isDigit == true ? isRest(tenant) : isName(tenant, most: 241))
        default: return false
        }
    }

    private static func isName(_ name: ArraySlice<UInt8>, most: Int) -> Bool {
        (1...most).contains(name.count) && name.first?.isSmallLetter == true && isRest(name)
    }

    private static func isRest(_ name: ArraySlice<UInt8>) -> Bool {
        name.allSatisfy { $0.isSmallLetter || $0.isDigit || "_-*/".utf8.contains($0) }
    }

    /// Printable ASCII without `,` and `=`; spaces at its end belong to the list.
    private static func isValue(_ value: ArraySlice<UInt8>) -> Bool {
        (1...256).contains(value.count)
            && value.allSatisfy { 0x20...0x7e ~= $0 && $0 != UInt8(ascii: "=") }
    }
}

extension ArraySlice<UInt8> {
    fileprivate var isZero: Bool { allSatisfy { $0 == UInt8(ascii: "0") } }

    /// Without the spaces and tabs around it.
    fileprivate var trimmed: Self {
        let blanks: [UInt8] = [0x20, 0x09]
        let end = lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? startIndex
        return self[..<end].drop(while: blanks.contains)
    }
}

extension UInt8 {
    fileprivate var isLowerHexDigit: Bool {
        isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
    }
}

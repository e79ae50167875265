internal import OpinionWire

/// One line of output: fields in order, to be written as logfmt or JSON.
package struct Line: Sendable {
    package enum Format: String, CaseIterable, Sendable { case logfmt, json }

    package enum Value: Sendable, Hashable {
        case text(String)
        case number(Int64)
        case list([String])
    }

    /// Syslog priorities (RFC 5424 §6.2.1), which journald reads as `<N>`.
    package enum Priority: Int, Sendable {
        case critical = 2, error = 3, warning = 4, notice = 5, info = 6, debug = 7
    }

    package var priority: Priority
    package var fields: [(name: String, value: Value)]

    package init(_ priority: Priority, _ fields: [(name: String, value: Value)]) {
        self.priority = priority
        self.fields = fields
    }

    /// The line without its end.
    ///
    /// No control character is ever in it.
    package func text(_ format: Format, isJournal: Bool) -> String {
        let body = format == .logfmt ? logfmt : json
        return isJournal ? "<\(priority.rawValue)>\(body)" : body
    }

    private var logfmt: String {
        fields.map { "\($0.name)=\($0.value.logfmt)" }.joined(separator: " ")
    }

    private var json: String {
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes) { json in
            json.beginObject()
            for (name, value) in fields { value.write(&json, name) }
            json.endObject()
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Line.Value {
    fileprivate var logfmt: String {
        switch self {
        case .number(let number): return String(number)
        case .list(let texts): return Self.quoted(texts.joined(separator: ","))
        case .text(let text): return Self.quoted(text)
        }
    }

    /// Quotes what isn't one plain word; quotes inside are escaped.
    private static func quoted(_ text: String) -> String {
        let safe = LineText.escaped(text)
        let isWord =
            !safe.isEmpty && safe.utf8.allSatisfy { 0x21...0x7e ~= $0 && !"\"=".utf8.contains($0) }
        return isWord
            ? safe
            : "\""
                + safe.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\\\"") + "\""
    }

    fileprivate func write(_ json: inout JSONWriter, _ name: String) {
        switch self {
        case .number(let number): json.member(named: name, number)
        case .text(let text): json.member(named: name, LineText.escaped(text))
        case .list(let texts): json.member(named: name, texts.map(LineText.escaped))
        }
    }
}

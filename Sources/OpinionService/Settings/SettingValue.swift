/// The value of a setting.
package enum SettingValue: Hashable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    /// Like a flag, but written `on` and `off`.
    case toggle(Bool)
    case list([String])
    /// Properties by name, as they were given: secrets not looked up yet.
    case map([String: String])
}

extension SettingValue {
    /// The value in one line and one spelling; a list has commas between.
    var canonical: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let isSet): isSet ? "true" : "false"
        case .toggle(let isOn): isOn ? "on" : "off"
        case .list(let items): items.joined(separator: ",")
        case .map(let map):
            map.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        }
    }
}

extension SettingKey.Kind {
    /// Reads one text; nil when it isn't what this kind takes.
    ///
    /// Maps are read elsewhere.
    func value(of text: String) -> SettingValue? {
        switch self {
        case .servers: Self.areServers(text) ? .text(text) : nil
        case .name(let max, let orEmpty):
            Self.isName(text, max: max) || orEmpty && text.isEmpty ? .text(text) : nil
        case .path: text.isEmpty || Self.isPath(text) ? .text(text) : nil
        case .word(let words): words.contains(text) ? .text(text) : nil
        case .number(let range): Self.number(text, in: range).map { .number($0) }
        case .flag: Self.truth(text).map { .flag($0) }
        case .toggle: Self.truth(text).map { .toggle($0) }
        case .list: value(of: Self.items(text))
        case .properties: nil
        }
    }

    /// Reads a list of texts; nil when this isn't a kind of list or an item isn't right.
    func value(of items: [String]) -> SettingValue? {
        guard case .list(let min) = self, min <= items.count, items.count <= Self.itemsMax,
            items.allSatisfy(Self.isItem)
        else { return nil }
        return .list(items)
    }

    /// Items of a list at most.
    static let itemsMax = 256
    private static let textBytesMax = 4_096

    private static func items(_ text: String) -> [String] {
        guard text.contains(where: { $0 != " " }) else { return [] }
        return text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    }

    /// The text without the spaces around it.
    static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0 == " " }
        let end = start.lastIndex { $0 != " " }
        return String(end.map { start[...$0] } ?? "")
    }

    /// Decimal digits without sign, spaces, point or leading zeros.
    private static func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
        guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), text == "0" || text.first != "0",
            let number = Int(text), range.contains(number)
        else { return nil }
        return number
    }

    /// The words that YAML 1.1 has for truth: files pass through tools that swap them.
    private static func truth(_ text: String) -> Bool? {
        switch text {
        case "true", "on", "yes": true
        case "false", "off", "no": false
        default: nil
        }
    }

    private static func isName(_ text: String, max: Int) -> Bool {
        (1...max).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
                default: false
                }
            }
    }

    private static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && !text.hasSuffix("/") && isPrintable(text)
    }

    private static func isItem(_ text: String) -> Bool {
        !text.isEmpty && !text.contains(",") && isPrintable(text) && trimmed(text) == text
    }

    private static func areServers(_ text: String) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(isServer)
    }

    private static func isServer(_ text: Substring) -> Bool {
        guard isPrintable(String(text)), !text.contains(" ") else { return false }
        guard let colon = text.lastIndex(of: ":"), text.last != "]" else { return isHost(text) }
        let port = String(text[text.index(after: colon)...])
        return isHost(text[..<colon]) && number(port, in: 1...65_535) != nil
    }

    /// A lone number is a port whose host was forgotten, or a slip: no host is called that.
    private static func isHost(_ text: Substring) -> Bool {
        text.utf8.contains { !(0x30...0x39 ~= $0) }
    }

    /// Whether the text is of bearable length and without control characters.
    static func isPrintable(_ text: String) -> Bool {
        text.utf8.count <= textBytesMax && !text.isEmpty
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}

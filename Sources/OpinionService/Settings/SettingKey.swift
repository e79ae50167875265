/// One setting that can be made: what it is called, what it takes, what it means.
///
/// Everything that knows about settings is derived from the table of these: reading the file, the
/// environment and the flags, refusing what is unknown, `opiniond config`, the sample file and the
/// manual page. A setting added to the table is everywhere.
package struct SettingKey: Sendable {
    /// The dotted path, such as `kafka.bootstrapServers`.
    package let name: String
    package let kind: Kind
    package let standard: SettingValue
    /// Lines of text for the sample file and the manual page; no line longer than 90 characters.
    package let lines: [String]

    init(_ name: String, _ kind: Kind, _ standard: SettingValue, _ lines: String...) {
        self.name = name
        self.kind = kind
        self.standard = standard
        self.lines = lines
    }

    /// What a setting takes.
    package enum Kind: Hashable, Sendable {
        /// `host:port`, several with commas between.
        case servers
        /// Letters, digits, `.`, `_` and `-`, so many at most; or nothing, where that has a meaning.
        case name(max: Int, orEmpty: Bool)
        /// An absolute path, or nothing.
        case path
        case word([String])
        case number(ClosedRange<Int>)
        /// `true` or `false`.
        case flag
        /// `on` or `off`.
        case toggle
        /// Texts without commas, at least so many.
        case list(min: Int)
        /// librdkafka's properties by name.
        case properties
    }

    package var section: String { path[0] }
    /// The parts of the name.
    var path: [String] { name.split(separator: ".").map(String.init) }

    /// The name of the environment variable: `kafka.bootstrapServers` → `OPINIOND_KAFKA_BOOTSTRAP_SERVERS`.
    package var variable: String {
        var result = Self.variablePrefix
        for character in name {
            switch character {
            case ".": result += "_"
            case _ where character.isUppercase: result += "_\(character)"
            default: result += character.uppercased()
            }
        }
        return result
    }

    static let variablePrefix = "OPINIOND_"
}

extension SettingKey.Kind {
    /// What would be right, in words that follow "takes".
    package var wanted: String {
        switch self {
        case .servers: "host:port, several with commas between"
        case .name(let max, let orEmpty):
            "at most \(max) letters, digits, '.', '_' and '-'" + (orEmpty ? ", or nothing" : "")
        case .path: "an absolute path, or nothing"
        case .word(let words): words.joined(separator: " | ")
        case .number(let range): "a whole number \(range.lowerBound) to \(range.upperBound)"
        case .flag: "true | false"
        case .toggle: "on | off"
        case .list(let min):
            "a list of texts without commas" + (min > 0 ? ", at least \(min)" : ", may be empty")
        case .properties: "librdkafka's property names, each with a string, number or boolean"
        }
    }
}

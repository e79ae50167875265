/// What is wrong with one setting.
package struct SettingsProblem: Hashable, Sendable {
    /// Where a setting was made.
    package enum Origin: Hashable, Sendable {
        /// Line 0: the file as a whole.
        case file(String, line: Int)
        case environment(String)
        /// `--set`
        case flag
    }

    package var origin: Origin
    /// The dotted path; empty when the whole source is wrong.
    package var key: String
    /// As it may be shown: a secret is redacted.
    package var value: String?
    /// What is wrong, and what would be right.
    package var message: String
}

extension SettingsProblem: CustomStringConvertible {
    package var description: String {
        let given = [key, value.map { "\"\($0)\"" }].compactMap(\.self).filter { !$0.isEmpty }
        let what = given.isEmpty ? "" : given.joined(separator: " ") + ": "
        return LineText.escaped("\(origin): \(what)\(message)")
    }
}

extension SettingsProblem.Origin: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let path, line: 0): path
        case .file(let path, let line): "\(path):\(line)"
        case .environment(let name): name
        case .flag: "--set"
        }
    }
}

/// Everything that is wrong with the settings, found in one go.
package struct SettingsError: Error, Hashable, Sendable {
    /// At least one, in the order in which the sources are read.
    package var problems: [SettingsProblem]

    init(_ problems: [SettingsProblem]) {
        precondition(!problems.isEmpty, "an error without a problem")
        self.problems = problems
    }

    package var stop: Stop {
        Stop(.badSettings, problems.map(\.description).joined(separator: "; "))
    }
}

extension SettingsError: CustomStringConvertible {
    /// One line a problem.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

import Foundation

/// A command of a program, as the parser of its arguments tells it.
struct Command: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable { let kind, name: String }
        let names: [Name]?
        let defaultValue: String?

        /// As it is written.
        var option: String {
            (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
                .joined(separator: ", ")
        }
    }

    let commandName: String
    let arguments: [Argument]?
    let subcommands: [Command]?

    /// Options that all commands have.
    static let common: Set = ["-h, --help", "--version"]

    /// What a program says of itself.
    static func of(_ program: String) throws -> Command {
        struct Tool: Decodable { let command: Command }
        let told = try Program.run(Program.built(program), ["--experimental-dump-help"]).output
        return try JSONDecoder().decode(Tool.self, from: told).command
    }

    /// The commands that do something, by all their words, with the options that not all have.
    func leaves(below words: [String] = []) -> [String: [Argument]] {
        let path = words + [commandName]
        let below = (subcommands ?? []).filter { $0.commandName != "help" }
        guard below.isEmpty else {
            return below.reduce(into: [:]) { leaves, command in
                leaves.merge(command.leaves(below: path)) { first, _ in first }
            }
        }
        // What has no name is no option.
        let options = (arguments ?? []).filter { $0.names != nil }
        let own = options.filter { !Self.common.contains($0.option) }
        return [path.joined(separator: " "): own]
    }
}

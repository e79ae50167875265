import Foundation
import OpinionTesting
import Testing

/// The programs' own words on their commands, held against the manual pages.
@Suite("The manual pages have each command and option")
struct ManualTests {
    @Test(
        "the synopsis has every command with all its options",
        arguments: ["opiniond", "opinionctl"]
    )
    func synopsis(program: String) throws {
        var found: [String: [String]] = [:]
        for line in try ManualPage("\(program).8").section("SYNOPSIS").split(separator: "\n.br\n") {
            let words = line.prefix { $0 != "[" }.trimmingCharacters(in: .whitespaces)
            found[words] = line.matches(of: /--[a-z-]+/).map { String($0.0) }
        }
        #expect(found.removeValue(forKey: program) == ["--version", "--help"])
        let told = try Command.of(program).leaves().mapValues { $0.map(\.option) }
        #expect(found == told)
        #expect(told.values.allSatisfy { !$0.isEmpty })
    }

    @Test("each option is told with its default", arguments: ["opiniond", "opinionctl"])
    func options(program: String) throws {
        let page = try ManualPage("\(program).8")
        let shared = page.entries(in: "Options of all commands that take settings")
        for (command, arguments) in try Command.of(program).leaves() {
            #expect(!page.section(command).isEmpty, "\(command)")
            let entries = page.entries(in: command) + shared
            for argument in arguments {
                let entry = entries.first { $0.tag.prefix { $0 != " " } == argument.option }
                let told = try #require(entry, "\(command) \(argument.option)").text
                let standard = argument.defaultValue.map { "Default: \($0)." }
                #expect(told.hasSuffix(standard ?? "."), "\(command) \(argument.option)")
                #expect(told.contains("Default: ") == (standard != nil), "\(told)")
            }
        }
        #expect(Set(page.entries(in: "Options of all commands").map(\.tag)) == Command.common)
    }

    @Test("no option is told that no command has", arguments: ["opiniond", "opinionctl"])
    func invented(program: String) throws {
        let told = try Command.of(program).leaves().values.joined().map(\.option)
        let page = try ManualPage("\(program).8")
        let tags = page.entries(in: "COMMANDS").map(\.tag).filter { !Command.common.contains($0) }
        #expect(Set(tags.map { String($0.prefix { $0 != " " }) }) == Set(told))
    }
}

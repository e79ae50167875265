internal import ArgumentParser
internal import Foundation
package import OpinionService

/// Which settings a command works with: the same options, file and environment for every program.
package struct SettingsOptions: ParsableArguments {
    @Option(help: "Settings file (YAML).")
    var config: String?

    @Option(name: .customLong("set"), help: "One setting, over file and environment: key=value.")
    var overrides: [String] = []

    package init() {}

    /// Loads the settings, or says on standard error what is wrong with them.
    ///
    /// - Throws: The exit code, which ends the process when a command throws it on.
    package func load() throws -> Settings {
        do throws(SettingsError) {
            return try Settings.load(
                file: config,
                environment: ProcessInfo.processInfo.environment,
                overrides: overrides
            )
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ArgumentParser.ExitCode(error.stop.code.rawValue)
        }
    }
}

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

    /// Reads file and environment once more.
    package var reload: @Sendable () -> Result<Settings, SettingsError> {
        { [config, overrides] in
            do throws(SettingsError) {
                return .success(
                    try Settings.load(
                        file: config,
                        environment: ProcessInfo.processInfo.environment,
                        overrides: overrides
                    )
                )
            } catch {
                return .failure(error)
            }
        }
    }

    /// Loads the settings, or says on standard error what is wrong with them.
    ///
    /// - Throws: The exit code, which ends the process when a command throws it on.
    package func load() throws -> Settings {
        switch reload() {
        case .success(let settings): return settings
        case .failure(let error):
            Complaint.say("\(error)")
            throw ArgumentParser.ExitCode(error.stop.code.rawValue)
        }
    }
}

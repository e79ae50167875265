import Logging

/// What the processes of a run log, told line by line with the time of the run.
///
/// Silent unless somebody listens: a run that is told is the run that isn't.
struct Telling: LogHandler, @unchecked Sendable {
    // Safe to share: a run never leaves the thread that it began on.

    /// Takes a line.
    typealias Listener = (String) -> Void

    let name: String
    let clock: WorldClock
    let listener: Listener
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }
            .map { " \($0.key)=\($0.value)" }
        say("\(event.message)\(details.joined())")
    }

    func say(_ text: String) { listener("\(clock.uptime) \(name): \(text)") }
}

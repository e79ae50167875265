import Foundation
import Glibc

struct TimeUp: Error, CustomStringConvertible {
    let description: String
}

/// Waits for a condition, for so long at most.
///
/// - Throws: ``TimeUp`` saying what was waited for.
func wait(
    _ what: @autoclosure () -> String,
    seconds: Double = 30,
    until condition: () throws -> Bool
) throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while try !condition() {
        guard ContinuousClock.now < end else {
            throw TimeUp(description: "waited \(seconds) s for \(what())")
        }
        Thread.sleep(forTimeInterval: 0.01)
    }
}

/// Seconds that something took.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let begun = ContinuousClock.now
    try body()
    return begun.duration(to: .now) / .seconds(1)
}

/// Directories that are removed when the tests end.
enum Scratch {
    static func directory(_ name: String) -> URL {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "opiniond-tests-\(getpid())/\(name)-\(UUID().uuidString.prefix(8))")
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }
}

extension Process {
    /// Runs it with no signal blocked.
    ///
    /// Tests run on threads that block signals, a program inherits that, and SIGTERM would never
    /// reach it.
    func runWithSignals() throws {
        var none = sigset_t()
        var before = sigset_t()
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try run()
    }
}

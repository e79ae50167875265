import Foundation
import Glibc

struct TimeUp: Error, CustomStringConvertible {
    let description: String
}

/// Waits for a condition, as long as there is progress: a busy machine is slow, and only standing still is a fault.
///
/// - Parameters:
///   - what: What is waited for.
///   - seconds: How long nothing may move.
///   - progress: How far it is; where nothing can be counted, the time is for all of it.
///   - condition: Looked at many times a second.
/// - Throws: ``TimeUp`` saying what was waited for.
func wait(
    _ what: @autoclosure () -> String,
    seconds: Double = 30,
    progress: () -> Int = { 0 },
    until condition: () throws -> Bool
) throws {
    var far = progress()
    var end = ContinuousClock.now + .seconds(seconds)
    while try !condition() {
        let now = progress()
        if far < now { (far, end) = (now, ContinuousClock.now + .seconds(seconds)) }
        guard ContinuousClock.now < end else {
            throw TimeUp(description: "waited \(seconds) s without progress for \(what())")
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

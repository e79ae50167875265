import Foundation
import OpinionFuzzing
import Testing

/// A record that ends the process each time it is answered.
@Suite("Poison", .serialized)
struct CrashTests {
    /// The same for this process and for those that it starts.
    private static func directory(_ process: Int32) -> URL {
        FileManager.default.temporaryDirectory.appending(path: "opiniond-crash-\(process)")
    }

    @Test("a record that ended the process three times is dead-lettered, and the rest is answered")
    func thrice() async throws {
        let directory = Self.directory(ProcessInfo.processInfo.processIdentifier)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for _ in 0..<3 {
            await #expect(processExitsWith: .failure) {
                _ = CrashRun(directory: CrashTests.directory(getppid()).path())
            }
        }
        let run = CrashRun(directory: directory.path())
        #expect(run.letters == [CrashRun.poison: "processor-crash"])
        // The last is what its sender is told.
        #expect(run.assignments == CrashRun.records - 1 + 1)
    }

    @Test("without a directory nothing is remembered")
    func unkept() async {
        for _ in 0..<4 {
            await #expect(processExitsWith: .failure) { _ = CrashRun(directory: nil) }
        }
    }
}

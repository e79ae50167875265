internal import Foundation
internal import Synchronization

/// Writes lines to standard output from a thread of its own, so that a blocked pipe (a journal that
/// is stopped, say) never blocks the loop.
///
/// When ``linesMax`` lines wait, further ones are dropped and counted; the count is told in health.
package final class LineSink: @unchecked Sendable {
    // Safe to share: `lines` and `isClosed` are only touched while `condition` is held.

    package static let linesMax = 4_096

    private let condition = NSCondition()
    private var lines: [String] = []
    private var isClosed = false
    private let dropped = Atomic<Int>(0)
    private let finished = DispatchSemaphore(value: 0)
    private let write: @Sendable (String) -> Void

    /// - Parameter write: Takes some whole lines; by default they go to standard output.
    package init(write: @escaping @Sendable (String) -> Void = LineSink.toStandardOutput) {
        self.write = write
        let thread = Thread { [self] in
            ThreadName.lines.take()
            run()
            finished.signal()
        }
        thread.start()
    }

    /// Lines dropped so far.
    package var dropCount: Int { dropped.load(ordering: .relaxed) }

    package func append(_ line: String) {
        condition.lock()
        defer { condition.unlock() }
        guard lines.count < Self.linesMax else {
            dropped.add(1, ordering: .relaxed)
            return
        }
        lines.append(line)
        condition.signal()
    }

    /// Writes what is there, but waits for a blocked output at most that long.
    package func close(waitSeconds: Double) {
        condition.lock()
        isClosed = true
        condition.signal()
        condition.unlock()
        _ = finished.wait(timeout: .now() + waitSeconds)
    }

    private func run() {
        while let batch = take() { write(batch.joined(separator: "\n") + "\n") }
    }

    private func take() -> [String]? {
        condition.lock()
        defer { condition.unlock() }
        while lines.isEmpty, !isClosed { condition.wait() }
        defer { lines.removeAll(keepingCapacity: true) }
        return lines.isEmpty ? nil : lines
    }

    /// A reader that went away is nothing to stop for.
    package static let toStandardOutput: @Sendable (String) -> Void = { text in
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            return
        }
    }
}

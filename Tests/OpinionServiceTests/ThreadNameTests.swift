import Foundation
import OpinionService
import Synchronization
import Testing

@Suite("Threads' names, as the kernel knows them")
struct ThreadNameTests {
    /// The names of all threads of this process.
    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").compactMap {
            // A thread may end while we read.
            try? name(ofTask: "/proc/self/task/\($0)")
        }
    }

    private func name(ofTask directory: String) throws -> String {
        let text = try String(contentsOfFile: directory + "/comm", encoding: .utf8)
        return String(text.dropLast())
    }

    /// Looks at all names while a thread of that name lives.
    private func namesBeside(_ thread: ThreadName) throws -> [String] {
        let named = DispatchSemaphore(value: 0)
        let seen = DispatchSemaphore(value: 0)
        Thread {
            thread.take()
            named.signal()
            seen.wait()
        }.start()
        defer { seen.signal() }
        named.wait()
        return try names()
    }

    @Test(
        "a thread that takes a name is seen under it",
        arguments: [
            (ThreadName.loop, "loop"), (.brokerQueries, "queries"), (.watchdog, "watchdog"),
            (.lines, "lines"), (.topicMonitor, "monitor"), (.standby, "standby"),
            (.shard(0), "shard-0"),
            (.shard(12), "shard-12"),
            (.shard(.max), "shard-214748364"),
        ]
    )
    func taken(thread: ThreadName, name: String) throws {
        #expect(try namesBeside(thread).contains(name))
    }

    @Test("the process keeps its name")
    func process() throws {
        let before = try name(ofTask: "/proc/self")
        let beside = try namesBeside(.loop)
        #expect(beside.contains("loop"))
        #expect(try name(ofTask: "/proc/self") == before)
        #expect(before != "loop")
    }

    @Test("lines are written by the thread that is called so")
    func lines() {
        let writer = Mutex("nobody")
        let sink = LineSink { _ in
            let text = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
            writer.withLock { $0 = text ?? "unknown" }
        }
        sink.append("a line")
        sink.close(waitSeconds: 60)
        #expect(writer.withLock { $0 } == "lines\n")
    }
}

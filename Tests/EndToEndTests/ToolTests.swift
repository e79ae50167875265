import Foundation
import OpinionWire
import Testing

@Suite("The programs as processes")
struct ToolTests {
    /// Generates a few requests into a directory.
    private func generate(into directory: String, _ arguments: String...) throws -> Int32 {
        let few = ["--config", "/dev/null", "--requests", "50", "--specialists", "5"]
        let program = try Program.built("opinionctl")
        return try Program.run(program, ["generate", "--out", directory] + few + arguments).code
    }

    private func files(_ directory: URL) throws -> [Data] {
        try ["roster", "requests"].map {
            try Data(contentsOf: directory.appending(path: "\($0).jsonl"))
        }
    }

    @Test("the same seed and epoch give the same files, another seed others")
    func seeds() throws {
        let epoch = ["--epoch", "2027-03-01T08:00:00Z"]
        let written = try ["7", "7", "8"].map { seed in
            let directory = Scratch.directory("generate")
            #expect(try generate(into: directory.path, "--seed", seed, epoch[0], epoch[1]) == 0)
            return try files(directory)
        }
        #expect(written[0] == written[1])
        #expect(written[0] != written[2])
        #expect(written[0].map { $0.count { $0 == 0x0a } } == [5, 50])
    }

    @Test("with panels the other requests stay the same, and a share of them are panels")
    func panels() throws {
        let epoch = ["--epoch", "2027-03-01T08:00:00Z"]
        let written = try ["0", "0.4"].map { share in
            let directory = Scratch.directory("generate")
            #expect(try generate(into: directory.path, "--panels", share, epoch[0], epoch[1]) == 0)
            return try String(decoding: files(directory)[1], as: UTF8.self).split(separator: "\n")
        }
        let panels = written[1].count { $0.contains(#""kind":"panel""#) }
        #expect((10...30).contains(panels))
        #expect(zip(written[0], written[1]).count { $0 == $1 } == 50 - panels)
    }

    @Test(
        "what can't be done is wrong usage, never a crash",
        arguments: [
            ["--capacity-scale", "nan"], ["--panels", "2"], ["--capacity-scale", "inf"],
            ["--capacity-scale", "1e300"],
            ["--capacity-scale", "0"], ["--capacity-scale=-1"], ["--duplicates", "nan"],
            ["--duplicates", "1.5"], ["--duplicates=-1"], ["--rate", "nan"], ["--rate", "0"],
            ["--networks", "5"], ["--requests", "0"], ["--specialists", "0"], ["--epoch", "soon"],
            ["--seed=-1"], ["--epoch", "0000-01-01T00:00:00Z"],
        ]
    )
    func wrongUsage(arguments: [String]) throws {
        let directory = Scratch.directory("generate").path
        let all = ["generate", "--out", directory] + arguments
        #expect(try Program.run(Program.built("opinionctl"), all).code == 64)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == [])
    }

    @Test("invented requests go to new topics; where something was published, only with --yes")
    func published() throws {
        let ground = try Ground(Broker.shared.get())
        func generate(_ more: String...) throws -> Int32 {
            let few = [
                "generate", "--config", "/dev/null", "--requests", "5", "--specialists", "2",
            ]
            let program = try Program.built("opinionctl")
            return try Program.run(program, few + more, environment: ground.environment()).code
        }
        let counts = { try ground.all(Topic.requests).count }
        #expect(try generate("--duplicates", "0") == 0)
        #expect(try counts() == 5)
        #expect(try generate("--duplicates", "0") == 64)
        #expect(try counts() == 5)
        #expect(try generate("--duplicates", "0", "--yes") == 0)
        #expect(try counts() == 10)
    }

    @Test("topics that are missing are told before anything is published, and soon")
    func nowhere() throws {
        let ground = try Ground(Broker.shared.get(), without: [Topic.requests])
        let program = try Program.built("opinionctl")
        let command = ["generate", "--config", "/dev/null"]
        let took = try seconds {
            let end = try Program.run(program, command, environment: ground.environment())
            #expect(end.code == 78)
        }
        #expect(took < 10)
        #expect(try ground.all(Topic.specialists).isEmpty)
    }

    @Test("a directory that can't be made is wrong usage too")
    func unwritable() throws {
        #expect(try generate(into: "/dev/null/there") == 64)
    }

    @Test("standard files that are closed become none of the daemon's own")
    func closed() throws {
        let script = """
            "$0" run --config /dev/null --set kafka.bootstrapServers=127.0.0.1:1 <&- >&- 2>&- &
            until [ "$(readlink /proc/$!/fd/2)" ]; do :; done
            for file in 0 1 2; do readlink /proc/$!/fd/$file; done
            kill -9 $!
            """
        let output = try Program.run("/bin/sh", ["-c", script, Program.daemon()]).output
        #expect(String(decoding: output, as: UTF8.self) == "/dev/null\n/dev/null\n/dev/null\n")
    }

    @Test("the number of replicas can be left to the brokers")
    func replication() throws {
        // 78: the arguments were read, and then the settings.
        let arguments = ["topics", "create", "--replication", "-1", "--set", "nonsense"]
        #expect(try Program.run(Program.built("opinionctl"), arguments).code == 78)
    }
}

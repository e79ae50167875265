import Foundation
import OpinionFlow
import OpinionMatching

/// How well requests are matched on recorded streams, by the shard's own code in virtual time.
///
/// For each stream and policy: the share of requests served the moment they come, the mean wait, and
/// how evenly specialists are used (Jain's index; 1: all alike).
struct QualityBench {
    let directory: String

    func run() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        var sums: [String: [Quality]] = [:]
        for name in names where name.hasSuffix(".txt") {
            let stream = try QualityStream(path: directory + "/" + name)
            for (policy, keepsScarce) in [("keep scarce", true), ("least utilised", false)] {
                let quality = QualityRun(stream, keepsScarce: keepsScarce).quality
                sums["\(stream.load) \(policy)", default: []].append(quality)
                print("  \(name) \(policy): \(quality)")
            }
        }
        for (name, all) in sums.sorted(by: { $0.key < $1.key }) {
            print("\(name), mean of \(all.count): \(Quality.mean(all))")
        }
    }
}

/// What came of one run.
struct Quality: CustomStringConvertible {
    var immediate = 0.0
    var waitMinutes = 0.0
    var longestHours = 0.0
    var jain = 0.0

    var description: String {
        String(
            format: "%.2f %% at once, mean wait %.2f min, longest %.2f h, Jain %.3f",
            immediate * 100,
            waitMinutes,
            longestHours,
            jain
        )
    }

    static func mean(_ all: [Quality]) -> Quality {
        func mean(_ path: KeyPath<Quality, Double>) -> Double {
            all.reduce(0) { $0 + $1[keyPath: path] } / Double(all.count)
        }
        return Quality(
            immediate: mean(\.immediate),
            waitMinutes: mean(\.waitMinutes),
            longestHours: all.map(\.longestHours).max() ?? 0,
            jain: mean(\.jain)
        )
    }
}

/// A recorded stream: who there is, and who asks for what when.
struct QualityStream {
    struct Arrival {
        var at: Moment
        var family: CancerFamily
        var language: String
        var institution: String
        var priority: Priority
        var service: Int64
    }

    var load = ""
    var measured = Moment.distantPast..<Moment.distantFuture
    var end = Moment.distantPast
    var specialists: [Specialist] = []
    var arrivals: [Arrival] = []

    init(path: String) throws {
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            switch words[0] {
            case "load": readHead(words)
            case "s": readSpecialist(words)
            case "r": readArrival(words)
            default: throw CocoaError(.fileReadCorruptFile)
            }
        }
    }

    private mutating func readHead(_ words: [String]) {
        load = words[1]
        measured = Self.moment(words[3])..<Self.moment(words[4])
        end = Self.moment(words[6])
    }

    private mutating func readSpecialist(_ words: [String]) {
        var specialist = Specialist(
            id: Specialist.ID("sp-\(specialists.count)"),
            network: "net",
            disciplines: ["medical-oncology"],
            expertise: words[1].split(separator: ",").map {
                Specialist.Expertise(family: Self.family(String($0)), level: 3)
            },
            capacity: Specialist.Capacity(units: Int(words[4]) ?? 0)
        )
        specialist.languages = words[2].split(separator: ",").map(String.init)
        specialist.organisation = "inst-\(words[3])"
        specialists.append(specialist)
    }

    private mutating func readArrival(_ words: [String]) {
        let urgencies = [Priority.stat, .urgent, .routine]
        arrivals.append(
            Arrival(
                at: Self.moment(words[1]),
                family: Self.family(words[2]),
                language: words[3],
                institution: "inst-\(words[4])",
                priority: urgencies[Int(words[5]) ?? 0],
                service: Int64((Double(words[6]) ?? 0) * 3_600_000)
            )
        )
    }

    private static func family(_ number: String) -> CancerFamily {
        CancerFamily.allCases[Int(number) ?? 0]
    }

    /// Hours from a fixed beginning.
    private static func moment(_ hours: String) -> Moment {
        Moment(milliseconds: 1_767_225_600_000 + Int64((Double(hours) ?? 0) * 3_600_000))
    }
}

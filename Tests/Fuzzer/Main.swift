import Foundation
import OpinionFuzzing
import OpinionWire

/// Hands spoiled records to the service, thousands a round, and tells which rounds show an offence.
///
///     swift run -c release Fuzzer ROUNDS [FIRST]     many rounds of 2,000 records
///     swift run -c release Fuzzer --tell ROUND       one round, each record before it is handed in
///     swift run -c release Fuzzer --backlog RECORDS  good records all there at once, and slow brokers
///
/// Ends with 1 when a round showed an offence. A round that crashes or hangs is one of those behind the
/// last line printed: tell them one by one.
@main
struct Fuzzer {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.compactMap { UInt64($0) }
        if arguments.first == "--tell" { tell(numbers.first ?? 1) }
        if arguments.first == "--backlog" {
            Backlog(records: Int(numbers.first ?? 1_000_000)).run()
        }
        run(from: numbers.dropFirst().first ?? 1, count: numbers.first ?? 500)
    }

    private static func run(from first: UInt64, count: UInt64) -> Never {
        var sum = FuzzSum()
        for number in first..<(first + count) {
            let round = FuzzRound(number)
            sum.add(round)
            if !round.offences.isEmpty { report(round) }
            if sum.rounds % 100 == 0 { print("… round \(number): \(sum.text)") }
        }
        print(sum.text)
        exit(sum.offending == 0 ? 0 : 1)
    }

    private static func tell(_ number: UInt64) -> Never {
        let round = FuzzRound(number) { record in
            let value = String(decoding: record.value ?? [], as: UTF8.self).debugDescription
            print("\(record.topic)/\(record.partition)/\(record.offset) \(value)")
        }
        report(round)
        exit(round.offences.isEmpty ? 0 : 1)
    }

    private static func report(_ round: FuzzRound) {
        let offences = round.offences.prefix(5).joined(separator: "; ")
        print("round \(round.number): \(offences.isEmpty ? "no offence" : offences)")
    }
}

import OpinionMatching
import OpinionTesting
import Testing

@Suite("Waiting queue")
struct WaitingQueueTests {
    private static let hour: Int64 = 3_600_000
    private static let families: [CancerFamily] = [.breast, .lung, .cns]

    /// The queue as it should be: a list that is sorted when asked.
    private struct Model {
        var entries: [(ticket: WaitingQueue.Ticket, family: CancerFamily)] = []

        func first(
            of families: [CancerFamily],
            where accept: (WaitingQueue.Ticket) -> Bool
        ) -> WaitingQueue.Ticket? {
            entries.filter { families.contains($0.family) && accept($0.ticket) }
                .map(\.ticket).min()
        }
    }

    private func ticket(_ chance: inout Chance, request: Int) -> WaitingQueue.Ticket {
        WaitingQueue.Ticket(
            since: Moment(milliseconds: Int64(chance.below(200)) * Self.hour / 4),
            delay: Int64(chance.below(4)) * 24 * Self.hour,
            due: Moment(milliseconds: Int64(chance.below(5))),
            tie: UInt64(chance.below(3)),
            request: Int32(request),
            seat: Int32(chance.below(2))
        )
    }

    @Test("it behaves like a sorted list", arguments: 1...40 as ClosedRange<UInt64>)
    func model(seed: UInt64) {
        var chance = Chance(seed: seed)
        var queue = WaitingQueue()
        var model = Model()
        for step in 0..<300 {
            if chance.percent(60) || model.entries.isEmpty {
                let entry = (ticket(&chance, request: step), chance.pick(Self.families))
                queue.insert(entry.0, for: entry.1, .unit)
                model.entries.append(entry)
            } else {
                let entry = model.entries.remove(at: chance.below(model.entries.count))
                queue.remove(entry.ticket, for: entry.family, .unit)
            }
            let (families, odd) = (chance.some(Self.families, 60), chance.percent(50))
            let accept = { (ticket: WaitingQueue.Ticket) in !odd || ticket.request % 3 == 1 }
            #expect(
                queue.line(of: FamilySet(families), .unit).first(where: accept)
                    == model.first(of: families, where: accept),
                "seed \(seed), step \(step)"
            )
            #expect(queue.count == model.entries.count)
            #expect(queue.isEmpty == model.entries.isEmpty)
        }
        #expect(queue.tickets == model.entries.map(\.ticket).sorted())
    }

    private func lung(
        _ queue: WaitingQueue,
        _ awaited: WaitingQueue.Awaited
    ) -> [WaitingQueue.Ticket] {
        Array(queue.line(of: FamilySet([.lung]), awaited))
    }

    enum Order: String, CaseIterable, Sendable { case rising, falling, random }

    @Test("runs that split and empty keep the order", arguments: Order.allCases)
    func runs(order: Order) {
        var chance = Chance(seed: 5)
        let sorted = (0..<2_500).map { ticket(&chance, request: $0) }.sorted()
        let arriving =
            switch order {
            case .rising: sorted
            case .falling: Array(sorted.reversed())
            case .random: chance.shuffle(sorted)
            }
        var queue = WaitingQueue()
        for ticket in arriving { queue.insert(ticket, for: .lung, .unit) }
        #expect(queue.tickets == sorted)
        #expect(queue.count == sorted.count)

        let leaving = Set(chance.some(sorted, 70))
        for ticket in chance.shuffle(Array(leaving).sorted()) {
            queue.remove(ticket, for: .lung, .unit)
        }
        let staying = sorted.filter { !leaving.contains($0) }
        #expect(queue.tickets == staying)
        #expect(lung(queue, .unit).first == staying.first)
        #expect(lung(queue, .unit).last == staying.last)

        for ticket in staying { queue.remove(ticket, for: .lung, .unit) }
        #expect(queue.isEmpty)
    }

    @Test("a freed unit isn't offered to those whom only the roster can help")
    func hopes() {
        var chance = Chance(seed: 4)
        let (first, second) = (ticket(&chance, request: 1), ticket(&chance, request: 2))
        var queue = WaitingQueue()
        queue.insert(first, for: .lung, .roster)
        #expect(queue.wantsNoUnit && !queue.isEmpty)
        queue.insert(second, for: .lung, .unit)
        #expect(lung(queue, .unit).first == second)
        #expect(lung(queue, .roster).first == min(first, second))
        #expect(queue.tickets == [first, second].sorted())
    }

    @Test("taking out what isn't there changes nothing")
    func absent() {
        var chance = Chance(seed: 3)
        let (inside, outside) = (ticket(&chance, request: 1), ticket(&chance, request: 2))
        var queue = WaitingQueue()
        queue.remove(outside, for: .lung, .unit)
        queue.insert(inside, for: .lung, .unit)
        queue.remove(outside, for: .lung, .unit)
        queue.remove(inside, for: .breast, .unit)
        #expect(queue.tickets == [inside])
    }

    @Test("nobody is overtaken by one who came an hour and the difference of head starts later")
    func bound() {
        var chance = Chance(seed: 11)
        for _ in 0..<20_000 {
            let begin = 1_000_000_000 + Int64(chance.below(1_000_000_000))
            let (own, other) = (Int64(chance.below(4)), Int64(chance.below(4)))
            let bound = (own - other) * 24 * Self.hour + Self.hour
            let early = WaitingQueue.Ticket(
                since: Moment(milliseconds: begin),
                delay: own * 24 * Self.hour,
                due: .distantFuture,
                tie: .max,
                request: 1,
                seat: 0
            )
            let late = WaitingQueue.Ticket(
                since: Moment(milliseconds: begin + bound + Int64(chance.below(5_000_000))),
                delay: other * 24 * Self.hour,
                due: .distantPast,
                tie: 0,
                request: 0,
                seat: 0
            )
            #expect(early < late)
        }
    }
}

import OpinionService
import OpinionWire
import Testing

@Suite("What health says of waits and troubles")
struct WaitTrackerTests {
    @Test("a wait has a reason once it is longer than 15 s, and another wait begins anew")
    func patience() {
        var patience = WaitTracker()
        let looks: [(Wait, Double)] = [
            (.group, 0), (.group, 15), (.group, 15.5), (.state, 16), (.state, 32),
        ]
        let areLong = looks.map { patience.isLong($0, at: $1) }
        #expect(areLong == [false, false, true, false, true])
        patience.end()
        let isLong = patience.isLong(.state, at: 33)
        #expect(!isLong)
    }

    @Test("a trouble of several shards is over when it is over for all, or they are gone")
    func troubles() {
        var book = TroubleList()
        let notes: [(Int, Double)] = [(1, 0), (2, 0), (2, 29), (2, 30)]
        let areTold = notes.map { book.note(.commits, of: $0, at: $1) }
        #expect(areTold == [true, true, false, true])
        #expect(book.troubles(of: 1) == [.commits])
        let isOver = book.clear(.commits, of: 1)
        #expect(!isOver)
        #expect(book.reasons == ["commits-failing"])
        let isOverForAll = book.clear(.commits, of: 2)
        #expect(isOverForAll)
        #expect(book.isEmpty)
    }

    @Test("an open transaction is told after a while, and only if all before it was read")
    func openTransactions() {
        let place = TopicPartition("in", 0)
        var watch = OpenTransactions()
        watch.note(place, InputEnd(stable: 5, high: 9), readTo: 4, at: 0)
        #expect(watch.held(at: 100).isEmpty)
        watch.note(place, InputEnd(stable: 5, high: 9), readTo: 5, at: 100)
        #expect(watch.held(at: 105).isEmpty)
        watch.note(place, InputEnd(stable: 5, high: 12), readTo: 5, at: 106)
        #expect(watch.held(at: 106).map(\.seconds) == [6])
        // Another one has taken its place.
        watch.note(place, InputEnd(stable: 7, high: 12), readTo: 7, at: 107)
        #expect(watch.held(at: 108).isEmpty)
        watch.note(place, InputEnd(12), readTo: 12, at: 109)
        #expect(watch.held(at: 200).isEmpty)
    }

    @Test("an end that was begun is over in time, whatever hangs")
    func end() {
        let watches = HangWatchdog.Watches()
        #expect(!watches.isEndOverdue(at: HangWatchdog.now + 1_000))
        watches.end(as: .badSettings, within: 12)
        #expect(!watches.isEndOverdue(at: HangWatchdog.now + 11))
        #expect(watches.isEndOverdue(at: HangWatchdog.now + 13))
        #expect(watches.exitCode == .badSettings)
    }
}

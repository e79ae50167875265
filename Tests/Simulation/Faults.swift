import OpinionTesting

/// How often what goes wrong, in a hundred.
struct Faults {
    /// A poll comes back empty though there is more.
    var pauses = 0
    var regressions = 0
    var takeovers = 0
    var aborts = 0
    /// The end of a transaction isn't answered.
    var unknowns = 0
    /// EndTxn is sent twice.
    var repetitions = 0
    /// The client has no place in its group for a moment, and takes no commit.
    var absences = 0
    var slowness = 0
    /// Each half second, that something happens to a process.
    var misfortunes = 0
    /// A record comes in somebody's transaction that stays open for a while.
    var openTransactions = 0
    /// Each two seconds, that somebody sets a clock.
    var steps = 0

    static let none = Faults()

    private init() {}

    init(_ chance: inout Chance) {
        pauses = chance.pick([2, 10, 40])
        regressions = chance.pick([0, 30])
        takeovers = chance.pick([0, 20])
        aborts = chance.pick([0, 3, 15])
        unknowns = chance.pick([0, 3, 10])
        repetitions = chance.pick([0, 3, 10])
        absences = chance.pick([0, 0, 5])
        slowness = chance.pick([0, 1, 10])
        misfortunes = chance.pick([0, 2, 10])
        steps = chance.pick([0, 0, 5, 30])
        openTransactions = chance.pick([0, 0, 3, 15])
    }
}

package import OpinionMatching

/// The requests of the networks that share one partition, and everything that can happen to them.
///
/// A shard is a value with one door: an event in, an ``Outcome`` back, what follows for the world in
/// ``Outbox``. It reads no clock and keeps no counter that could drift from the open seats.
///
/// *Invariant:* decisions never go back in time; ``decidedAt`` only grows.
package struct Shard: Sendable {
    package let number: Int
    package var policy: Policy {
        didSet { for number in pools.indices { pools[number].forgetUnwanted() } }
    }
    /// The time of the latest decision.
    package private(set) var decidedAt = Moment.distantPast
    /// The moment as of which the timers have gone off.
    ///
    /// Events may move ``decidedAt`` past one that is due; it stays due until ``tick(at:into:)``.
    var tickedAt = Moment.distantPast

    var pools: [Pool] = []
    var poolNumbers: [String: Int] = [:]
    var requests: [Request] = []
    private var handles = HandleTable()
    private var vacant: [Int32] = []
    var vacantPools: [Int] = []
    private var marks = HandleTable()
    var names = NamePool()
    var retention = RetentionLine()
    /// When time does something about a request.
    var timers = Timetable()
    /// Requests that the event being applied has changed: their timers are set after it.
    private var staleTimers: [Int32] = []
    private var isStepping = false
    var touched = Touched()
    var changedNetworks: Set<String> = []
    /// Requests that no longer have to wait for records, by another policy.
    var released: [RequestKey] = []
    /// Panels that another policy may let report, or have judged.
    var reviewable: [RequestKey] = []
    /// Whether the outbox was full before all who wait had been looked at: ``reassess(into:)`` comes next.
    package internal(set) var isUnfinished = false
    /// Sum of the hashes of all records written: tells whether a restore read what was written.
    package internal(set) var digest: UInt64 = 0

    package init(number: Int, policy: Policy) {
        self.number = number
        self.policy = policy
    }

    // MARK: The door

    /// Takes one event in.
    ///
    /// - Complexity: one decision of the roster for a request that opens; for one that ends, one
    ///   question to each seat that waits before the one that is served.
    package mutating func step(
        _ event: Event,
        at now: Moment,
        into outbox: inout Outbox
    ) -> Outcome {
        advance(to: now)
        isStepping = true
        let outcome = apply(event, at: now, into: &outbox)
        isStepping = false
        setStaleTimers()
        return outcome
    }

    private mutating func apply(
        _ event: Event,
        at now: Moment,
        into outbox: inout Outbox
    ) -> Outcome {
        if policy.refusesStale, event.time < now.advanced(by: -policy.retention) {
            return .refused(Refusal(.stale, at: "/time"))
        }
        if let known = recall(event) { return known }
        let handle = handle(of: event.key)
        let standing = handle.map { requests[Int($0)].phase.standing } ?? .unknown
        let course = course(of: event.message.kind, in: standing)
        if course == .open, let objection = event.objection { return .refused(objection) }
        return follow(course, event, handle, into: &outbox)
    }

    /// Whether the event was applied before; nil when it is new.
    private func recall(_ event: Event) -> Outcome? {
        let identity = event.mark.identity
        let known = marks.first(identity.tableHash) {
            requests[Int($0)].markList.contains { $0.identity == identity }
        }
        guard let known else { return nil }
        let isSame = requests[Int(known)].markList.contains { $0 == event.mark }
        return isSame ? .duplicate : .refused(Refusal(.conflict, at: "/id"))
    }

    private mutating func follow(
        _ course: Course,
        _ event: Event,
        _ handle: Int32?,
        into outbox: inout Outbox
    ) -> Outcome {
        switch (course, handle) {
        case (.open, _): return open(event, into: &outbox)
        case (.foreclose, _): return foreclose(event, into: &outbox)
        case (.compare, let handle?): return compare(event, handle)
        case (.amend, let handle?): return amend(event, handle, into: &outbox)
        case (.close, let handle?): return close(event, handle, into: &outbox)
        case (.stayWithdrawn, let handle?): return stayWithdrawn(event, handle)
        case (.note, let handle?):
            note(event.mark, handle)
            return .superseded
        case (.respond, let handle?): return respond(event, handle, into: &outbox)
        case (.direct, let handle?): return direct(event, handle, into: &outbox)
        case (.refuse, let handle): return refuse(event, handle)
        case (_, nil): preconditionFailure("\(course) of an unknown request")
        }
    }

    /// Moves on to a later time.
    ///
    /// A new UTC day begins with nobody having been given anything, a new week likewise.
    package mutating func advance(to now: Moment) {
        guard decidedAt < now else { return }
        let (before, today) = (decidedAt.day, now.day)
        decidedAt = now
        guard before < today else { return }
        let isNewWeek = before.week < today.week
        for number in pools.indices {
            pools[number].beginDay(isNewWeek: isNewWeek)
            // Not by now: whoever waits for the end of one is told of it by the tick.
            pools[number].endPauses(by: tickedAt)
        }
    }

    // MARK: Slots of requests

    /// The number of a request; nil when it isn't remembered.
    func handle(of key: RequestKey) -> Int32? {
        handles.first(key.tableHash) { requests[Int($0)].key == key }
    }

    mutating func admit(_ request: consuming Request) -> Int32 {
        let key = request.key
        let pool = pool(of: key.network)
        pools[pool].requestCount += 1
        let handle = vacant.popLast() ?? Int32(requests.count)
        if Int(handle) == requests.count { requests.append(.vacant) }
        requests[Int(handle)] = request
        requests[Int(handle)].pool = pool
        handles.insert(handle, for: key.tableHash)
        recall(handle)
        return handle
    }

    /// Knows the events of a request again.
    mutating func recall(_ handle: Int32) {
        let known = requests[Int(handle)].markList
        known.forEach { marks.insert(handle, for: $0.identity.tableHash) }
    }

    /// Knows no event any more, until those of each request are recalled.
    mutating func forgetEvents() { marks.removeAll() }

    mutating func forget(_ handle: Int32) {
        let request = requests[Int(handle)]
        request.forEachMark { marks.remove(handle, for: $0.identity.tableHash) }
        handles.remove(handle, for: request.key.tableHash)
        requests[Int(handle)] = .vacant
        vacant.append(handle)
        touched.forget(request, handle)
        pools[request.pool].requestCount -= 1
        forgetIfIdle(request.pool, request.key.network)
    }

    /// Counts what a request asks for, for as long as it is remembered.
    mutating func want(_ handle: Int32) {
        guard let demand = requests[Int(handle)].phase.demand else { return }
        withPool(of: handle) { pool, _ in pool.roster.want(demand) }
    }

    mutating func wantNoMore(_ handle: Int32) {
        guard let demand = requests[Int(handle)].phase.demand else { return }
        withPool(of: handle) { pool, _ in pool.roster.wantNoMore(demand) }
    }

    /// Remembers an event as applied; its request's record is to be written.
    mutating func note(_ mark: Mark, _ handle: Int32) {
        let oldest = change(handle) { request -> Mark? in
            let oldest = request.marks.count == Request.marksMax ? request.marks.removeFirst() : nil
            request.marks.append(mark)
            return oldest
        }
        if let oldest { marks.remove(handle, for: oldest.identity.tableHash) }
        marks.insert(handle, for: mark.identity.tableHash)
    }

    /// Changes a request in place and marks its record as to be written.
    mutating func change<Result>(_ handle: Int32, _ body: (inout Request) -> Result) -> Result {
        touched.insert(handle)
        defer {
            if !isStepping {
                setTimer(handle)
            } else if staleTimers.last != handle {
                staleTimers.append(handle)
            }
        }
        return body(&requests[Int(handle)])
    }

    /// Nobody asks for timers in the middle of a step, in which a request changes several times.
    private mutating func setStaleTimers() {
        for handle in staleTimers { setTimer(handle) }
        staleTimers.removeAll(keepingCapacity: true)
    }

    /// The number of a network's pool; a network that is new gets an empty one.
    mutating func pool(of network: String) -> Int {
        if let number = poolNumbers[network] { return number }
        let number = vacantPools.popLast() ?? pools.count
        if number == pools.count { pools.append(Pool(at: decidedAt)) }
        poolNumbers[network] = number
        return number
    }
}

internal import OpinionMatching

/// The number that a shard gives a request while it remembers it; used again afterwards.
typealias RequestHandle = Int32

/// The requests that a shard remembers, found by key and by the events that changed them.
///
/// *Invariant:* a request's fingerprints are in the index of events, and no others.
struct RequestTable: Sendable {
    private var requests = BlockList<Request>()
    private var vacant: [RequestHandle] = []
    private var byKey = HandleTable()
    private var byEvent = HandleTable()

    /// All handles that were ever given; those of forgotten requests are ``Request/isVacant``.
    var handles: Range<RequestHandle> { 0..<RequestHandle(requests.count) }

    subscript(handle: RequestHandle) -> Request {
        @inline(__always)
        _read { yield requests[Int(handle)] }
        @inline(__always)
        _modify { yield &requests[Int(handle)] }
    }

    /// The content of a request that is open; nil when it is closed.
    ///
    /// - Complexity: O(1); a reference is copied, not the content.
    @inline(__always)
    func open(_ handle: RequestHandle) -> OpenRequest? {
        guard case .open(let open) = requests[Int(handle)].phase else { return nil }
        return open
    }

    // MARK: Finding

    /// The handle of a request; nil when the shard doesn't remember it.
    ///
    /// - Complexity: O(1) on average.
    func handle(of key: RequestKey) -> RequestHandle? {
        byKey.first(key.tableHash) { requests[Int($0)].key == key }
    }

    /// The request that an event was applied to; nil when no remembered request has seen it.
    ///
    /// - Complexity: O(1) on average, and a comparison for each event of that request.
    func handle(of event: EventIdentity) -> RequestHandle? {
        byEvent.first(event.tableHash) {
            requests[Int($0)].fingerprintList.contains { $0.identity == event }
        }
    }

    // MARK: Changing

    /// Adds a request that the table doesn't hold, and indexes its events.
    mutating func insert(_ request: consuming Request) -> RequestHandle {
        let hash = request.key.tableHash
        let handle = vacant.popLast() ?? RequestHandle(requests.count)
        if Int(handle) == requests.count { requests.append(.vacant) }
        requests[Int(handle)] = request
        byKey.insert(handle, for: hash)
        indexEvents(of: handle)
        return handle
    }

    /// Forgets a request and its events.
    mutating func remove(_ handle: RequestHandle) {
        requests[Int(handle)].forEachFingerprint {
            byEvent.remove(handle, for: $0.identity.tableHash)
        }
        byKey.remove(handle, for: requests[Int(handle)].key.tableHash)
        requests[Int(handle)] = .vacant
        vacant.append(handle)
    }

    /// Adds an event to the index; the request's own list is changed by ``Request/remember(_:)``.
    mutating func index(_ event: EventFingerprint, of handle: RequestHandle) {
        byEvent.insert(handle, for: event.identity.tableHash)
    }

    /// Removes an event from the index.
    mutating func unindex(_ event: EventFingerprint, of handle: RequestHandle) {
        byEvent.remove(handle, for: event.identity.tableHash)
    }

    /// Indexes all events of a request.
    mutating func indexEvents(of handle: RequestHandle) {
        let known = requests[Int(handle)].fingerprintList
        known.forEach { byEvent.insert(handle, for: $0.identity.tableHash) }
    }

    /// Empties the index of events, which ``indexEvents(of:)`` builds anew.
    mutating func removeEventIndex() { byEvent.removeAll() }
}

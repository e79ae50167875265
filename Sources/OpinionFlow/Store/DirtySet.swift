internal import OpinionMatching

/// The requests whose records differ from what was last written, and the sum over all that was written.
struct DirtySet: Sendable {
    /// In the order of their first change since the last ``removeAll()``.
    private(set) var handles: [RequestHandle] = []
    private var isIn = Bitset()
    /// Requests that are no longer remembered, whose records are to be erased.
    private(set) var forgotten: [(key: RequestKey, recordHash: UInt64)] = []

    var isEmpty: Bool { handles.isEmpty && forgotten.isEmpty }

    mutating func insert(_ handle: RequestHandle) {
        guard !isIn.contains(Int(handle)) else { return }
        isIn.insert(Int(handle))
        handles.append(handle)
    }

    /// A request is forgotten: its record is to be erased if one was ever written.
    mutating func forget(_ request: Request, _ handle: RequestHandle) {
        if isIn.contains(Int(handle)) {
            isIn.remove(Int(handle))
            handles.removeAll { $0 == handle }
        }
        if request.recordHash != 0 { forgotten.append((request.key, request.recordHash)) }
    }

    mutating func removeAll() {
        for handle in handles { isIn.remove(Int(handle)) }
        handles.removeAll(keepingCapacity: true)
        forgotten.removeAll(keepingCapacity: true)
    }
}

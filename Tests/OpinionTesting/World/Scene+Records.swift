// Requests whose records come later than they do.
extension Scene {
    /// The class of records that every request needs where some come without.
    package static let record = "path-report"

    /// Adds the records to most requests.
    mutating func addRecords(to request: inout Events.Request) {
        if !random.percent(size.incomplete) { request.records = [Self.record] }
    }

    /// The amendment that brings a request's records; nil: it has them, or they never come.
    package mutating func completion(of id: String) -> Outgoing? {
        guard var request = latest(id), request.records.isEmpty, random.percent(90) else {
            return nil
        }
        request.records = [Self.record]
        return amend(request)
    }

    /// What the intake said last of a request.
    func latest(_ id: String) -> Events.Request? { amendments[id]?.last ?? requests[id] }

    /// Says something else of a request, now.
    mutating func amend(_ request: Events.Request) -> Outgoing {
        amendments[request.id, default: []].append(request)
        let number = amendments[request.id]?.count ?? 0
        let id = "amend-\(request.id)-\(number)"
        return perhapsMisplaced(Events.amended(request, id: id, time: time()))
    }
}

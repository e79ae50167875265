/// The seat and attempt that a response is about: `<requestId>/<seat>/<attempt>`.
package struct AssignmentID: Hashable, Sendable {
    package let seat: Int
    package let attempt: Int

    package init(seat: Int, attempt: Int) {
        self.seat = seat
        self.attempt = attempt
    }

    package func text(of request: String) -> String { "\(request)/\(seat)/\(attempt)" }
}

package import OpinionMatching

/// An operator's order to give a seat to a named specialist.
package struct Directive: Hashable, Sendable {
    /// nil: the only seat of the request that has not delivered.
    package var seat: Seat.ID?
    package var specialist: Specialist.ID
    package var authorization: Authorization

    package init(seat: Seat.ID?, specialist: Specialist.ID, authorization: Authorization) {
        self.seat = seat
        self.specialist = specialist
        self.authorization = authorization
    }

    /// Who directed, and why: told with the assignment.
    package struct Authorization: Hashable, Sendable {
        package var operatorID: String
        package var reason: Reason

        package init(operatorID: String, reason: Reason) {
            self.operatorID = operatorID
            self.reason = reason
        }
    }

    /// A code, not a text, so that nothing about a patient can be written here.
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        case continuity, expertise, workload, correction
        case patientWish = "patient-wish"
    }
}

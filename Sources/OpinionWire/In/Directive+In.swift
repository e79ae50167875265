internal import OpinionFlow
internal import OpinionMatching

// request.directed
extension Directive {
    init(_ data: JSONValue) throws(Refusal) {
        self.init(
            seat: try data.optional("seatId") { $0.integer(in: Limit.seats) },
            specialist: Specialist.ID(try data.required("specialistId", \.id)),
            authorization: Authorization(
                operatorID: try data.required("operatorId", \.id),
                reason: try data.required("reason") { $0.string.flatMap(Reason.init) }
            )
        )
    }
}

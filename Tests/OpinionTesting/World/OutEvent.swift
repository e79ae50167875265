import Foundation
package import OpinionWire

/// An event that the daemon wrote.
package struct OutEvent: Decodable, Sendable {
    package struct Data: Decodable, Sendable {
        package struct Load: Decodable, Sendable {
            package var unitsBefore: Int
            package var cost: Int
            package var capacity: Int
        }
        package struct Report: Decodable, Sendable {
            package var assignmentId: String
            package var specialistId: String
            package var reportRef: String
            package var diagnosis: String?
            package var treatment: String?
        }
        package var requestId: String
        package var networkId: String
        package var assignmentId: String?
        package var specialistId: String?
        package var attempt: Int?
        package struct Policy: Decodable, Sendable {
            package var sha256: String
        }
        package struct Seat: Decodable, Sendable {
            package var id: Int
            package var discipline: String
            package var role: String
            package var covers: [String]
        }
        /// How many seats of a report have delivered, and which haven't.
        package struct Seats: Decodable, Sendable {
            package var planned: Int
            package var delivered: Int
            package var missing: [Int]
            package var quorumMet: Bool
        }
        package struct Summary: Decodable, Sendable {
            package var agreement: String
            package var dissent: [String]
        }
        /// The operator's word.
        package struct Directed: Decodable, Sendable {
            package var operatorId: String
        }
        package var reason: String?
        package var reasons: [String: Int]?
        package var seat: Seat?
        package var policy: Policy?
        package var load: Load?
        package var reports: [Report]?
        package var kind: String?
        package var mode: String?
        package var acceptBy: String?
        package var dueBy: String?
        /// The seat that waits.
        package var seatId: Int?
        package var clock: String?
        package var seats: Seats?
        package var directed: Directed?
        package var summary: Summary?
    }

    package var specversion: String
    package var id: String
    package var source: String
    package var type: String
    package var time: String
    package var subject: String
    package var correlationid: String
    package var causationid: String?
    package var data: Data

    package init(_ record: Record) throws {
        self = try JSONDecoder().decode(OutEvent.self, from: Foundation.Data(record.value ?? []))
    }

    /// The type without what all have.
    package var name: String { String(type.dropFirst(Events.type.count).dropLast(3)) }
    /// Its place in what was told of its request.
    package var number: Int? { id.split(separator: "/").last.flatMap { Int($0) } }
    package var isNumbered: Bool { name != "request.refused" }
    /// The seat that it is about; nil: none.
    package var seat: Int? { data.seatId ?? data.assignmentId.flatMap(Self.seat) }

    /// The seat that an assignment's id names.
    package static func seat(of assignment: String) -> Int? {
        assignment.split(separator: "/").dropLast().last.flatMap { Int($0) }
    }
}

extension Record {
    package func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Where a dead letter was read, by the headers that the daemon added last.
    package var origin: String {
        ["topic", "partition", "offset"].map { name in
            let header = headers.last { $0.name == "opiniond-dlq-\(name)" }
            return String(decoding: header?.value ?? [], as: UTF8.self)
        }
        .joined(separator: "/")
    }

    package var keyText: String? { key.map { String(decoding: $0, as: UTF8.self) } }
    package var place: String { "\(topic)/\(partition)/\(offset)" }
}

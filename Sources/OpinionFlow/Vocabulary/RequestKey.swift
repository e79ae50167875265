internal import OpinionMatching

/// FHIR's request priorities, the most urgent last.
package enum Priority: Int, CaseIterable, Hashable, Sendable {
    case routine, urgent, asap, stat

    package var name: String { Self.names[rawValue] }

    package init?(name: String) {
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self = Self.allCases[index]
    }

    private static let names = ["routine", "urgent", "asap", "stat"]
}

/// Names one request.
///
/// The same requestId in another network is another request.
package struct RequestKey: Hashable, Comparable, Sendable {
    package let network: String
    package let request: String

    package init(network: String, request: String) {
        self.network = network
        self.request = request
    }

    /// Only the request's id is hashed; the same id in two networks is rare.
    package func hash(into hasher: inout Hasher) { hasher.combine(request) }

    var tableHash: UInt64 { NameHash.of(request) }

    package static func < (left: RequestKey, right: RequestKey) -> Bool {
        (left.network, left.request) < (right.network, right.request)
    }

    /// The same number for the same request in every process; breaks ties between specialists.
    package var tie: UInt64 {
        StableHash.combine(StableHash.of(network), StableHash.of(request))
    }
}

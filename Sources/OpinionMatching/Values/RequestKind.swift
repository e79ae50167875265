/// What kind of opinion is asked for.
package enum RequestKind: String, CaseIterable, Hashable, Sendable {
    case single, panel
    case pathologyReview = "pathology-review"
    case imagingReview = "imaging-review"

    /// The index of the kind in ``KindCounts``.
    var number: Int {
        switch self {
        case .single: 0
        case .panel: 1
        case .pathologyReview: 2
        case .imagingReview: 3
        }
    }
}

/// A small whole number for each kind of request.
package struct KindCounts: Hashable, Sendable {
    private var counts: SIMD4<Int32>

    package init(_ all: Int = 0) { counts = SIMD4(repeating: Int32(clamping: all)) }

    package subscript(kind: RequestKind) -> Int {
        get { Int(counts[kind.number]) }
        set { counts[kind.number] = Int32(clamping: newValue) }
    }
}

/// The points of a specialist for each kind of wish that they don't fulfil.
package struct PreferenceTerms: Hashable, Sendable {
    private var points = SIMD4<Int32>()

    package init() {}

    init(_ points: SIMD4<Int32>) { self.points = points }

    package subscript(kind: Preferences.Kind) -> Int {
        get { Int(points[kind.rawValue]) }
        set { points[kind.rawValue] = Int32(clamping: newValue) }
    }

    package var total: Int { Int(points.wrappedSum()) }
}

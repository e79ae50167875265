/// A value of which an empty one exists.
protocol SparseValue: Hashable, Sendable {
    /// The empty value.
    init()
}

/// A value that is nearly always empty: eight bytes while it is, else a box.
///
/// Every change makes a new box.
struct Sparse<Value: SparseValue>: Hashable, Sendable {
    private var box: Box?

    private final class Box: Hashable, Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
        static func == (left: Box, right: Box) -> Bool { left.value == right.value }
        func hash(into hasher: inout Hasher) { hasher.combine(value) }
    }

    var value: Value {
        get { box?.value ?? Value() }
        set { box = newValue == Value() ? nil : Box(newValue) }
    }
}

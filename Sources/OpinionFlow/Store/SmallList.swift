/// A list that nearly always holds at most one element, which then needs no buffer.
///
/// It is no `Collection`: generic algorithms over it would not be specialised in other modules. Those get
/// an ``array``, or are called back.
struct SmallList<Element: Sendable>: Sendable {
    private enum Storage: Sendable {
        case none
        case one(Element)
        case many([Element])
    }

    private var storage: Storage

    init() { storage = .none }

    init(_ elements: [Element]) {
        switch elements.count {
        case 0: storage = .none
        case 1: storage = .one(elements[0])
        default: storage = .many(elements)
        }
    }

    /// All of them in a buffer, which is made unless there are many.
    var array: [Element] {
        switch storage {
        case .none: []
        case .one(let element): [element]
        case .many(let elements): elements
        }
    }

    var count: Int {
        switch storage {
        case .none: 0
        case .one: 1
        case .many(let elements): elements.count
        }
    }

    var indices: Range<Int> { 0..<count }

    subscript(index: Int) -> Element {
        get {
            switch storage {
            case .one(let element) where index == 0: element
            case .many(let elements): elements[index]
            case .none, .one: preconditionFailure("index \(index) of \(count) elements")
            }
        }
        set {
            switch storage {
            case .one where index == 0: storage = .one(newValue)
            case .many(var elements):
                storage = .none
                elements[index] = newValue
                storage = .many(elements)
            case .none, .one: preconditionFailure("index \(index) of \(count) elements")
            }
        }
    }

    func forEach(_ body: (borrowing Element) -> Void) {
        switch storage {
        case .none: break
        case .one(let element): body(element)
        case .many(let elements): for element in elements { body(element) }
        }
    }

    func firstIndex(where isWanted: (borrowing Element) -> Bool) -> Int? {
        switch storage {
        case .none: nil
        case .one(let element): isWanted(element) ? 0 : nil
        case .many(let elements): elements.firstIndex { isWanted($0) }
        }
    }

    func contains(where isWanted: (borrowing Element) -> Bool) -> Bool {
        firstIndex(where: isWanted) != nil
    }

    mutating func append(_ element: Element) {
        switch storage {
        case .none: storage = .one(element)
        case .one(let first): storage = .many([first, element])
        case .many(var elements):
            storage = .none
            elements.append(element)
            storage = .many(elements)
        }
    }

    mutating func removeAll(where isUnwanted: (borrowing Element) -> Bool) {
        guard contains(where: isUnwanted) else { return }
        self = SmallList(array.filter { !isUnwanted($0) })
    }

    mutating func removeFirst() -> Element {
        var elements = array
        let first = elements.removeFirst()
        self = SmallList(elements)
        return first
    }
}

extension SmallList: Equatable where Element: Equatable {
    static func == (left: SmallList, right: SmallList) -> Bool { left.array == right.array }
}

extension SmallList: Hashable where Element: Hashable {
    func hash(into hasher: inout Hasher) { hasher.combine(array) }
}

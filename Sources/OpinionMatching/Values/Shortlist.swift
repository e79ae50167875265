/// The best candidates of a decision, the chosen one first.
///
/// Three candidates, as many as in the contract's example, are stored inline and need no allocation.
package struct Shortlist: Hashable, Sendable {
    package private(set) var first: Candidate?
    private var second: Candidate?
    private var third: Candidate?
    private var more: [Candidate] = []

    package private(set) var count = 0

    package init() {}

    package mutating func append(_ candidate: consuming Candidate) {
        switch count {
        case 0: first = candidate
        case 1: second = candidate
        case 2: third = candidate
        default: more.append(candidate)
        }
        count += 1
    }
}

extension Shortlist: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(index: Int) -> Candidate {
        let near = index == 0 ? first : index == 1 ? second : index == 2 ? third : nil
        return near ?? more[index - 3]
    }
}

extension Shortlist: ExpressibleByArrayLiteral {
    package init(arrayLiteral candidates: Candidate...) { self.init(candidates) }

    package init(_ candidates: some Sequence<Candidate>) {
        for candidate in candidates { append(candidate) }
    }
}

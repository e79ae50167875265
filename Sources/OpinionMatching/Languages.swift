/// Who speaks which language.
///
/// A language that somebody speaks has a small number, by which a decision that has looked it up once finds
/// who speaks it and what such work costs.
struct Languages: Sendable {
    /// One less than the languages' numbers: 0 stands for any language, and is spoken by nobody.
    private var names = NameTable()
    /// By the names' own numbers.
    private var sets = NamedSets()

    /// Numbers in use or to be used again, 0 among them.
    var count: Int { names.count + 1 }

    /// 0 when nobody speaks it.
    ///
    /// - Complexity: one hash of the name.
    func number(of name: String) -> Int { names.number(of: name).map { $0 + 1 } ?? 0 }

    /// A language that a request names.
    struct Asked {
        /// 0 when nobody speaks it.
        let number: Int
        /// Who speaks it.
        let row: Masks.Row
    }

    /// - Complexity: one hash of the name.
    @inline(__always)
    mutating func ask(for name: String, _ masks: inout Masks) -> Asked {
        let number = number(of: name)
        return Asked(
            number: number,
            row: number == 0 ? Masks.nobody : sets.row(of: number - 1, &masks)
        )
    }

    /// A language that one speaks.
    struct Spoken {
        let name: String
        let number: Int
        /// Whether the number stood for another language before, or for none.
        let isNew: Bool
    }

    /// Notes what one speaks.
    mutating func insert(
        _ slot: Int,
        speaking names: [String],
        _ masks: inout Masks
    ) -> [Spoken] {
        Set(names).sorted().map { name in
            let (number, isNew) = self.names.insert(name)
            sets.insert(slot, under: number, &masks)
            return Spoken(name: name, number: number + 1, isNew: isNew)
        }
    }

    mutating func remove(_ slot: Int, speaking names: [String], _ masks: inout Masks) {
        for name in Set(names) {
            guard let number = self.names.number(of: name) else { continue }
            sets.remove(slot, under: number, &masks)
            if sets.isEmpty(number) { self.names.remove(number) }
        }
    }

    @inline(__always)
    mutating func trim(_ masks: inout Masks) { sets.trim(&masks) }
}

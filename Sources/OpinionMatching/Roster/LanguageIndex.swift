/// Who speaks which language.
///
/// A language that somebody speaks has a small number, by which a decision that has looked it up once finds
/// who speaks it and what such work costs.
struct LanguageIndex: Sendable {
    /// Its numbers are one less than the languages': 0 stands for any language, and is spoken by nobody.
    private var column = TraitColumn()

    /// Numbers in use or to be used again, 0 among them.
    var count: Int { column.count + 1 }

    /// 0 when nobody speaks it.
    ///
    /// - Complexity: one hash of the name.
    func number(of name: String) -> Int { column.number(of: name).map { $0 + 1 } ?? 0 }

    /// A language that a request names.
    struct Asked {
        /// 0 when nobody speaks it.
        let number: Int
        /// Who speaks it.
        let row: BitMatrix.Row
    }

    /// - Complexity: one hash of the name.
    @inline(__always)
    mutating func ask(for name: String, _ matrix: inout BitMatrix) -> Asked {
        let number = column.number(of: name)
        return Asked(number: number.map { $0 + 1 } ?? 0, row: column.row(of: number, &matrix))
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
        _ matrix: inout BitMatrix
    ) -> [Spoken] {
        Set(names).sorted().map { name in
            let (number, isNew) = column.insert(slot, under: name, &matrix)
            return Spoken(name: name, number: number + 1, isNew: isNew)
        }
    }

    mutating func remove(_ slot: Int, speaking names: [String], _ matrix: inout BitMatrix) {
        for name in names { column.remove(slot, under: name, &matrix) }
    }

    @inline(__always)
    mutating func trim(_ matrix: inout BitMatrix) { column.trim(&matrix) }
}

/// The specialists who speak each language.
///
/// Each language that somebody speaks has a small number. A decision looks the number up once, and then finds by it who
/// speaks the language and what its work costs; see ``Scarcity``.
struct LanguageIndex: Sendable {
    /// Numbered from 0; a language's number is one more, since 0 stands for any language.
    private var column = TraitColumn()

    /// One more than the highest number ever used; 0 counts too.
    var count: Int { column.count + 1 }

    /// The number of a language; 0 when nobody speaks it.
    ///
    /// - Complexity: one hash of the name.
    func number(of name: String) -> Int { column.number(of: name).map { $0 + 1 } ?? 0 }

    /// A language that a request names.
    struct Asked {
        /// 0 when nobody speaks it.
        let number: Int
        /// The specialists who speak it.
        let row: BitMatrix.Row
    }

    /// Looks up a language that a request names.
    ///
    /// - Complexity: one hash of the name.
    @inline(__always)
    mutating func ask(for name: String, _ matrix: inout BitMatrix) -> Asked {
        let number = column.number(of: name)
        return Asked(number: number.map { $0 + 1 } ?? 0, row: column.row(of: number, &matrix))
    }

    /// A language that a specialist speaks.
    struct Spoken {
        let name: String
        let number: Int
        /// Whether the number is used for this language from now on: it was unused or another language's.
        let isNew: Bool
    }

    /// Adds the languages of a slot.
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

    /// Removes the languages of a slot.
    mutating func remove(_ slot: Int, speaking names: [String], _ matrix: inout BitMatrix) {
        for name in names { column.remove(slot, under: name, &matrix) }
    }

    /// Limits the memory for sets; see ``NamedSets/trim(_:)``.
    @inline(__always)
    mutating func trim(_ matrix: inout BitMatrix) { column.trim(&matrix) }
}

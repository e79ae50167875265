/// Who speaks which language.
///
/// A language that somebody speaks has a small number, by which a decision that has looked it up once finds
/// who speaks it and what such work costs.
struct Languages: Sendable {
    /// One less than the languages' numbers.
    private var names = NameTable()
    /// By number; 0 stands for any language, and is spoken by nobody.
    private var rows = [Masks.nobody]

    /// Numbers in use or to be used again, 0 among them.
    var count: Int { rows.count }

    /// 0 when nobody speaks it.
    ///
    /// - Complexity: one hash of the name.
    func number(of name: String) -> Int { names.number(of: name).map { $0 + 1 } ?? 0 }

    /// Who speaks the language of that number; of 0 nobody.
    @inline(__always)
    func row(of number: Int) -> Masks.Row { rows[number] }

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
            let (index, isNew) = self.names.insert(name)
            let number = index + 1
            if number == rows.count { rows.append(masks.add()) }
            masks.insert(slot, in: rows[number])
            return Spoken(name: name, number: number, isNew: isNew)
        }
    }

    mutating func remove(_ slot: Int, speaking names: [String], _ masks: inout Masks) {
        for name in names {
            guard let index = self.names.number(of: name) else { continue }
            masks.remove(slot, from: rows[index + 1])
            if masks.isEmpty(rows[index + 1]) { self.names.remove(index) }
        }
    }
}

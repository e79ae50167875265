/// Sets by what a specialist has: a discipline, a sex.
///
/// A lookup costs one hash of the name. A name that nobody has any more leaves the table.
struct Column: Sendable {
    private var names = NameTable()
    /// By the name's number.
    private var rows: [Masks.Row] = []

    /// Nobody's when nobody has it.
    func row(of name: String) -> Masks.Row {
        names.number(of: name).map { rows[$0] } ?? Masks.nobody
    }

    mutating func insert(_ slot: Int, under name: String, _ masks: inout Masks) {
        let number = names.insert(name).number
        if number == rows.count { rows.append(masks.add()) }
        masks.insert(slot, in: rows[number])
    }

    mutating func remove(_ slot: Int, under name: String, _ masks: inout Masks) {
        guard let number = names.number(of: name) else { return }
        masks.remove(slot, from: rows[number])
        if masks.isEmpty(rows[number]) { names.remove(number) }
    }
}

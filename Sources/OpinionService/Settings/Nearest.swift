/// Finds what was meant by a name that isn't known.
enum Nearest {
    /// The known name that takes the fewest letters to change, if that is at most a third of them.
    ///
    /// Among equals the first in order wins.
    static func name(to name: String, among known: [String]) -> String? {
        let letters = Array(name.lowercased().utf8)
        guard letters.count <= lettersMax else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in known.sorted() {
            let distance = distance(letters, Array(candidate.lowercased().utf8))
            if distance < best?.distance ?? max(letters.count / 3, 1) + 1 {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// Longer names are no slips of the pen.
    private static let lettersMax = 100

    /// Letters to insert, remove or replace, or neighbours to swap, to make one of the other
    /// (optimal string alignment).
    static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var rows = [[Int](repeating: 0, count: other.count + 1), Array(0...other.count)]
        for i in one.indices {
            var row = [i + 1]
            for j in other.indices {
                let replaced = rows[1][j] + (one[i] == other[j] ? 0 : 1)
                var least = min(replaced, rows[1][j + 1] + 1, row[j] + 1)
                if 0 < i, 0 < j, one[i] == other[j - 1], one[i - 1] == other[j] {
                    least = min(least, rows[0][j - 1] + 1)
                }
                row.append(least)
            }
            rows = [rows[1], row]
        }
        return rows[1][other.count]
    }
}

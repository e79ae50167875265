/// The sets that the wishes of the need being decided look at, beside those of the hard rules.
///
/// The buffer is kept from one decision to the next.
struct AskedSets: Sendable {
    /// The languages that the need names, in its order.
    var languages: [LanguageIndex.Asked] = []
    /// The specialists of the sex that the need wishes for; nobody when it wishes for none.
    var sex = BitMatrix.nobody
}

/// What the ranking needs to know of the need being decided: the sets behind its wishes.
///
/// The buffer is kept from one decision to the next.
struct AskedSets: Sendable {
    /// The languages that the need names, in its order.
    var languages: [LanguageIndex.Asked] = []
    /// The specialists of the sex that the need wishes for; nobody when it wishes for none.
    var sex = BitMatrix.nobody
}

/// Sizes that keep one record from costing more than it is worth.
///
/// The schemas state the same.
enum Limit {
    static let idBytes = 128
    static let assignmentIDBytes = 160
    static let referenceBytes = 2_048
    static let codeBytes = 64
    static let reasonCharacters = 0...256
    static let stageCharacters = 1...32
    static let conditions = 64
    static let languages = 32
    static let disciplines = 32
    static let excludedSpecialists = 256
    static let questions = 64
    static let records = 256
    static let expertise = 64
    static let licences = 256
    static let practiceGroups = 32
    static let declaredConflicts = 256
    static let absences = 256
    static let answers = 64
    static let birthYears = 1_850...2_200
    static let units = 0...10_000
    static let assignments = 0...10_000
    static let ages = 0...200
    static let ecog = 0...5
    static let seats = 1...9_999
}

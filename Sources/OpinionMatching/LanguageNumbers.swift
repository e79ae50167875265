/// Small numbers for the languages that somebody speaks; 0 stands for any language.
///
/// A number that nobody has any more is used again: whoever sends profiles chooses the languages, and what
/// they leave behind must not add up.
package struct LanguageNumbers: Sendable {
    private var numbers: [String: Int] = [:]
    private var names = [""]
    private var speakers = [0]
    private var vacant: [Int] = []

    package init() {}

    /// Numbers in use or to be used again, 0 among them.
    package var count: Int { names.count }

    /// nil when nobody speaks it.
    package subscript(language: String) -> Int? { numbers[language] }

    /// Notes that one more speaks a language.
    ///
    /// - Returns: Its number, and whether the number was not this language's before.
    package mutating func join(_ language: String) -> (number: Int, isNew: Bool) {
        if let number = numbers[language] {
            speakers[number] += 1
            return (number, false)
        }
        let number = vacant.popLast() ?? names.count
        if number == names.count {
            names.append(language)
            speakers.append(1)
        } else {
            names[number] = language
            speakers[number] = 1
        }
        numbers[language] = number
        return (number, true)
    }

    /// Notes that one fewer speaks the language of that number.
    package mutating func leave(_ number: Int) {
        speakers[number] -= 1
        guard speakers[number] == 0 else { return }
        numbers[names[number]] = nil
        names[number] = ""
        vacant.append(number)
    }
}

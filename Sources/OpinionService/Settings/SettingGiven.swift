/// One setting as somebody made it, before anybody asked whether it is known or right.
struct SettingGiven {
    /// The form it has; what can't be a setting is only named.
    enum Content {
        case text(String)
        case list([String])
        /// A key without a value: the same as leaving it out.
        case nothing
        /// Something else, in words, such as "a mapping".
        case other(String)
    }

    var origin: SettingsProblem.Origin
    /// The dotted path; for a property `kafka.properties.` and its name.
    var path: String
    var content: Content
}

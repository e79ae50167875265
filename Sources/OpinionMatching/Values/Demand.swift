/// The kind of work that a request is: a family of cancers and a language.
///
/// It tells which specialists the request needs; see ``Scarcity``.
package struct Demand: Hashable, Sendable {
    /// Primary subtag, lower case; nil when any language will do.
    package let language: String?
    /// Declared last: a type that holds a demand can use the bytes after this one.
    package let family: CancerFamily

    package init(family: CancerFamily, language: String?) {
        self.family = family
        self.language = language
    }
}

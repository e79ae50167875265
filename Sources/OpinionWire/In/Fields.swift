internal import OpinionFlow
internal import OpinionMatching

// Reading members of an object strictly. A refusal's pointer is relative to the object it was read
// from; who reads a nested object puts its own name before it. Nothing is built unless it fails.
extension JSONValue {
    /// A member that can be read in one way only; nil when there is none.
    func member(_ name: StaticString) throws(Refusal) -> JSONValue? {
        guard let value = self[name] else { return nil }
        guard !value.isFlawed else { throw value.flaw.inside("/\(name)") }
        return value
    }

    /// Why a flawed value is refused.
    var flaw: Refusal { Refusal(isTooLong ? .tooLarge : .notInteroperable) }

    /// A member that must be there.
    func required(_ name: StaticString) throws(Refusal) -> JSONValue {
        guard let value = try member(name) else { throw Refusal(.schema, at: "/\(name)") }
        return value
    }

    /// A member of some type, nil when it isn't there.
    func optional<Value>(
        _ name: StaticString,
        _ read: (JSONValue) -> Value?
    ) throws(Refusal) -> Value? {
        guard let member = try member(name) else { return nil }
        guard let value = read(member) else { throw Refusal(.schema, at: "/\(name)") }
        return value
    }

    /// A member of some type that must be there.
    func required<Value>(
        _ name: StaticString,
        _ read: (JSONValue) -> Value?
    ) throws(Refusal) -> Value {
        guard let value = try optional(name, read) else { throw Refusal(.schema, at: "/\(name)") }
        return value
    }

    /// A member read by what says itself why it can't be; nil when it isn't there.
    func optional<Value>(
        _ name: StaticString,
        reading read: (JSONValue) throws(Refusal) -> Value
    ) throws(Refusal) -> Value? {
        guard let member = try member(name) else { return nil }
        do throws(Refusal) {
            return try read(member)
        } catch {
            throw error.inside("/\(name)")
        }
    }

    /// A member that must be there, read by what says itself why it can't be.
    func required<Value>(
        _ name: StaticString,
        reading read: (JSONValue) throws(Refusal) -> Value
    ) throws(Refusal) -> Value {
        guard let value = try optional(name, reading: read) else {
            throw Refusal(.schema, at: "/\(name)")
        }
        return value
    }

    /// A nested object, nil when it isn't there.
    func object<Value>(
        _ name: StaticString,
        _ read: (JSONValue) throws(Refusal) -> Value
    ) throws(Refusal) -> Value? {
        guard let member = try member(name) else { return nil }
        guard member.kind == .object else { throw Refusal(.schema, at: "/\(name)") }
        do throws(Refusal) {
            return try read(member)
        } catch {
            throw error.inside("/\(name)")
        }
    }

    /// The elements of an array; empty when it isn't there.
    func list<Value>(
        _ name: StaticString,
        most: Int,
        _ read: (JSONValue) throws(Refusal) -> Value
    ) throws(Refusal) -> [Value] {
        var values: [Value] = []
        _ = try forEach(name, most: most) { (element) throws(Refusal) in
            values.append(try read(element))
        }
        return values
    }

    /// Takes each element of an array, none when it isn't there.
    ///
    /// - Returns: How many there are.
    func forEach(
        _ name: StaticString,
        most: Int,
        _ take: (JSONValue) throws(Refusal) -> Void
    ) throws(Refusal) -> Int {
        guard let member = try member(name) else { return 0 }
        guard let elements = member.elements, member.count <= most else {
            throw Refusal(.schema, at: "/\(name)")
        }
        var count = 0
        for element in elements {
            do throws(Refusal) {
                guard !element.isFlawed else { throw element.flaw }
                try take(element)
            } catch {
                throw error.inside("/\(name)/\(count)")
            }
            count += 1
        }
        return count
    }

    /// The language tags of an array; empty when it isn't there.
    func tags(_ name: StaticString, most: Int) throws(Refusal) -> [String] {
        try list(name, most: most) { (element) throws(Refusal) in try element.language() }
    }

    /// The ids of an array; empty when it isn't there.
    func ids(_ name: StaticString, most: Int) throws(Refusal) -> [String] {
        try list(name, most: most) { (element) throws(Refusal) in
            guard let id = element.id else { throw Refusal(.schema) }
            return id
        }
    }
}

extension Refusal {
    /// The same refusal, seen from the object that holds the one it was found in.
    func inside(_ prefix: String) -> Refusal {
        var refusal = self
        refusal.pointer = prefix + pointer
        return refusal
    }
}

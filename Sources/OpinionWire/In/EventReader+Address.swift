package import OpinionFlow

// Whom a refused record is about, as far as that can be read, whatever else is wrong with it.
extension EventReader {
    /// The request that a record is about, and its event where that has an id; nil: it can't be read.
    ///
    /// - Complexity: O(bytes of the record), which is parsed once more.
    package func address(of record: Record) -> (key: RequestKey, cause: Cause?)? {
        remains(of: record).flatMap { address(of: record, $0) }
    }

    /// Which request is refused with a record of the requests, so that its sender hears; nil: it can't be read, or none,
    /// since a directive asks for no opinion.
    package func requestRefused(with record: Record) -> (key: RequestKey, cause: Cause?)? {
        guard let remains = remains(of: record), remains.type?.isText(EventType.directed) != true
        else { return nil }
        return address(of: record, remains)
    }

    private func remains(of record: Record) -> CloudEvent.Remains? {
        guard let value = record.value, let tree = try? lenient.parse(value) else { return nil }
        return CloudEvent.Remains(of: record, tree.root)
    }

    private func address(
        of record: Record,
        _ remains: CloudEvent.Remains
    ) -> (key: RequestKey, cause: Cause?)? {
        guard remains.isUnambiguous, let data = remains.data, let key = try? Self.key(data) else {
            return nil
        }
        return (key, remains.id.map { Self.cause($0, record) })
    }
}

extension JSONLimits {
    /// Of what is only to be told who is refused.
    static let lenient = JSONLimits(
        bytes: 4 << 20,
        depth: 256,
        members: 1 << 16,
        keyBytes: 4_096,
        stringBytes: 4 << 20
    )
}

extension CloudEvent {
    /// What can be made out of a record that may be no event.
    struct Remains {
        /// nil: there is none, or none that can be repeated.
        let id: String?
        let type: ArraySlice<UInt8>?
        let data: JSONValue?
        /// Whether nothing that says whom it is about stands there twice.
        let isUnambiguous: Bool
    }
}

extension CloudEvent.Remains {
    init(of record: Record, _ root: JSONValue) {
        let inHeaders = HeaderAttributes(headers: record.headers)
        let inValue = ValueAttributes(root: root)
        switch try? Attributes(of: record, root) {
        case .inHeaders: self.init(inHeaders, data: root, of: root)
        case .inValue: self.init(inValue, data: root["data"], of: root)
        case nil where root["data"] != nil: self.init(inValue, data: root["data"], of: root)
        case nil: self.init(inHeaders, data: root, of: root)
        }
    }

    private init(_ attributes: some AttributeSource, data: JSONValue?, of root: JSONValue) {
        id = (try? attributes.required("id")).flatMap { try? CloudEvent.safe($0) }
        type = try? attributes.required("type")
        self.data = data
        isUnambiguous =
            root.count(of: "data") <= 1 && data?.count(of: "networkId") == 1
            && data?.count(of: "requestId") == 1
    }
}

extension JSONValue {
    /// How often an object has a member of that name.
    fileprivate func count(of name: String) -> Int {
        members?.reduce(0) { $1.key == name ? $0 + 1 : $0 } ?? 0
    }
}

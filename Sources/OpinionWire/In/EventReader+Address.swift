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
        return CloudEvent.Remains(of: record, tree.root, with: lenient)
    }

    private func address(
        of record: Record,
        _ remains: CloudEvent.Remains
    ) -> (key: RequestKey, cause: Cause?)? {
        guard let data = remains.data, let key = try? Self.key(data) else { return nil }
        return (key, remains.id.map { Self.cause($0, record) })
    }
}

extension JSONLimits {
    /// Limits for records that are parsed only to find out whom to notify of the refusal.
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
    }
}

extension CloudEvent.Remains {
    init(of record: Record, _ root: JSONValue, with json: JSONReader) {
        let content = Content(of: record.headers)
        let isInValue =
            content.isStructured
            || ["specversion", "data", "data_base64"].contains { root[$0] != nil }
        if !content.isBinary, isInValue {
            let data = try? CloudEvent.data(of: root, with: json)
            // A binary event under a content type of the structured mode: the value is the data.
            let bare = root["requestId"] == nil ? nil : root
            self.init(ValueAttributes(root: root), data: data ?? root["data"] ?? bare)
        } else {
            self.init(HeaderAttributes(headers: record.headers), data: root)
        }
    }

    private init(_ attributes: some AttributeSource, data: JSONValue?) {
        id = (try? attributes.required("id")).flatMap { try? CloudEvent.safe($0) }
        type = try? attributes.required("type")
        self.data = data
    }
}

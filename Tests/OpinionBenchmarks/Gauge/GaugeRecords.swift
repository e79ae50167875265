import OpinionReplay
import OpinionWire

/// The records of one kind of work, made before anything is counted.
///
/// Requests have the size that intakes send, some 900 bytes; answers are about the first assignment of each.
struct GaugeRecords {
    static let epoch: Int64 = 1_795_341_540_000

    private let items: [Workload.Item]

    init(count: Int, panels: Bool = false) {
        let options = Workload.Options(
            requests: count,
            epoch: Self.epoch - 3_600_000,
            spacing: 1,
            capacityScale: panels ? 12 : 1.5,
            duplicates: 0,
            panels: panels ? 1 : 0
        )
        let workload = Workload(options)
        roster = workload.roster().map { Record($0) }
        items = workload.requests()
    }

    let roster: [Record]

    /// A request each, with members that matching doesn't need and intakes send all the same.
    func requests() -> [Record] { records(from: 0) { $0 } }

    /// The same once more, with one record less complete, under events of their own; they follow the requests.
    func amendments() -> [Record] {
        records(from: items.count) { value in
            value.replacing(
                Array("request.submitted.v1".utf8),
                with: Array("request.amended.v1".utf8)
            )
            .replacing(Array(#""id":"1-rq-"#.utf8), with: Array(#""id":"1-am-"#.utf8))
            .replacing(Array(#""complete":true"#.utf8), with: Array(#""complete":false"#.utf8))
        }
    }

    private func records(from offset: Int, _ change: ([UInt8]) -> [UInt8]) -> [Record] {
        items.enumerated().map { index, item in
            var record = Record(item)
            record.offset = Int64(offset + index)
            record.value = change(padded(item.value))
            return record
        }
    }

    private func padded(_ value: [UInt8]) -> [UInt8] {
        let begin = Array(#""data":{"#.utf8)
        return value.replacing(begin, with: begin + Array(Self.padding.utf8), maxReplacements: 1)
    }

    private static let padding = #"""
        "records":[{"id":"r1","class":"path-report","ref":"s3://cases/0000001.pdf","complete":true},\#
        {"id":"r2","class":"imaging","ref":"s3://cases/0000002.dcm"}],
        """#

    /// A withdrawal of each; they follow the requests.
    func withdrawals() -> [Record] {
        items.indices.map { index in
            let request = Self.name(index)
            return record(
                Topic.requests,
                "org.opiniond.request.withdrawn.v1",
                "w-\(index)",
                #""requestId":"\#(request)","networkId":"\#(items[index].key)","reason":"treated""#,
                index,
                from: items.count
            )
        }
    }

    /// An opinion on each seat, or a decline of it.
    func responses(_ type: String, _ members: String) -> [Record] {
        items.indices.map { index in
            let request = Self.name(index)
            return record(
                Topic.responses,
                "org.opiniond.response.\(type).v1",
                "\(type)-\(index)",
                #""assignmentId":"\#(request)/1/1","requestId":"\#(request)","#
                    + #""networkId":"\#(items[index].key)",\#(members)"#,
                index
            )
        }
    }

    static let opinion = #"""
        "opinion":{"diagnosis":{"verdict":"confirmed"},"treatment":{"verdict":"modify"},\#
        "impact":{"diagnosis":"none","treatment":"minor"},"confidence":"high",\#
        "answers":[{"questionId":"q1","ref":"s3://answers/0000001.json"}],\#
        "reportRef":"s3://opinions/0000001.pdf","language":"en",\#
        "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
        """#

    private static func name(_ index: Int) -> String {
        let text = String(index)
        return "rq-" + String(repeating: "0", count: max(0, 7 - text.count)) + text
    }

    private func record(
        _ topic: String,
        _ type: String,
        _ id: String,
        _ data: String,
        _ index: Int,
        from offset: Int = 0
    ) -> Record {
        let value = """
            {"specversion":"1.0","id":"\(id)","source":"/gauge","type":"\(type)",\
            "time":"2026-11-22T09:59:00.000Z","datacontenttype":"application/json","data":{\(data)}}
            """
        return Record(
            topic: topic,
            partition: 0,
            offset: Int64(offset + index),
            timestamp: Self.epoch,
            key: Array(items[index].key.utf8),
            value: Array(value.utf8),
            headers: [Header("content-type", Array(Workload.contentType.utf8))]
        )
    }
}

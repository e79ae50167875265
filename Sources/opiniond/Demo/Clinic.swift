internal import Foundation
internal import KafkaTransport
internal import OpinionReplay
internal import OpinionWire

/// The specialists: they read what they are given and answer after a while.
final class Clinic {
    /// One in so many declines, so that a seat is seen to be filled anew.
    static let declineEvery = 12

    private let producer: PlainProducer
    private let reader: PartitionReader
    private let json = JSONReader()
    private let questions: [String]
    private var random: SeededGenerator
    private var answers: [(due: Double, value: [UInt8], key: [UInt8])] = []
    private var assigned = 0

    /// - Parameters:
    ///   - properties: Where the broker is.
    ///   - questions: What is asked besides; some opinions answer some.
    ///   - seed: Decides what they find.
    /// - Throws: Where the broker can't be reached.
    init(
        properties: [(name: String, value: String)],
        questions: [String],
        seed: UInt64
    ) throws(KafkaError) {
        self.questions = questions
        random = SeededGenerator(seed: seed)
        producer = try PlainProducer(settings: .producer(user: properties), log: KafkaLog())
        reader = try PartitionReader(
            settings: .reader(group: "clinic", user: properties),
            isolation: .readCommitted,
            log: KafkaLog()
        )
        try reader.assign(
            [Topic.assignments, Topic.reports, Topic.deadLetters]
                .map { (TopicPartition($0, 0), PartitionReader.beginning) }
        )
    }

    func close() {
        reader.close()
        producer.close()
    }

    /// One moment's work: takes in what was decided, sends what is due.
    func work(_ stage: Stage) throws(KafkaError) {
        if case .record(let record) = reader.poll(timeoutMilliseconds: 20) { take(record, stage) }
        let now = ProcessInfo.processInfo.systemUptime
        while let next = answers.first, next.due <= now {
            answers.removeFirst()
            try producer.send(topic: Topic.responses, key: next.key, value: next.value)
        }
    }

    private func take(_ record: Record, _ stage: Stage) {
        if record.topic == Topic.deadLetters { return stage.deadLetter(record) }
        guard let value = record.value, let event = try? json.parse(value).root,
            let type = event["type"]?.string, let data = event["data"]
        else { return }
        stage.show(type, data)
        if type == "org.opiniond.assignment.made.v1" { answer(data) }
    }

    private func answer(_ assignment: JSONValue) {
        guard let id = assignment["assignmentId"]?.string,
            let network = assignment["networkId"]?.string
        else { return }
        assigned += 1
        let declines = assigned % Self.declineEvery == 0
        let due =
            ProcessInfo.processInfo.systemUptime + Double.random(in: 0.4...2.5, using: &random)
        let value = response(id, declines: declines) { json in
            json.member("requestId", copying: assignment["requestId"])
            json.member("networkId", copying: assignment["networkId"])
            json.member("assignmentId", id)
            json.member("specialistId", copying: assignment["specialistId"])
        }
        let index = answers.firstIndex { due < $0.due } ?? answers.count
        answers.insert((due, value, Array(network.utf8)), at: index)
    }

    private func response(
        _ id: String,
        declines: Bool,
        ids: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        let verdict = random.pick(["confirmed", "confirmed", "refined", "changed"])
        let treatment = random.pick(["agree", "modify", "replace"])
        let answered = questions.filter { _ in random.pick([true, true, false]) }
        var value: [UInt8] = []
        JSONWriter.append(to: &value) { json in
            json.beginObject()
            json.member("specversion", "1.0")
            json.member("id", "answer-\(id)")
            json.member("source", "/portal")
            json.member("type", declines ? EventType.declined : EventType.delivered)
            json.member("time", time: Int64(Date().timeIntervalSince1970 * 1_000))
            json.beginObject("data")
            ids(&json)
            json.beginObject(declines ? "declineReason" : "opinion")
            if declines {
                json.member("code", "workload")
            } else {
                json.verdict("diagnosis", verdict)
                json.verdict("treatment", treatment)
                json.member("reportRef", "s3://opinions/\(id).pdf")
                json.answers(to: answered)
            }
            json.endObject()
            json.endObject()
            json.endObject()
        }
        return value
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, copying value: JSONValue?) {
        if let value { member(name, copying: value) } else { null(name) }
    }

    fileprivate mutating func answers(to questions: [String]) {
        beginArray("answers")
        for question in questions {
            beginObject()
            member("questionId", question)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func verdict(_ name: StaticString, _ verdict: String) {
        beginObject(name)
        member("verdict", verdict)
        endObject()
    }
}

internal import KafkaTransport

/// What would refuse a start: the very questions that a start asks, and their answers for a person.
struct StartFindings {
    private let site: KafkaSite

    init(_ site: KafkaSite) { self.site = site }

    /// Says for how many shards the state is and that the logs are those that were read, or what is wrong.
    func tell(_ report: inout CheckReport) {
        let check = StartCheck(site: site, watch: Deadline.Watches().add())
        let patience = Hope()
        while true {
            do throws(StartCheck.Failure) {
                let ground = try check.ground()
                let cluster = ground.cluster.map { ", cluster \($0)" } ?? ""
                return report.say(
                    "state",
                    "fits \(ground.shards) shards\(cluster); the logs are those that were read"
                )
            } catch {
                switch error {
                case .stop(let stop): return report.fail("start", stop.text, stop.code)
                case .missing(let topics):
                    let stop = TopicCheck.missingStop(topics)
                    return report.fail("topics", stop.message, stop.code)
                case .kafka(let error):
                    guard patience.isLeft(error) else {
                        let isOfGroup = error.name.hasPrefix("GROUP_")
                        return report.fail(isOfGroup ? "group \(site.group)" : "start", error)
                    }
                }
            }
        }
    }
}

/// Whether to ask again: right after topics were created, or a broker booted, some have no leader for a moment.
struct Hope {
    private let end = Deadline.now + 15

    /// Waits a moment if what was asked for will be there soon.
    ///
    /// - Returns: Whether to ask again.
    func isLeft(_ error: KafkaError) -> Bool {
        switch error.subject {
        case .leader, .coordinator, .topics: break
        case .brokers, .rights, .recordSize: return false
        }
        guard Deadline.now < end else { return false }
        Deadline.pause()
        return true
    }
}

/// Asks again while what is asked for will be there in a moment.
///
/// - Throws: ``KafkaError`` when it isn't, after 15 s, or when it is about something else.
func patiently<Answer>(_ question: () throws(KafkaError) -> Answer) throws(KafkaError) -> Answer {
    let hope = Hope()
    while true {
        do throws(KafkaError) {
            return try question()
        } catch {
            guard hope.isLeft(error) else { throw error }
        }
    }
}

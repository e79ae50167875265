internal import Foundation
internal import KafkaTransport
internal import OpinionService

/// What would refuse a start: the very questions that a start asks, and their answers for a person.
struct StartFindings {
    private let site: KafkaSite

    init(_ site: KafkaSite) { self.site = site }

    /// Says for how many shards the state is and that the logs are those that were read, or what is wrong.
    func tell(_ report: inout CheckReport) {
        let check = StartCheck(site, HangWatchdog.Watches().add())
        let waitTracker = Hope()
        while true {
            do throws(StartCheck.Failure) {
                let facts = try check.facts()
                lookAtGroup(&report)
                return tell(facts, &report)
            } catch {
                switch error {
                case .stop(let stop): return tell(stop, &report)
                case .missing(let topics):
                    let stop = TopicCheck.missingStop(topics)
                    return report.fail("topics", stop.message, stop.code)
                case .kafka(let error):
                    guard waitTracker.isLeft(error) else {
                        let isOfGroup = error.name.hasPrefix("GROUP_")
                        return report.fail(isOfGroup ? "group \(site.group)" : "start", error)
                    }
                }
            }
        }
    }

    private func tell(_ facts: StartFacts, _ report: inout CheckReport) {
        for name in facts.accepted {
            report.warn(
                "start",
                "\(name) is not the log that was read, and is accepted (kafka.acceptedLogs)"
            )
        }
        let cluster = facts.cluster.map { ", cluster \($0)" } ?? ""
        guard facts.hasState else { return report.say("state", "none yet\(cluster)") }
        let logs = facts.accepted.isEmpty ? "; the logs are those that were read" : ""
        report.say("state", "fits \(facts.shards) shards\(cluster)\(logs)")
    }

    private func tell(_ stop: Stop, _ report: inout CheckReport) {
        report.fail("start", stop.message, stop.code)
        if !stop.remedy.isEmpty { report.say("", stop.remedy) }
        for detail in stop.details { report.say("", detail) }
    }

    /// Whether somebody is in the group who doesn't belong there.
    private func lookAtGroup(_ report: inout CheckReport) {
        let limit: Int32 = 3_000
        guard let reader = try? site.reader(.readCommitted) else { return }
        defer { reader.close() }
        guard let members = try? reader.members(of: site.group, timeoutMilliseconds: limit),
            let strangers = GroupWatch.strangers(among: members, site)
        else { return }
        report.warn("group \(site.group)", strangers.message)
    }
}

/// Whether to ask again: right after topics were created, or a broker booted, some have no leader for a moment.
struct Hope {
    private let end = HangWatchdog.now + 15

    /// Waits a moment if what was asked for will be there soon.
    ///
    /// - Returns: Whether to ask again.
    func isLeft(_ error: KafkaError) -> Bool {
        switch error.subject {
        case .leader, .coordinator, .topics: break
        case .brokers, .rights, .recordSize: return false
        }
        guard HangWatchdog.now < end else { return false }
        Thread.sleep(forTimeInterval: 0.3)
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

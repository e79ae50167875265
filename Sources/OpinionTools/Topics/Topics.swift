internal import Foundation
internal import KafkaTransport
package import OpinionService
internal import OpinionWire

/// `opinionctl topics`: creates the topics that are missing, and shows how they all are.
package enum Topics {
    /// How long a new topic may take until all brokers know it.
    private static let visibleSeconds = 30
    private static let timeoutMilliseconds: Int32 = 15_000

    /// Creates what is missing; leaves what is there alone.
    ///
    /// - Parameters:
    ///   - settings: Say where, and what the topics are called.
    ///   - partitions: Of requests, responses and state: the number of shards, which stays.
    ///   - outputPartitions: Of each other topic.
    ///   - replication: Copies of each partition; −1: as the brokers have it by default.
    ///   - print: Takes lines for a person.
    /// - Returns: 0, or 64, 69, 77, 78 as in the contract.
    package static func create(
        _ settings: Settings,
        partitions: Int,
        outputPartitions: Int,
        replication: Int,
        print: @escaping (String) -> Void
    ) -> ExitCode {
        var report = CheckReport(print: print)
        let site = settings.site
        do throws(KafkaError) {
            let survey = try TopicSurvey(site, timeoutMilliseconds: timeoutMilliseconds)
            defer { survey.close() }
            let roles = try missing(site, survey, shards: partitions, &report)
            guard report.code == .stopped else { return report.end("") }
            let plans = roles.map { role in
                role.plan(
                    site,
                    partitions: partitions,
                    outputPartitions: outputPartitions,
                    replication: replication
                )
            }
            guard inRange(plans, &report) else { return report.end("") }
            try create(plans, site, &report)
            if report.code == .stopped { try wait(for: plans.map(\.name), survey, &report) }
            if report.code == .stopped { report.tell(survey.settings(), settings.topicNeeds) }
        } catch {
            report.failed(to: site, error)
        }
        return report.end("all topics are there")
    }

    /// Shows all topics in a table and what is wrong with them.
    ///
    /// - Returns: 0, or 69, 77, 78 as in the contract.
    package static func verify(
        _ settings: Settings,
        print: @escaping (String) -> Void
    ) -> ExitCode {
        var report = CheckReport(print: print)
        let site = settings.site
        do throws(KafkaError) {
            let survey = try TopicSurvey(site, timeoutMilliseconds: timeoutMilliseconds)
            defer { survey.close() }
            var counts: [String: Int] = [:]
            for topic in site.topics { counts[topic] = try survey.partitionCount(of: topic) }
            let look = survey.settings()
            let findings = TopicJudgement.findings(look.topics, settings.topicNeeds)
            let table = TopicTable(site: site, counts: counts, look: look, findings: findings)
            for line in table.lines { print(line) }
            report.tell(look, settings.topicNeeds)
            StartFindings(site).tell(&report)
        } catch {
            report.failed(to: site, error)
        }
        return report.end("the topics fit together")
    }

    // MARK: Creating

    /// The topics to be created; those that are there must agree with the number of shards wanted.
    private static func missing(
        _ site: KafkaSite,
        _ survey: TopicSurvey,
        shards: Int,
        _ report: inout CheckReport
    ) throws(KafkaError) -> [TopicRole] {
        var missing: [TopicRole] = []
        for role in TopicRole.needed(by: site) {
            let topic = site.name(role.topic)
            guard let count = try survey.partitionCount(of: topic) else {
                missing.append(role)
                continue
            }
            if role.count == .shards, count != shards {
                report.fail(topic, "is there with \(count) partitions, not \(shards)", .badSettings)
            } else {
                report.say(topic, "is there with \(count) partitions, left alone")
            }
        }
        return missing
    }

    private static func inRange(_ plans: [TopicPlan], _ report: inout CheckReport) -> Bool {
        for plan in plans where !(1...10_000).contains(plan.partitions) {
            report.fail(plan.name, "takes 1 to 10000 partitions, not \(plan.partitions)", .usage)
        }
        for plan in plans where plan.replication != -1 && !(1...100).contains(plan.replication) {
            report.fail(
                plan.name,
                "takes 1 to 100 replicas, or -1 for the brokers' default",
                .usage
            )
        }
        return report.code == .stopped
    }

    private static func create(
        _ plans: [TopicPlan],
        _ site: KafkaSite,
        _ report: inout CheckReport
    ) throws(KafkaError) {
        guard !plans.isEmpty else { return }
        let outcomes = try Administration(
            settings: .administration(user: site.properties),
            log: site.log
        ).createTopics(plans, timeoutMilliseconds: timeoutMilliseconds)
        for plan in plans {
            switch outcomes[plan.name] {
            case .created?: report.say(plan.name, "created with \(plan.partitions) partitions")
            case .existed?: report.warn(plan.name, "somebody else created it in this moment")
            case .failed(let error)?: report.fail(plan.name, error)
            case nil:
                report.fail(plan.name, "the brokers didn't say what became of it", .unreachable)
            }
        }
    }

    private static func wait(
        for topics: [String],
        _ survey: TopicSurvey,
        _ report: inout CheckReport
    ) throws(KafkaError) {
        var unseen = topics
        for _ in 0..<(visibleSeconds * 10) {
            var still: [String] = []
            for topic in unseen where try survey.partitionCount(of: topic) == nil {
                still.append(topic)
            }
            unseen = still
            if unseen.isEmpty { return }
            Thread.sleep(forTimeInterval: 0.1)
        }
        report.fail("topics", "created but not to be seen yet: \(unseen)", .unreachable)
    }
}

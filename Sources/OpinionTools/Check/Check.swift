internal import KafkaTransport
internal import Logging
internal import OpinionFlow
internal import OpinionMatching
package import OpinionService
internal import OpinionWire

/// `opiniond check`: are the settings right, are the brokers there, do the topics fit, may we use
/// them? Writes nothing, so the right to write can't be tried.
package enum Check {
    /// - Parameters:
    ///   - settings: Settings that could be loaded.
    ///   - offline: Whether to leave it at the settings.
    ///   - timeoutMilliseconds: How long the brokers may take to answer at all.
    ///   - print: Takes lines for a person.
    /// - Returns: 0, or 69, 77, 78 as in the contract.
    package static func run(
        _ settings: Settings,
        offline: Bool,
        timeoutMilliseconds: Int32 = 15_000,
        print: @escaping (String) -> Void
    ) -> ExitCode {
        var report = CheckReport(print: print)
        tell(settings, report)
        SettingsFindings(settings: settings).tell(&report)
        guard !offline else { return report.end("the settings are right; brokers not asked") }
        let shards = survey(settings, timeoutMilliseconds, &report)
        if report.faultCount == 0 { look(at: settings, timeoutMilliseconds, &report) }
        return report.end("\(shards) shards; brokers, topics and rights to read are as needed")
    }

    private static func tell(_ settings: Settings, _ report: CheckReport) {
        let policy = settings.policy
        report.say("brokers", settings.bootstrapServers)
        report.say("group", "\(settings.group), as instance \(settings.instance)")
        report.say("topics", settings.site.topics.joined(separator: " "))
        report.say("policy", "\(policy.name) \(policy.sha256)")
        report.say(
            "log",
            "\(settings.logFormat.rawValue), from level \(settings.logLevel.rawValue)"
        )
        report.say("metrics", settings.metricsFile ?? "none")
    }

    /// Whether the roster can give what the policy asks.
    private static func look(
        at settings: Settings,
        _ timeoutMilliseconds: Int32,
        _ report: inout CheckReport
    ) {
        var findings = RosterFindings(settings)
        let scan = TopicScan(
            site: settings.site,
            timeoutMilliseconds: timeoutMilliseconds,
            progress: { _, _ in }
        )
        do throws(KafkaError) {
            try scan.run(TopicSlice.all([Topic.specialists])) { findings.take($0) }
            findings.tell(&report)
        } catch {
            report.fail(settings.site.name(Topic.specialists), error)
        }
    }

    /// - Returns: The number of shards, if everything was as it should be.
    private static func survey(
        _ settings: Settings,
        _ timeoutMilliseconds: Int32,
        _ report: inout CheckReport
    ) -> Int {
        let site = settings.site
        do throws(KafkaError) {
            let survey = try TopicSurvey(site, timeoutMilliseconds: timeoutMilliseconds)
            defer { survey.close() }
            let counts = try counts(site, survey, &report)
            for role in TopicRole.needed(by: site)
            where counts[site.name(role.topic)] != nil {
                inspect(role, site, survey, &report)
            }
            report.tell(survey.settings(), settings.topicNeeds)
            if counts[site.inputs[0]] != nil { checkGroup(site, survey, &report) }
            report.tell(site.takeUnreachable())
            return counts[site.inputs[0]] ?? 0
        } catch {
            report.failed(to: site, error)
            return 0
        }
    }

    /// Asks for all counts and judges them, as far as we may know them.
    ///
    /// - Throws: ``KafkaError`` when there is no sense in asking on.
    private static func counts(
        _ site: KafkaSite,
        _ survey: TopicSurvey,
        _ report: inout CheckReport
    ) throws(KafkaError) -> [String: Int] {
        var counts: [String: Int] = [:]
        var isWhole = true
        for topic in site.topics {
            do throws(KafkaError) {
                counts[topic] = try survey.partitionCount(of: topic)
            } catch {
                guard error.isAboutTopic else { throw error }
                isWhole = false
                report.fail(topic, error)
            }
        }
        if isWhole { StartFindings(site).tell(&report) }
        return counts
    }

    private static func inspect(
        _ role: TopicRole,
        _ site: KafkaSite,
        _ survey: TopicSurvey,
        _ report: inout CheckReport
    ) {
        let topic = site.name(role.topic)
        guard role.isRead else { return }
        do throws(KafkaError) {
            try survey.checkReading(topic)
        } catch {
            report.fail(topic, error)
        }
    }

    private static func checkGroup(
        _ site: KafkaSite,
        _ survey: TopicSurvey,
        _ report: inout CheckReport
    ) {
        do throws(KafkaError) {
            try survey.checkGroup()
        } catch {
            report.fail("group \(site.group)", error)
        }
    }
}

extension KafkaError {
    /// Whether it is about one topic, so that others can still be asked for.
    fileprivate var isAboutTopic: Bool { reaction == .unauthorised && name.contains("TOPIC") }
}

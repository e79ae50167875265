internal import KafkaTransport
package import OpinionService
internal import OpinionWire

/// Where invented work would be published, and whether anything has ever been published there.
package struct Destination: Sendable {
    /// The topics of requests and profiles, with their prefix.
    package let topics: [String]
    package let brokers: String
    /// Records ever written to the two, those deleted since counted; 0: nobody uses them yet.
    package let recordCount: Int64

    /// Looks at the topics; blocks.
    ///
    /// - Parameters:
    ///   - settings: Say where.
    ///   - timeoutMilliseconds: How long the brokers may take to answer at all.
    ///   - print: Takes lines for a person.
    /// - Returns: The destination; a failure: it is not there or can't be asked, which was printed.
    package static func look(
        _ settings: Settings,
        timeoutMilliseconds: Int32 = 15_000,
        print: @escaping (String) -> Void
    ) -> Result<Destination, ExitCode.Failure> {
        var report = CheckReport(print: print)
        let site = settings.site
        let topics = [site.name(Topic.requests), site.name(Topic.specialists)]
        do throws(KafkaError) {
            let survey = try TopicSurvey(site, timeoutMilliseconds: timeoutMilliseconds)
            defer { survey.close() }
            var places: [TopicPartition] = []
            for topic in topics {
                guard let count = try survey.partitionCount(of: topic) else {
                    report.fail(topic, "is missing: opinionctl topics create", .badSettings)
                    continue
                }
                places += (0..<Int32(count)).map { TopicPartition(topic, $0) }
            }
            if report.code == .stopped {
                return .success(
                    Destination(
                        topics: topics,
                        brokers: settings.bootstrapServers,
                        recordCount: try survey.recordCount(of: places)
                    )
                )
            }
        } catch {
            report.failed(to: site, error)
        }
        return .failure(ExitCode.Failure(code: report.code))
    }
}

extension ExitCode {
    /// A command ends with this code; why was printed.
    package struct Failure: Error, Hashable, Sendable {
        package let code: ExitCode
    }
}

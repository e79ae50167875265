package import KafkaTransport
internal import OpinionWire

/// What the brokers tell of how the topics are set up.
package struct TopicLook: Sendable {
    /// In the contract's order; those that weren't seen have no properties.
    package var topics: [TopicSettings]
    /// Why some weren't seen; nil: all were.
    package var failure: KafkaError?

    /// Asks the brokers once, about all topics; blocks.
    ///
    /// The right to describe a topic's settings isn't needed to run, so this never fails.
    ///
    /// - Parameters:
    ///   - site: Where.
    ///   - replicas: Copies of each topic that is there, by its name with prefix.
    ///   - timeoutMilliseconds: How long the brokers may take.
    /// - Returns: What was seen.
    package static func take(
        _ site: KafkaSite,
        replicas: [String: Int],
        timeoutMilliseconds: Int32
    ) -> TopicLook {
        var topics = TopicRole.needed(by: site).compactMap { role in
            replicas[site.name(role.topic)].map {
                TopicSettings(role, named: site.name(role.topic), replicas: $0)
            }
        }
        do throws(KafkaError) {
            let answers = try Administration(
                settings: .administration(user: site.properties),
                log: site.log
            )
            .describeConfigurations(
                of: topics.map(\.name),
                timeoutMilliseconds: timeoutMilliseconds
            )
            var failure: KafkaError?
            for index in topics.indices {
                switch answers[topics[index].name] {
                case .success(let properties)?: topics[index].properties = properties
                case .failure(let error)?: failure = failure ?? error
                case nil: break
                }
            }
            return TopicLook(topics: topics, failure: failure)
        } catch {
            return TopicLook(topics: topics, failure: error)
        }
    }

    /// Bytes that a record may have in each topic that we write to, where that was seen.
    func bytesMax(_ site: KafkaSite) -> [OutTopic: Int] {
        OutTopic.allCases.reduce(into: [:]) { limits, topic in
            limits[topic] = topics.first { $0.name == site.name(topic.name) }?.messageBytesMax
        }
    }

    /// What to look at by hand, because it couldn't be seen, and why; nil: nothing.
    package var unseen: String? {
        let names = topics.filter(\.properties.isEmpty).map(\.name)
        guard !names.isEmpty else { return nil }
        let why = failure.map { ": \($0.name): \($0.message)" } ?? ""
        let which = names.count == topics.count ? "the topics" : names.joined(separator: " ")
        return "how \(which) are set up\(why); grant DESCRIBE_CONFIGS "
            + "on them, or look at cleanup.policy and max.message.bytes by hand"
    }
}

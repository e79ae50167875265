package import KafkaTransport
internal import OpinionFlow
internal import OpinionMatching
package import OpinionService
package import OpinionWire

/// `opinionctl explain`: the whole story of a request, from the topics, for a person.
package enum Explain {
    /// - Parameters:
    ///   - settings: Settings that could be loaded.
    ///   - request: The request's id.
    ///   - network: Its network; nil: the only one that has it.
    ///   - specialist: Who was not chosen, and why not; nil: nobody is asked about.
    ///   - timeoutMilliseconds: How long the brokers may take to answer at all.
    ///   - print: Takes lines for a person.
    ///   - progress: Told now and then how many records were read of how many.
    /// - Returns: 0; 64 when there is no such request, or more than one; 69, 77, 78 as in the contract.
    package static func run(
        _ settings: Settings,
        request: String,
        in network: String?,
        whyNot specialist: String?,
        timeoutMilliseconds: Int32 = 15_000,
        print: @escaping (String) -> Void,
        progress: @escaping (_ read: Int64, _ of: Int64) -> Void
    ) -> ExitCode {
        let scan = TopicScan(
            site: settings.site,
            timeoutMilliseconds: timeoutMilliseconds,
            progress: progress
        )
        do throws(KafkaError) {
            return try run(settings, request: request, in: network, whyNot: specialist, print) {
                (passages, take) throws(KafkaError) in try scan.run(passages, take)
            }
        } catch {
            var report = CheckReport(print: print)
            if error.reaction == .badSettings {
                print(LineText.escaped("\(error.attempted): \(error.name): \(error.message)"))
            } else {
                report.failed(to: scan.site, error)
            }
            return error.checkCode
        }
    }

    /// Gives the committed records of parts of topics, each partition in its order; more does no harm.
    package typealias Reading = (
        _ passages: [TopicSlice], _ take: (Record) -> Void
    ) throws(KafkaError) -> Void

    /// The same of whatever the topics are read with.
    ///
    /// - Throws: Whatever reading throws.
    package static func run(
        _ settings: Settings,
        request: String,
        in network: String?,
        whyNot specialist: String?,
        _ print: (String) -> Void,
        reading: Reading
    ) throws(KafkaError) -> ExitCode {
        let short =
            specialist == nil
            ? try shortcut(request, in: network, settings, reading: reading) : nil
        var (book, pauses) =
            if let short { (short, PauseHistory?.none) } else {
                try whole(request, in: network, whyNot: specialist, settings, reading: reading)
            }
        book.close()
        guard book.networks.count == 1 else { return refuse(book, print) }
        var doubt: WhyNot?
        if let specialist, let pauses {
            let wanted = book.seated.union([specialist])
            var profiles = ProfileHistory(of: wanted, without: book.refusals, settings)
            try reading(TopicSlice.all([Topic.specialists])) { profiles.take($0) }
            doubt = WhyNot(specialist, profiles, pauses, book.decisions, settings.policy)
        }
        tell(book, &doubt, print)
        return .stopped
    }

    private static func refuse(_ book: RequestHistory, _ print: (String) -> Void) -> ExitCode {
        let names = LineText.escaped(book.networks.sorted().joined(separator: ", "))
        let others = LineText.escaped(book.otherNetworks.sorted().joined(separator: ", "))
        let request = LineText.escaped(book.request)
        if !names.isEmpty {
            print("several networks have it: say --network, one of \(names)")
        } else if let network = book.network, !others.isEmpty {
            print("\(LineText.escaped(network)) has no \(request): say --network \(others)")
        } else {
            print("the topics hold nothing about \(request)")
        }
        return .usage
    }

    private static func tell(
        _ book: RequestHistory,
        _ doubt: inout WhyNot?,
        _ print: (String) -> Void
    ) {
        let network = book.networks.first ?? ""
        print(LineText.escaped("\(book.request) in \(network)"))
        var day: Day?
        for entry in book.entries {
            if day != entry.at.day { print(Timestamp.text(day: entry.at)) }
            day = entry.at.day
            let lines = entry.lines
            print("  \(Timestamp.text(timeOfDay: entry.at))  \(LineText.escaped(lines[0]))")
            for line in lines.dropFirst() { print("                  \(LineText.escaped(line))") }
            doubt?.take(entry)
            if let answer = doubt?.takeAnswer() {
                print("                  \(LineText.escaped(answer))")
            }
        }
        if let why = doubt?.closing { print(LineText.escaped(why)) }
    }
}

extension Timestamp {
    fileprivate static func text(day moment: Moment) -> String {
        String(string(moment.milliseconds).prefix(10))
    }

    fileprivate static func text(timeOfDay moment: Moment) -> String {
        String(string(moment.milliseconds).dropFirst(11).prefix(12))
    }

    /// RFC 3339 with milliseconds.
    static func string(_ milliseconds: Int64) -> String {
        let bytes = text(milliseconds)
        return String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
}

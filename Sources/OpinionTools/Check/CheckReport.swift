internal import KafkaTransport
internal import OpinionService

/// Puts together what a command found, and with which code it ends.
struct CheckReport {
    /// How the command ends so far: `stopped` while nothing is wrong.
    private(set) var code = ExitCode.stopped
    private(set) var faultCount = 0
    private(set) var warningCount = 0
    private let print: (String) -> Void

    init(print: @escaping (String) -> Void) {
        self.print = print
    }

    /// Says something in two columns.
    func say(_ what: String, _ text: String) {
        let gap = String(repeating: " ", count: max(12 - what.count, 1))
        print(LineText.escaped(what + gap + text))
    }

    mutating func warn(_ what: String, _ text: String) {
        warningCount += 1
        say(what, "warning: " + text)
    }

    mutating func fail(_ what: String, _ text: String, _ code: ExitCode) {
        faultCount += 1
        say(what, "WRONG: " + text)
        if rank(self.code) < rank(code) { self.code = code }
    }

    mutating func fail(_ what: String, _ error: KafkaError) {
        fail(what, "\(error.attempted): \(error.name): \(error.message)", error.checkCode)
    }

    /// The brokers can't be asked: says why, in the client library's words, and what to do.
    mutating func failed(to reach: KafkaSite, _ error: KafkaError) {
        let why = reach.takeUnreachable()
        let isWordless = why.words.isEmpty || error.reaction == .badSettings
        isWordless
            ? fail("brokers", error)
            : fail("brokers", why.words.joined(separator: "; "), error.checkCode)
        if isWordless { for words in why.words { say("", words) } }
        if let advice = why.advice { say("", advice) }
    }

    /// Some broker could not be talked to, though others answer: one that is down, or whose advertised name is
    /// of no use here.
    mutating func tell(_ why: Unreachable) {
        for words in why.failures { warn("brokers", words) }
        if !why.failures.isEmpty, let advice = why.advice { say("", advice) }
    }

    /// Says what isn't right about how the topics are set up; the same thing of several topics once.
    mutating func tell(_ look: TopicLook, _ needs: TopicNeeds) {
        var told: Set<String> = []
        let findings = TopicJudgement.findings(look.topics, needs)
        for finding in findings where told.insert(finding.text).inserted {
            let topics = findings.filter { $0.text == finding.text }.map(\.topic)
            let isOfAll = topics.count == look.topics.count
            let names = isOfAll ? "all topics" : topics.joined(separator: " ")
            switch finding.severity {
            case .refuse: fail(names, finding.text, .badSettings)
            case .warn: warn(names, finding.text)
            }
        }
        if let unseen = look.unseen { say("not seen", unseen) }
    }

    /// Which of several codes is the command's: what keeps us from seeing the rest comes first.
    private func rank(_ code: ExitCode) -> Int {
        switch code {
        case .unreachable: 3
        case .unauthorised: 2
        case .stopped: 0
        case .badSettings, .usage, .stateMismatch, .bug, .tryAgain, .fenced: 1
        }
    }

    /// Says how it came out, in one line.
    func end(_ fine: String) -> ExitCode {
        let warnings = warningCount == 0 ? "" : ", \(warningCount) to look at (warning)"
        switch code {
        case .stopped: print("OK: \(fine)\(warnings)")
        case let code: print("NOT OK (exit \(code.rawValue)): \(faultCount) wrong\(warnings)")
        }
        return code
    }
}

extension KafkaError {
    /// How a command ends that got this error; unlike the daemon it doesn't wait.
    var checkCode: ExitCode {
        switch reaction {
        case .badSettings: .badSettings
        case .unauthorised: .unauthorised
        case .retry, .abort, .fenced, .restart, .dataLoss: .unreachable
        }
    }
}

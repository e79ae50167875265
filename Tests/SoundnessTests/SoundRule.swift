import Foundation
import Testing

/// A rule of how the sources are written, and a sample that breaks it.
struct SoundRule: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Files that have to be found faulty.
    let samples: [SourceFile]
    /// What is wrong with a file; nil: nothing.
    let fault: @Sendable (SourceFile) -> String?

    init(
        _ name: String,
        breaking samples: [(path: String, text: String)],
        _ fault: @escaping @Sendable (SourceFile) -> String?
    ) {
        testDescription = name
        self.samples = samples.map { SourceFile(path: $0.path, text: $0.text) }
        self.fault = fault
    }

    static let all = [
        arrows, pureImports, pureWords, unsafe, forcedTries, silentCatches, length,
    ]

    // MARK: Arrows

    /// Which of our modules each module may know: arrows only point down.
    static let layers: [String: Set<String>] = [
        "OpinionMatching": [],
        "OpinionFlow": ["OpinionMatching"],
        "OpinionWire": ["CSimdJSON", "OpinionFlow", "OpinionMatching"],
        "KafkaTransport": ["CRDKafka", "OpinionWire"],
        "OpinionReplay": ["KafkaTransport", "OpinionFlow", "OpinionMatching", "OpinionWire"],
        "OpinionService": [
            "CProcess", "KafkaTransport", "OpinionFlow", "OpinionMatching", "OpinionWire",
        ],
        "OpinionTools": [
            "KafkaTransport", "OpinionFlow", "OpinionMatching", "OpinionService", "OpinionWire",
        ],
        "OpinionCommands": ["OpinionService"],
        "opiniond": [
            "KafkaTransport", "OpinionCommands", "OpinionFlow", "OpinionMatching", "OpinionReplay",
            "OpinionService", "OpinionTools", "OpinionWire",
        ],
        "opinionctl": [
            "KafkaTransport", "OpinionCommands", "OpinionFlow", "OpinionMatching", "OpinionReplay",
            "OpinionService", "OpinionTools", "OpinionWire",
        ],
    ]

    private static let ours = Set(layers.keys).union(["CProcess", "CRDKafka", "CSimdJSON"])

    private static let arrows = SoundRule(
        "imports only point down",
        breaking: [
            ("OpinionMatching/X.swift", "internal import OpinionFlow"),
            ("OpinionFlow/X.swift", "package import OpinionWire"),
            ("OpinionService/X.swift", "@preconcurrency internal import CRDKafka"),
            ("OpinionService/Loop/X.swift", "internal import OpinionTools"),
            ("OpinionTools/X.swift", "internal import CRDKafka"),
            ("KafkaTransport/X.swift", "import struct OpinionFlow.Event"),
            ("Elsewhere/X.swift", ""),
        ]
    ) { file in
        guard let allowed = layers[file.module] else { return "is in a module of no layer" }
        let wrong = file.imports.filter { ours.contains($0) && !allowed.contains($0) }
        return wrong.isEmpty ? nil : "imports \(wrong)"
    }

    // MARK: The pure core

    private static let pure: Set = ["OpinionMatching", "OpinionFlow", "OpinionWire"]

    private static let pureImports = SoundRule(
        "the core imports nothing but itself",
        breaking: [
            ("OpinionMatching/X.swift", "internal import Synchronization"),
            ("OpinionFlow/X.swift", "import Foundation"),
            ("OpinionWire/In/X.swift", "internal import Logging"),
        ]
    ) { file in
        let allowed = layers[file.module] ?? []
        let wrong = pure.contains(file.module) ? file.imports.filter { !allowed.contains($0) } : []
        return wrong.isEmpty ? nil : "imports \(wrong)"
    }

    private static let impure = [
        "Foundation", "Glibc", "Dispatch", "DispatchQueue", "Synchronization", "Mutex", "Date",
        "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "UUID", "Task",
        "Thread", "Logger", "print", "async", "await", "actor", "hashValue",
    ]
    private static let impureCalls = [
        ".random(", ".randomElement(", ".shuffled(", ".shuffle(", "random(in:", "Hasher()",
    ]

    private static let pureWords = SoundRule(
        "the core has no clock, no chance, no task, no log and no hash that differs by process",
        breaking: impure.map { ("OpinionFlow/X.swift", "let x = \($0)()") }
            + impureCalls.map { ("OpinionWire/X.swift", "let x = Int\($0)") }
    ) { file in
        guard pure.contains(file.module) else { return nil }
        let words = impure.filter { file.contains(word: $0) }
        let calls = impureCalls.filter { file.code.contains($0) && !isHashTable(file, $0) }
        return words.isEmpty && calls.isEmpty ? nil : "mentions \(words + calls)"
    }

    /// A table hashes as the standard library's do: where something lies in it differs by process, what it answers
    /// doesn't.
    private static func isHashTable(_ file: SourceFile, _ call: String) -> Bool {
        call == "Hasher()" && file.path == "OpinionMatching/Storage/NameHash.swift"
    }

    // MARK: Everywhere

    private static let unsafe = SoundRule(
        "memory is touched by hand only where Kafka and the JSON parser are",
        breaking: [
            ("OpinionWire/JSON/JSONWriter.swift", "let x = unsafe y"),
            ("OpinionService/X.swift", "@unsafe func x() {}"),
            ("OpinionFlow/X.swift", "withUnsafe { unsafe $0.pointee }"),
        ]
    ) { file in
        let isAllowed =
            file.module == "KafkaTransport"
            || ["OpinionWire/JSON/JSONReader.swift", "OpinionWire/JSON/JSONBuffer.swift"]
                .contains(file.path)
        return !isAllowed && file.contains(word: "unsafe") ? "says unsafe" : nil
    }

    private static let forcedTries = SoundRule(
        "no error is trapped on",
        breaking: [
            ("OpinionService/X.swift", "let x = try! y()"),
            ("KafkaTransport/X.swift", "try!\n    y()"),
        ]
    ) { $0.code.contains("try!") ? "says try!" : nil }

    private static let silentCatches = SoundRule(
        "no error is swallowed in silence",
        breaking: [
            ("OpinionService/X.swift", "do { try x() } catch {}"),
            ("OpinionWire/X.swift", "} catch {\n    // never mind\n}"),
            ("KafkaTransport/X.swift", "} catch let error as X { }"),
        ]
    ) { file in
        let pattern = "catch[^{}]*\\{\\s*\\}"
        let found = file.code.range(of: pattern, options: .regularExpression)
        return found == nil ? nil : "has an empty catch"
    }
}

import Foundation
import Testing

/// What the compiler can't check of how the sources are written.
@Suite("Soundness")
struct SoundnessTests {
    @Test("every source keeps every rule", arguments: SoundRule.all)
    func kept(rule: SoundRule) {
        let faults = SourceFile.all.compactMap { file in
            rule.fault(file).map { "\(file.path) \($0)" }
        }
        #expect(faults == [])
    }

    @Test("every rule finds what breaks it", arguments: SoundRule.all)
    func found(rule: SoundRule) {
        #expect(!rule.samples.isEmpty)
        for sample in rule.samples {
            #expect(rule.fault(sample) != nil, "\(sample.path): \(sample.text)")
        }
    }

    @Test("what comments and strings say breaks no rule", arguments: SoundRule.all)
    func talk(rule: SoundRule) {
        for sample in rule.samples where SoundRule.layers[sample.module] != nil {
            let line = sample.text.replacing("\n", with: " ").replacing("\"", with: "")
            let quiet = SourceFile(
                path: sample.path,
                text: """
                    // \(line)
                    /* \(line) */
                    let x = "\(line)" + #"\\(line)"#
                    let y = \"""
                        "\(line)"
                        \"""
                    """
            )
            #expect(rule.fault(quiet) == nil, "\(quiet.text)")
        }
    }

    @Test("the sources are there, and the core is among them")
    func sources() {
        let modules = Dictionary(grouping: SourceFile.all, by: \.module).mapValues(\.count)
        for module in ["OpinionMatching", "OpinionFlow", "OpinionWire", "KafkaTransport"] {
            #expect(modules[module, default: 0] >= 10, "\(module)")
        }
    }

    /// Files of the core that lie beside the folders, since they belong to all of them.
    private static let hallways: Set = ["OpinionFlow/Shard.swift", "OpinionFlow/Step.swift"]

    private func liesInARoom(_ path: String) -> Bool {
        path.count { $0 == "/" } > 1 || Self.hallways.contains(path)
    }

    @Test("every file of the core lies in a folder that says what it owns")
    func rooms() {
        let core: Set = ["OpinionMatching", "OpinionFlow", "OpinionWire"]
        let flat = SourceFile.all.filter { core.contains($0.module) && !liesInARoom($0.path) }
        #expect(flat.map(\.path) == [])
        #expect(!liesInARoom("OpinionFlow/X.swift") && liesInARoom("OpinionFlow/Request/X.swift"))
    }
}

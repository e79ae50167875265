import OpinionMatching
import OpinionWire
import Testing

@Suite("ICD-10 codes and families")
struct ICD10Tests {
    private func site(_ code: String) -> String? {
        guard let site = ICD10Code(code)?.site else { return nil }
        return switch site {
        case .family(let family): family.name
        case .secondary: "_secondary"
        case .multiplePrimary: "_multiple_primary"
        case .finding: "_finding"
        }
    }

    @Test(
        "the longest prefix decides",
        arguments: [
            ("C50.9", "breast"), ("C509", "breast"), ("c50.9", "breast"), ("C50", "breast"),
            ("C50.911", "breast"), ("C50911", "breast"), ("C4A.9", "skin_nonmelanoma"),
            ("C7A.012", "neuroendocrine"), ("C7A012", "neuroendocrine"),
            ("D3A.021", "neuroendocrine"),
            ("C49.A2", "sarcoma"), ("C49A2", "sarcoma"), ("C49.2", "sarcoma"),
            ("C83.5", "leukaemia"),
            ("C83.3", "lymphoma"), ("C83.51", "leukaemia"), ("C83", "lymphoma"),
            ("C25.4", "neuroendocrine"), ("C25.3", "hpb"), ("C25", "hpb"), ("D18.02", "cns"),
            ("C78.7", "_secondary"), ("C77.9", "_secondary"), ("C7B.02", "_secondary"),
            ("C7B.1", "skin_nonmelanoma"), ("C97", "_multiple_primary"), ("R85.614", "_finding"),
            ("C38.0", "sarcoma"), ("C38.1", "thoracic_other"), ("C38.4", "thoracic_other"),
            ("C75.1", "cns"), ("C75.9", "endocrine"), ("D44.3", "cns"), ("D44.6", "endocrine"),
            ("C76.0", "head_neck"), ("C76.1", "unknown_primary"), ("C80.1", "unknown_primary"),
            ("C26.0", "colorectal"), ("C26.9", "unknown_primary"), ("D47.Z1", "lymphoma"),
            ("D47.Z2", "mds_mpn"), ("D47.2", "myeloma"), ("D72.110", "mds_mpn"),
            ("C93.10", "mds_mpn"),
            ("C18.1", "colorectal"), ("C61", "prostate"), ("C62.90", "testicular"),
        ]
    )
    func examples(code: String, expected: String) {
        #expect(site(code) == expected)
    }

    @Test(
        "a code outside the table has no site",
        arguments: [
            "Z00.0", "C98", "D18.01", "D18", "D72.1", "R85.61", "A00", "E11.9", "D35.1", "D47Z",
        ]
    )
    func unknown(code: String) {
        #expect(ICD10Code(code) != nil)
        #expect(site(code) == (code == "D47Z" ? "mds_mpn" : nil))
    }

    @Test(
        "what is no code is refused",
        arguments: [
            "", "C", "C5", "C50.", "C5.0", "50.9", "CC0.9", "C50.12345", "C5012345", "C50..9",
            "C50.9.",
            "C50 9", " C50.9", "C50.9 ", "C50-9", "C50,9", "Ç50.9", "C５0.9", "C50.é", ".C50",
            "C50.9\n",
            "C50.9\u{0}", "C5O.9.1", "C50/9", "@50", "[50", "C:0", "C/0",
        ]
    )
    func malformed(code: String) {
        #expect(ICD10Code(code) == nil)
    }

    @Test(
        "an organ with secondaries belongs to the family that treats it; nodes to none",
        arguments: [
            ("C78.7", "hpb"), ("C787", "hpb"), ("C79.51", "sarcoma"), ("c79.3", "cns"),
            ("C78.00", "lung"), ("C79.81", "breast"), ("C79.8", nil), ("C77.3", nil),
            ("C34.1", "lung"), ("C97", nil),
        ]
    )
    func organs(code: String, family: String?) throws {
        #expect(try #require(ICD10Code(code)).organ?.name == family)
    }

    @Test("case and dot make no difference to a code")
    func oneCode() throws {
        let code = try #require(ICD10Code("C50.911"))
        #expect(ICD10Code("c50911") == code)
        #expect(ICD10Code(Array("xC50.911x".utf8)[1..<8]) == code)
        #expect(code.description == "C50.911")
        #expect(ICD10Code("d3a")?.description == "D3A")
        #expect(ICD10Code("C50.9") != ICD10Code("C50.90"))
        #expect(ICD10Code("C50") != ICD10Code("C50.0"))
    }

    @Test("every row holds for its prefix and for longer codes that no other row names")
    func everyRow() throws {
        let rows = ICD10Table.canonical.split(separator: "\n").map { line in
            line.split(separator: " ").map(String.init)
        }
        #expect(rows.count == 222)
        let prefixes = Set(rows.map { $0[0].filter { $0 != "." } })
        for row in rows {
            let (prefix, name) = (row[0], row[1])
            let undotted = prefix.filter { $0 != "." }
            #expect(site(prefix) == name)
            #expect(site(undotted) == name)
            #expect(site(prefix.lowercased()) == name)
            for more in ["0", "9", "X", "99"] where undotted.count + more.count <= 7 {
                let longer = undotted + more
                let others = prefixes.filter { longer.hasPrefix($0) && $0.count > undotted.count }
                if others.isEmpty { #expect(site(longer) == name, "\(longer)") }
            }
        }
    }

    @Test("the table has the families of the contract, in its order")
    func families() {
        #expect(
            ICD10Table.families == [
                "breast", "lung", "thoracic_other", "upper_gi", "colorectal", "anal", "hpb",
                "neuroendocrine", "kidney", "urothelial", "prostate", "testicular", "penile",
                "ovarian_peritoneal", "uterine", "cervical", "vulvovaginal", "head_neck", "thyroid",
                "endocrine", "cns", "ocular", "melanoma", "skin_nonmelanoma", "sarcoma", "lymphoma",
                "leukaemia", "myeloma", "mds_mpn", "unknown_primary",
            ]
        )
    }

    @Test("the canonical text is sorted and names every prefix once")
    func canonical() {
        let lines = ICD10Table.canonical.split(separator: "\n")
        #expect(lines == lines.sorted())
        #expect(Set(lines.map { $0.prefix { $0 != " " } }).count == lines.count)
        #expect(lines.first == "C00 head_neck")
        #expect(lines.last == "R87.624 _finding")
    }

    @Test("the search finds what trying every prefix finds, for 20,000 random codes")
    func againstLinearSearch() {
        let rows = ICD10Table.canonical.split(separator: "\n").map { line in
            let parts = line.split(separator: " ")
            return (prefix: parts[0].filter { $0 != "." }, name: String(parts[1]))
        }
        var random = SplitMix(state: 3)
        let letters = Array("CCCCCDDDDRAZ"), digits = Array("0123456789"),
            any = Array("0123456789ABZ")
        for _ in 0..<20_000 {
            var code = "\(letters.randomElement(using: &random) ?? "C")"
            code.append(digits.randomElement(using: &random) ?? "0")
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                code.append(any.randomElement(using: &random) ?? "0")
            }
            let longest = rows.filter { code.hasPrefix($0.prefix) }.max {
                $0.prefix.count < $1.prefix.count
            }
            #expect(site(code) == longest?.name, "\(code)")
        }
    }
}

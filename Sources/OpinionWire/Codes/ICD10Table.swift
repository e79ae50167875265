internal import OpinionMatching

/// Which codes belong to which family of tumours: the project's own table, for ICD-10 and ICD-10-CM.
///
/// The longest prefix of a code decides, so that `C49` is a sarcoma of soft tissue, `C49.A` a GIST and
/// `C25.4` neuroendocrine inside a pancreas. Prefixes are as people write them, with the dot; the
/// groups inside a family say why a prefix is there and have no other use.
///
/// The names of families are the contract's: specialists state their expertise in them.
package enum ICD10Table {
    /// A row: the site as a word, and the prefixes that mean it.
    struct Row: Sendable {
        var name: String
        var prefixes: [String]
    }

    /// All rows; names that begin with `_` are no families.
    static let rows: [Row] = [
        Row(
            name: "breast",
            prefixes: [
                // invasive
                "C50",
                // in situ
                "D05",
                // uncertain
                "D48.6", "D49.3",
            ]
        ),
        Row(
            name: "lung",
            prefixes: [
                // trachea bronchus lung
                "C33", "C34", "C39",
                // in situ
                "D02.1", "D02.2", "D02.3", "D02.4",
                // uncertain
                "D38.1", "D38.5", "D38.6",
            ]
        ),
        Row(
            name: "thoracic_other",
            prefixes: [
                // mesothelioma
                "C45",
                // pleura
                "C38.4", "D38.2",
                // thymus mediastinum
                "C37", "C38", "D38.3", "D38.4",
            ]
        ),
        Row(
            name: "upper_gi",
            prefixes: [
                // oesophagus
                "C15", "D00.1",
                // stomach
                "C16", "D00.2", "D37.1",
            ]
        ),
        Row(
            name: "colorectal",
            prefixes: [
                // small bowel
                "C17", "D37.2",
                // colon
                "C18", "D01.0", "D37.4", "C26.0", "D01.4",
                // appendix
                "C18.1", "D37.3",
                // rectum
                "C19", "C20", "D01.1", "D01.2", "D37.5",
            ]
        ),
        Row(
            name: "anal",
            prefixes: [
                // anal
                "C21", "D01.3",
            ]
        ),
        Row(
            name: "hpb",
            prefixes: [
                // liver
                "C22", "D37.6",
                // biliary
                "C22.1", "C23", "C24", "D01.5",
                // pancreas
                "C25", "D01.7",
            ]
        ),
        Row(
            name: "neuroendocrine",
            prefixes: [
                // pancreatic islet
                "C25.4",
                // net
                "C7A", "D3A",
            ]
        ),
        Row(
            name: "kidney",
            prefixes: [
                // kidney
                "C64", "D41.0",
            ]
        ),
        Row(
            name: "urothelial",
            prefixes: [
                // renal pelvis ureter
                "C65", "C66", "D41.1", "D41.2",
                // bladder
                "C67", "D09.0", "D41.4",
                // urethra other
                "C68", "D09.1", "D41.3", "D41.7", "D41.8", "D41.9",
            ]
        ),
        Row(
            name: "prostate",
            prefixes: [
                // prostate
                "C61", "D07.5", "D40.0",
            ]
        ),
        Row(
            name: "testicular",
            prefixes: [
                // testis
                "C62", "D40.1",
            ]
        ),
        Row(
            name: "penile",
            prefixes: [
                // penis other male
                "C60", "C63", "D07.4", "D07.6", "D40.7", "D40.8", "D40.9",
            ]
        ),
        Row(
            name: "ovarian_peritoneal",
            prefixes: [
                // ovary tube
                "C56", "C57", "D39.1",
                // peritoneum
                "C48.1", "C48.2", "C48.8", "D48.4",
            ]
        ),
        Row(
            name: "uterine",
            prefixes: [
                // corpus
                "C54", "C55", "D07.0", "D39.0",
                // trophoblastic
                "C58", "D39.2",
            ]
        ),
        Row(
            name: "cervical",
            prefixes: [
                // cervix
                "C53", "D06",
            ]
        ),
        Row(
            name: "vulvovaginal",
            prefixes: [
                // vulva vagina
                "C51", "C52", "D07.1", "D07.2", "D07.3", "D39.7", "D39.8", "D39.9",
            ]
        ),
        Row(
            name: "head_neck",
            prefixes: [
                // oral pharynx
                "C00", "C01", "C02", "C03", "C04", "C05", "C06", "C09", "C10", "C11", "C12", "C13",
                "C14", "D00.0", "D37.0",
                // salivary
                "C07", "C08",
                // sinonasal
                "C30", "C31",
                // larynx
                "C32", "D02.0", "D38.0",
                // ill defined
                "C76.0",
            ]
        ),
        Row(
            name: "thyroid",
            prefixes: [
                // thyroid
                "C73", "D44.0", "D09.3",
            ]
        ),
        Row(
            name: "endocrine",
            prefixes: [
                // adrenal
                "C74", "D44.1",
                // other
                "C75", "D44", "D49.7",
            ]
        ),
        Row(
            name: "cns",
            prefixes: [
                // brain meninges cord
                "C70", "C71", "C72", "D32", "D33", "D42", "D43", "D18.02", "D49.6",
                // sellar pineal
                "C75.1", "C75.2", "C75.3", "D35.2", "D35.3", "D35.4", "D44.3", "D44.4", "D44.5",
            ]
        ),
        Row(
            name: "ocular",
            prefixes: [
                // eye
                "C69", "D09.2",
            ]
        ),
        Row(
            name: "melanoma",
            prefixes: [
                // skin
                "C43", "D03",
            ]
        ),
        Row(
            name: "skin_nonmelanoma",
            prefixes: [
                // keratinocyte
                "C44", "D04", "D48.5",
                // merkel
                "C4A", "C7B.1",
            ]
        ),
        Row(
            name: "sarcoma",
            prefixes: [
                // bone
                "C40", "C41", "D48.0",
                // soft tissue
                "C49", "C48", "C38.0", "D48.1", "D48.3",
                // gist
                "C49.A",
                // kaposi
                "C46",
                // peripheral nerve
                "C47", "D48.2",
            ]
        ),
        Row(
            name: "lymphoma",
            prefixes: [
                // hodgkin
                "C81",
                // follicular
                "C82",
                // aggressive b
                "C83", "C85",
                // t nk
                "C84", "C86",
                // other b
                "C88", "D47.Z1",
            ]
        ),
        Row(
            name: "leukaemia",
            prefixes: [
                // lymphoblastic lymphoma
                "C83.5",
                // lymphoid
                "C91",
                // myeloid
                "C92", "C93", "C94",
                // unspecified
                "C95",
                // histiocytic other
                "C96",
            ]
        ),
        Row(
            name: "myeloma",
            prefixes: [
                // plasma cell
                "C90", "D47.2",
            ]
        ),
        Row(
            name: "mds_mpn",
            prefixes: [
                // mds
                "D46", "C94.6",
                // mpn
                "D45", "D47", "C94.4", "D72.11",
                // cmml
                "C93.1",
                // mastocytosis
                "C96.2", "C94.3", "D47.0",
            ]
        ),
        Row(
            name: "unknown_primary",
            prefixes: [
                // cup
                "C80",
                // ill defined site
                "C76", "C26", "D09", "D00", "D01", "D02", "D07", "D48", "D49", "D37", "D38", "D39",
                "D40", "D41",
            ]
        ),
        Row(
            name: "_secondary",
            prefixes: [
                // nodes
                "C77",
                // resp digestive
                "C78",
                // other
                "C79",
                // net
                "C7B",
            ]
        ),
        Row(
            name: "_multiple_primary",
            prefixes: [
                // multiple
                "C97"
            ]
        ),
        Row(
            name: "_finding",
            prefixes: [
                // cytology
                "R85.614", "R87.624",
            ]
        ),
    ]

    /// The names of the families, in the order of the table; ``ICD10Site/family(_:)`` counts in it.
    package static let families: [String] = rows.map(\.name).filter { !$0.hasPrefix("_") }

    /// The table in one spelling, a line `prefix name` for each prefix, sorted: for a hash to be taken of.
    package static let canonical: String =
        rows
        .flatMap { row in row.prefixes.map { "\($0) \(row.name)\n" } }
        .sorted()
        .joined()

    /// The prefixes, packed and sorted, and beside each what it means.
    static let index: (prefixes: [UInt64], sites: [ICD10Site]) = {
        let entries =
            rows
            .flatMap { row in row.prefixes.map { (packed($0), site(named: row.name)) } }
            .sorted { $0.0 < $1.0 }
        for (one, next) in zip(entries, entries.dropFirst()) {
            precondition(one.0 != next.0, "a prefix stands twice in the table of families")
        }
        return (entries.map(\.0), entries.map(\.1))
    }()

    private static func packed(_ prefix: String) -> UInt64 {
        guard let code = ICD10Code(prefix) else {
            preconditionFailure("\(prefix) in the table of families is no code")
        }
        return code.packed
    }

    private static func site(named name: String) -> ICD10Site {
        switch name {
        case "_secondary": return .secondary
        case "_multiple_primary": return .multiplePrimary
        case "_finding": return .finding
        default:
            guard let family = CancerFamily(name: name) else {
                preconditionFailure("\(name) is no family")
            }
            return .family(family)
        }
    }
}

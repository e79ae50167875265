// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]

let package = Package(
    name: "opiniond",
    dependencies: [],
    targets: [
        // The C libraries, as Debian has them.
        .systemLibrary(
            name: "CRDKafka",
            pkgConfig: "rdkafka",
            providers: [.apt(["librdkafka-dev"])]
        ),
        .target(
            name: "CSimdJSON",
            linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("stdc++")]
        ),
        // The pure core: no I/O, no clock, no randomness, no Foundation. Arrows only point down.
        .target(name: "OpinionMatching", swiftSettings: strict),
        .target(name: "OpinionFlow", dependencies: ["OpinionMatching"], swiftSettings: strict),
        .target(
            name: "OpinionWire",
            dependencies: ["CSimdJSON", "OpinionFlow", "OpinionMatching"],
            swiftSettings: strict
        ),
        // The shell.
        .target(
            name: "KafkaTransport",
            dependencies: ["CRDKafka", "OpinionWire"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OpinionWireTests",
            dependencies: ["OpinionWire", "OpinionFlow", "OpinionMatching"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "KafkaTransportTests",
            dependencies: ["KafkaTransport", "OpinionWire"],
            swiftSettings: strict
        ),
    ],
    cxxLanguageStandard: .cxx17
)

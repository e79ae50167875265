// swift-tools-version: 6.3
import PackageDescription

/// Releases for PCs count bits with one instruction: x86-64-v2, every server since about 2009. A seventh more
/// decisions a second.
#if arch(x86_64)
let processor = ["-Xcc", "-march=x86-64-v2"]
#else
let processor: [String] = []
#endif

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
    // Debug builds, in which all tests run, check every access for overlap; releases needn't.
    .unsafeFlags(["-enforce-exclusivity=unchecked"] + processor, .when(configuration: .release)),
]

/// Carries Swift's own libraries: runs where no Swift is installed, and calls into them cost less.
let standalone: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-static-stdlib", "-lCoreFoundation", "-l_FoundationCShims", "-l_FoundationCollections",
            "-l_FoundationICU",
        ],
        .when(configuration: .release)
    )
]

let package = Package(
    name: "opiniond",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
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
        // sd_notify and malloc settings, behind functions that take no pointers.
        .target(name: "CProcess"),
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
        .target(
            name: "OpinionService",
            dependencies: [
                "CProcess", "KafkaTransport", "OpinionFlow", "OpinionMatching", "OpinionWire",
                "Yams",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "OpinionReplay",
            dependencies: ["KafkaTransport", "OpinionMatching", "OpinionWire"],
            swiftSettings: strict
        ),
        // What people ask beside the daemon: are settings and topics right, what became of a request.
        .target(
            name: "OpinionTools",
            dependencies: [
                "KafkaTransport", "OpinionFlow", "OpinionMatching", "OpinionService", "OpinionWire",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        // What the programs' commands have in common.
        .target(
            name: "OpinionCommands",
            dependencies: [
                "OpinionService",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "opiniond",
            dependencies: [
                "KafkaTransport", "OpinionCommands", "OpinionFlow", "OpinionMatching",
                "OpinionReplay", "OpinionService", "OpinionTools", "OpinionWire",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            linkerSettings: standalone
        ),
        .executableTarget(
            name: "opinionctl",
            dependencies: [
                "KafkaTransport", "OpinionCommands", "OpinionReplay", "OpinionService",
                "OpinionTools",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            linkerSettings: standalone
        ),
        // Benchmarks are run by hand, never as tests.
        .executableTarget(
            name: "OpinionBenchmarks",
            dependencies: [
                "CProcess", "OpinionFlow", "OpinionFuzzing", "OpinionMatching", "OpinionReplay",
                "OpinionService", "OpinionTesting", "OpinionWire",
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/OpinionBenchmarks",
            exclude: ["run.py", "instructions.json"],
            linkerSettings: standalone
        ),
        // What several test targets need: chance with a seed, the rules written a second time, the
        // world outside (what is sent to the daemon, and what must come of it), and the manual pages.
        .target(
            name: "OpinionTesting",
            dependencies: ["OpinionFlow", "OpinionMatching", "OpinionWire"],
            path: "Tests/OpinionTesting",
            swiftSettings: strict
        ),
        .testTarget(
            name: "OpinionMatchingTests",
            dependencies: ["OpinionMatching", "OpinionTesting"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OpinionFlowTests",
            dependencies: ["OpinionFlow", "OpinionMatching", "OpinionTesting", "OpinionWire"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OpinionWireTests",
            dependencies: ["OpinionFlow", "OpinionMatching", "OpinionTesting", "OpinionWire"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "KafkaTransportTests",
            dependencies: ["KafkaTransport", "OpinionWire"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OpinionServiceTests",
            dependencies: [
                "OpinionService", "KafkaTransport", "OpinionFlow", "OpinionMatching",
                "OpinionTesting", "OpinionWire",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OpinionToolsTests",
            dependencies: [
                "OpinionTools", "KafkaTransport", "OpinionFlow", "OpinionMatching",
                "OpinionService", "OpinionTesting", "OpinionWire",
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "SoundnessTests", dependencies: ["OpinionWire"], swiftSettings: strict),
        // The whole service over simulated brokers, processes and time.
        .target(
            name: "OpinionSimulation",
            dependencies: [
                "KafkaTransport", "OpinionFlow", "OpinionMatching", "OpinionService",
                "OpinionTesting", "OpinionWire",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Simulation",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "Simulator",
            dependencies: ["OpinionSimulation"],
            path: "Tests/Simulator",
            swiftSettings: strict,
            linkerSettings: standalone
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["OpinionSimulation"],
            swiftSettings: strict
        ),
        // The whole service, told records that were spoiled on purpose.
        .target(
            name: "OpinionFuzzing",
            dependencies: [
                "KafkaTransport", "OpinionFlow", "OpinionMatching", "OpinionService",
                "OpinionTesting", "OpinionWire",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Fuzzing",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "Fuzzer",
            dependencies: ["CProcess", "OpinionFuzzing", "OpinionWire"],
            path: "Tests/Fuzzer",
            swiftSettings: strict,
            linkerSettings: standalone
        ),
        .testTarget(
            name: "FuzzingTests",
            dependencies: ["OpinionFuzzing"],
            swiftSettings: strict
        ),
        // The programs as processes, the daemon against a real broker.
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "KafkaTransport", "OpinionFlow", "OpinionTesting", "OpinionWire", "opinionctl",
                "opiniond",
            ],
            swiftSettings: strict
        ),
    ],
    cxxLanguageStandard: .cxx17
)

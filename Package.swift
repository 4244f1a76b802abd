// swift-tools-version: 6.2

import PackageDescription

/// What every Swift target is compiled with: one dialect, and no warning left standing.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// The version of these sources; `make build` and `make deb` have it from git too (debian/version).
let version = Context.environment["CASEKEEPER_VERSION"] ?? "0.1.0"

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "casekeeper",
    products: [
        .executable(name: "casekeeper", targets: ["casekeeper"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        // The domain: values and rules.
        .target(name: "Complaints", swiftSettings: settings),

        // Hashes, by Debian's libcrypto.
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "Hashing", dependencies: ["CCrypto"], swiftSettings: settings),

        // SQLite.
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "Migrations", path: "Migrations",
            resources: [
                .embedInCode("V001_cases_and_promises.sql"), .embedInCode("V002_indexes_for_scale.sql"),
                .embedInCode("V003_answered_requests.sql"), .embedInCode("V004_cheaper_creates.sql"),
                .embedInCode("V005_overdue_mark.sql"), .embedInCode("V006_token_uses.sql"),
                .embedInCode("V007_tactics.sql"),
                .embedInCode("V008_unique_external_ids.sql"), .embedInCode("V009_cursor_key.sql"),
                .embedInCode("V010_full_case_folding.sql"), .embedInCode("V011_space_in_names.sql"),
                .embedInCode("V012_one_log.sql"), .embedInCode("V013_sorted.sql"),
                .embedInCode("V014_field_history.sql"), .embedInCode("V015_within_reason.sql"),
                .embedInCode("V016_chains.sql"),
                .embedInCode("V017_accountable.sql"),
                .embedInCode("V018_owners.sql"),
                .embedInCode("V019_customers.sql"),
                .embedInCode("V020_words_of_search.sql"),
                .embedInCode("V021_transfers.sql"),
                .embedInCode("V022_calendars.sql"),
                .embedInCode("V023_policy_rules.sql"),
                .embedInCode("V024_outcomes.sql"),
                .embedInCode("V025_regimes.sql"),
                .embedInCode("V026_case_regimes.sql"),
                .embedInCode("V027_policies_in_business_time.sql"),
                .embedInCode("V028_cases_by_regime.sql"),
                .embedInCode("V029_put_right.sql"),
                .embedInCode("V030_webhooks.sql"),
                .embedInCode("V031_marks.sql"),
                .embedInCode("V032_absences.sql"),
                .embedInCode("V033_cadence.sql"),
                .embedInCode("V034_digests.sql"),
                .embedInCode("V035_epochs.sql"),
                .embedInCode("V036_pages.sql"),
                .embedInCode("V037_repeated_misses.sql"),
            ],
            swiftSettings: settings),
        .target(
            name: "CaseStore", dependencies: ["CSQLite", "Complaints", "Hashing", "Migrations", grdb, sqlite],
            swiftSettings: settings),

        // The allocator's settings.
        .systemLibrary(name: "CMalloc"),

        // Sockets, Dispatch, HTTP/1.1.
        .target(name: "CEpoll"),
        .target(name: "CSocketDiag"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "HTTPServer", dependencies: ["CEpoll", "CSocketDiag", "CZlib", httpTypes, logging],
            // Each byte of a test goes through its loops. What is asserted stays, as does what is checked of accesses.
            swiftSettings: settings + [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))]),

        // Requests to other servers, by Debian's libcurl.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "HTTPClient", dependencies: ["CCurl"], swiftSettings: settings),

        // Which version this is.
        .target(name: "CVersion", cSettings: [.define("CASEKEEPER_VERSION", to: "\"\(version)\"")]),

        // The routes, and the command line that wires it all.
        .target(
            name: "CaseAPI",
            dependencies: ["HTTPClient", "HTTPServer", "CaseStore", "Complaints", "Hashing", httpTypes, logging],
            swiftSettings: settings),

        // Pages for people.
        .target(
            name: "Board", dependencies: ["CaseAPI", "Complaints", "HTTPServer", "Hashing", httpTypes, mustache],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")], swiftSettings: settings),

        .executableTarget(
            name: "casekeeper",
            dependencies: [
                "Board", "CMalloc", "CVersion", "CaseAPI", "CaseStore", "Complaints", "HTTPClient", "HTTPServer",
                argumentParser,
                logging,
            ],
            swiftSettings: settings),

        // What tests of several targets need.
        .target(
            name: "TestSupport", dependencies: ["Complaints", "CZlib"], path: "Tests/TestSupport",
            // Every answer to a test is read and held to the description in it.
            swiftSettings: settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        // Made-up histories of any size, for tests and benchmarks.
        .target(
            name: "DeskSimulation", dependencies: ["CaseStore", "Complaints", "TestSupport", grdb],
            path: "Tests/Benchmarks/Simulation",
            swiftSettings: settings),
        // What the tests of a power cut record beside the real one.
        .executableTarget(
            name: "power-cut-server", dependencies: ["CaseAPI", "CaseStore", "HTTPServer", logging],
            path: "Tests/PowerCutServer", swiftSettings: settings),

        // What answers those who reckon business time by themselves, a line a question.
        .executableTarget(
            name: "calendar-answers", dependencies: ["CaseAPI", "Complaints"], path: "Tests/Calendars/Answers",
            swiftSettings: settings),

        .testTarget(name: "HashingTests", dependencies: ["Hashing"], swiftSettings: settings),
        .testTarget(name: "ComplaintsTests", dependencies: ["Complaints", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "CaseStoreTests",
            dependencies: [
                "CaseStore", "Complaints", "DeskSimulation", "Hashing", "Migrations", "TestSupport", grdb, sqlite,
            ],
            exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "HTTPServerTests", dependencies: ["HTTPServer", "TestSupport", httpTypes, logging],
            exclude: ["BlackBox/requests.txt"], swiftSettings: settings),
        .testTarget(
            name: "HTTPClientTests", dependencies: ["HTTPClient", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "CaseAPITests",
            dependencies: [
                "CaseAPI", "CaseStore", "Complaints", "Hashing", "HTTPClient", "HTTPServer", "TestSupport", grdb,
                httpTypes, logging,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "BoardTests",
            dependencies: [
                "Board", "CaseAPI", "CaseStore", "Complaints", "HTTPServer", "TestSupport", httpTypes, logging,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "casekeeperTests",
            dependencies: [
                "casekeeper", "calendar-answers", "power-cut-server", "Board", "CaseAPI", "CaseStore", "Complaints",
                "DeskSimulation", "HTTPServer", "TestSupport",
                argumentParser, grdb, httpTypes,
            ],
            exclude: ["Fixtures"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// The server alone, what makes the databases, and the least that a create can cost, for `make bench`.
if Context.environment["CASEKEEPER_BENCH"] == "1" {
    package.targets += [
        .executableTarget(
            name: "bare-server", dependencies: ["HTTPServer", httpTypes, logging],
            path: "Tests/Benchmarks/BareServer", swiftSettings: settings),
        .executableTarget(
            name: "make-cases", dependencies: ["CaseStore", "Complaints", "DeskSimulation"],
            path: "Tests/Benchmarks/MakeCases", swiftSettings: settings),
        .executableTarget(
            name: "sqlite-floor", path: "Tests/Benchmarks/Floor", exclude: ["slow-fsync.c"],
            linkerSettings: [.linkedLibrary("sqlite3")]),
    ]
}

let isFuzzing = Context.environment["CASEKEEPER_FUZZ"] == "1"

/// What must hold of a reader for whatever bytes, in `Tests/Fuzz/NAME`: with `CASEKEEPER_FUZZ=1` a program for libFuzzer,
/// else tests that go over its corpus.
///
/// - Parameter hasCost: whether what reading costs is compared with what it costs of honest input, too.
func fuzzed(_ name: String, dependencies: [Target.Dependency], hasCost: Bool = true) -> Target {
    let path = "Tests/Fuzz/\(name)"
    let dependencies = dependencies + (hasCost ? ["FuzzCost"] : [])
    let costTests = hasCost ? ["CostTests.swift"] : []
    guard isFuzzing else {
        return .testTarget(
            name: "Fuzz\(name)Tests", dependencies: dependencies + ["TestSupport"], path: path,
            exclude: ["Corpus", "FuzzTarget.swift"],
            swiftSettings: settings)
    }
    return .executableTarget(
        name: "Fuzz\(name)", dependencies: dependencies, path: path,
        exclude: ["Corpus", "CorpusTests.swift"] + costTests,
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
}

package.targets += [
    .target(name: "FuzzCost", path: "Tests/Fuzz/Cost", swiftSettings: settings),
    fuzzed("HTTPParser", dependencies: ["CaseAPI", "HTTPServer", httpTypes]),
    fuzzed("JSON", dependencies: ["CaseAPI", "Complaints", "HTTPServer", httpTypes]),
    fuzzed("Query", dependencies: ["CaseAPI", "CaseStore", "Complaints", "Hashing"]),
    fuzzed("TZif", dependencies: ["Complaints"], hasCost: false),
    fuzzed("Calendar", dependencies: ["Complaints"]),
    fuzzed("CSV", dependencies: ["casekeeper", "CaseAPI", "Complaints"], hasCost: false),
]

// The only main function is libFuzzer's then, so the program is a library without its own.
if isFuzzing, let index = package.targets.firstIndex(where: { $0.name == "casekeeper" }) {
    package.targets[index] = .target(
        name: "casekeeper", dependencies: package.targets[index].dependencies, exclude: ["Main.swift"],
        swiftSettings: settings)
    package.products = []
}

// What the thread sanitizer has to be told of Swift's Mutex, for `make tsan` alone: it links only with its run time.
if Context.environment["CASEKEEPER_TSAN"] == "1" {
    package.targets += [
        .target(name: "MutexAnnotations", path: "Tests/ThreadSanitizer/Annotations"),
        .testTarget(
            name: "ThreadSanitizerTests", dependencies: ["MutexAnnotations"], path: "Tests/ThreadSanitizer/Proof",
            swiftSettings: settings),
    ]
}

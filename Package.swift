// swift-tools-version: 6.2

import PackageDescription

/// What every Swift target is compiled with: one dialect, and no warning left standing.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "casekeeper",
    products: [
        .executable(name: "casekeeper", targets: ["casekeeper"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // The domain: values and rules.
        .target(name: "Complaints", swiftSettings: settings),

        // SQLite.
        .target(
            name: "Migrations", path: "Migrations", resources: [.embedInCode("V001_cases_and_promises.sql")],
            swiftSettings: settings),
        .target(
            name: "CaseStore", dependencies: ["Complaints", "Migrations", grdb, crypto], swiftSettings: settings),

        // Sockets, Dispatch, HTTP/1.1.
        .target(name: "CEpoll"),
        .target(name: "HTTPServer", dependencies: ["CEpoll", httpTypes, logging], swiftSettings: settings),

        // The routes, and the command line that wires it all.
        .target(
            name: "CaseAPI", dependencies: ["HTTPServer", "CaseStore", "Complaints", httpTypes, logging],
            swiftSettings: settings),
        .executableTarget(
            name: "casekeeper",
            dependencies: ["CaseAPI", "CaseStore", "Complaints", "HTTPServer", argumentParser, logging],
            swiftSettings: settings),

        .testTarget(name: "ComplaintsTests", dependencies: ["Complaints"], swiftSettings: settings),
        .testTarget(
            name: "CaseStoreTests", dependencies: ["CaseStore", "Complaints", "Migrations", grdb],
            swiftSettings: settings),
        .testTarget(
            name: "HTTPServerTests", dependencies: ["HTTPServer", httpTypes, logging],
            exclude: ["BlackBox/requests.txt"], swiftSettings: settings),
        .testTarget(
            name: "CaseAPITests",
            dependencies: ["CaseAPI", "CaseStore", "Complaints", "HTTPServer", httpTypes, logging],
            swiftSettings: settings),
        .testTarget(
            name: "casekeeperTests",
            dependencies: [
                "casekeeper", "CaseAPI", "CaseStore", "Complaints", "HTTPServer", argumentParser, grdb, httpTypes,
            ],
            exclude: ["Fixtures"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// The server alone, for `make bench`.
if Context.environment["CASEKEEPER_BENCH"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "bare-server", dependencies: ["HTTPServer", httpTypes, logging],
            path: "Tests/Benchmarks/BareServer", swiftSettings: settings))
}

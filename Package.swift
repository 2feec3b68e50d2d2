// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: Swift 6 mode, explicit imports, no implicit existentials.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableExperimentalFeature("Lifetimes"),
]

/// Modules without a C import keep pointers out: every unsafe construct has to say `unsafe`.
let safeSettings = settings + [.strictMemorySafety()]

let package = Package(
    name: "cobrowse-sso",
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "BridgeCore", swiftSettings: safeSettings),
        .target(name: "AuthService", dependencies: ["BridgeCore"], swiftSettings: safeSettings),
        .target(name: "StoreSQLite", dependencies: ["AuthService", "BridgeCore", "CSQLite"], swiftSettings: settings),
        .testTarget(
            name: "AuthServiceTests", dependencies: ["AuthService", "BridgeCore"], swiftSettings: settings),
        .testTarget(
            name: "IntegrationTests", dependencies: ["StoreSQLite", "AuthService", "BridgeCore"],
            swiftSettings: settings),
    ]
)

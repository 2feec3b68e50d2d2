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
    products: [
        .executable(name: "cobrowse-sso", targets: ["cobrowse-sso"]),
        .executable(name: "cobrowse-sso-bench", targets: ["cobrowse-sso-bench"]),
        .library(name: "BridgeCrypto", targets: ["BridgeCrypto", "BridgeCore"]),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // Without pkgConfig, which would link it: libcurl is opened on demand (Docs/ADR/0006).
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CEvent", pkgConfig: "libevent_openssl", providers: [.apt(["libevent-dev"])]),

        .target(name: "BridgeCore", swiftSettings: safeSettings),
        .target(name: "BridgeCrypto", dependencies: ["BridgeCore", "COpenSSL"], swiftSettings: settings),
        .target(name: "AuthService", dependencies: ["BridgeCore", "BridgeCrypto"], swiftSettings: safeSettings),
        .target(name: "StoreSQLite", dependencies: ["AuthService", "BridgeCore", "CSQLite"], swiftSettings: settings),
        .target(name: "HTTPMessage", dependencies: ["BridgeCore"], swiftSettings: safeSettings),
        .target(name: "EventLoop", dependencies: ["BridgeCore", "CEvent"], swiftSettings: settings),
        .target(
            name: "HTTPClient", dependencies: ["BridgeCore", "EventLoop", "HTTPMessage", "CCurl"],
            swiftSettings: settings),
        .target(
            name: "HTTPServer", dependencies: ["BridgeCore", "EventLoop", "HTTPMessage", "CEvent"],
            swiftSettings: settings),
        .target(
            name: "Connectors", dependencies: ["AuthService", "BridgeCore", "BridgeCrypto", "HTTPMessage"],
            swiftSettings: safeSettings),
        .target(name: "WebConsole", dependencies: ["BridgeCore"], swiftSettings: safeSettings),
        .target(
            name: "Simulators",
            dependencies: ["BridgeCore", "BridgeCrypto", "EventLoop", "HTTPMessage", "HTTPServer"],
            resources: [.embedInCode("Population/population.json")], swiftSettings: safeSettings),
        .target(
            name: "BridgeService",
            dependencies: [
                "BridgeCore", "BridgeCrypto", "AuthService", "Connectors", "StoreSQLite", "HTTPMessage", "EventLoop",
                "HTTPClient", "HTTPServer", "WebConsole",
            ],
            swiftSettings: safeSettings),
        .executableTarget(
            name: "cobrowse-sso",
            dependencies: ["BridgeCore", "BridgeCrypto", "AuthService", "Connectors", "BridgeService", "Simulators"],
            swiftSettings: safeSettings),

        // Takes malloc over to count calls, so it is linked into the benchmarks alone.
        .target(name: "CBenchSupport"),
        .executableTarget(
            name: "cobrowse-sso-bench",
            dependencies: [
                "BridgeCore", "BridgeCrypto", "AuthService", "BridgeService", "EventLoop", "HTTPClient", "HTTPMessage",
                "StoreSQLite", "CBenchSupport",
            ],
            swiftSettings: settings),

        .executableTarget(
            name: "cobrowse-sso-fuzz",
            dependencies: ["AuthService", "BridgeCore", "BridgeCrypto", "BridgeTesting", "Connectors"],
            swiftSettings: settings),

        // The judge calls libcrypto itself: through our wrapper it would agree with whatever that does.
        .executableTarget(
            name: "cobrowse-sso-oracle", dependencies: ["BridgeCore", "BridgeCrypto", "BridgeTesting", "COpenSSL"],
            swiftSettings: settings),

        .target(
            name: "BridgeTesting", dependencies: ["AuthService", "BridgeCore", "BridgeCrypto", "HTTPMessage"],
            swiftSettings: safeSettings),

        .testTarget(name: "BridgeTestingTests", dependencies: ["BridgeTesting"], swiftSettings: settings),
        .testTarget(name: "BridgeCoreTests", dependencies: ["BridgeCore", "BridgeTesting"], swiftSettings: settings),
        .testTarget(
            name: "BridgeCryptoTests", dependencies: ["BridgeCore", "BridgeCrypto", "BridgeTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "AuthServiceTests", dependencies: ["AuthService", "BridgeCore", "BridgeCrypto", "BridgeTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "BridgeServiceTests",
            dependencies: ["AuthService", "BridgeCore", "BridgeService", "BridgeTesting", "Connectors", "HTTPMessage"],
            swiftSettings: settings),
        .testTarget(
            name: "ConnectorsTests",
            dependencies: ["AuthService", "BridgeCore", "BridgeCrypto", "BridgeTesting", "Connectors", "HTTPMessage"],
            swiftSettings: settings),
        .testTarget(
            name: "WebConsoleTests", dependencies: ["BridgeCore", "BridgeCrypto", "BridgeTesting", "WebConsole"],
            swiftSettings: settings),
        .testTarget(
            name: "SimulatorsTests",
            dependencies: [
                "AuthService", "BridgeCore", "BridgeCrypto", "BridgeTesting", "Connectors", "HTTPMessage", "Simulators",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "HTTPMessageTests", dependencies: ["BridgeCore", "BridgeTesting", "HTTPMessage"],
            swiftSettings: settings),
        .testTarget(
            name: "HTTPClientTests", dependencies: ["BridgeCore", "BridgeTesting", "HTTPClient", "HTTPMessage"],
            swiftSettings: settings),
        .testTarget(
            name: "HTTPServerTests", dependencies: ["BridgeCore", "EventLoop", "HTTPMessage", "HTTPServer"],
            swiftSettings: settings),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "AuthService", "BridgeCore", "BridgeCrypto", "BridgeService", "BridgeTesting", "Connectors",
                "EventLoop", "HTTPClient", "HTTPMessage", "HTTPServer", "Simulators", "StoreSQLite",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CommandLineTests", dependencies: ["AuthService", "BridgeCore", "BridgeTesting", "cobrowse-sso"],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests", dependencies: ["BridgeTesting", "cobrowse-sso"], exclude: ["Transcripts"],
            swiftSettings: settings),
    ]
)

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
        .library(name: "BridgeCrypto", targets: ["BridgeCrypto"]),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),

        .target(name: "BridgeCore", swiftSettings: safeSettings),
        .target(name: "BridgeCrypto", dependencies: ["BridgeCore", "COpenSSL"], swiftSettings: settings),
        .target(name: "AuthService", dependencies: ["BridgeCore", "BridgeCrypto"], swiftSettings: safeSettings),
        .executableTarget(name: "cobrowse-sso", dependencies: ["BridgeCore"], swiftSettings: safeSettings),
        .target(name: "BridgeTesting", dependencies: ["BridgeCore", "BridgeCrypto"], swiftSettings: safeSettings),
        .testTarget(name: "BridgeCoreTests", dependencies: ["BridgeCore", "BridgeTesting"], swiftSettings: settings),
        .testTarget(
            name: "BridgeCryptoTests", dependencies: ["BridgeCore", "BridgeCrypto", "BridgeTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "IntegrationTests", dependencies: ["BridgeCore", "BridgeCrypto", "BridgeTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "CommandLineTests", dependencies: ["BridgeCore", "cobrowse-sso"], swiftSettings: settings),
    ]
)

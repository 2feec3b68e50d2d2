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
        .systemLibrary(name: "CEvent", pkgConfig: "libevent_openssl", providers: [.apt(["libevent-dev"])]),
        .target(name: "BridgeCore", swiftSettings: safeSettings),
        .target(name: "AuthService", dependencies: ["BridgeCore"], swiftSettings: safeSettings),
        .target(name: "EventLoop", dependencies: ["BridgeCore", "CEvent"], swiftSettings: settings),
        .target(name: "HTTPMessage", dependencies: ["BridgeCore"], swiftSettings: safeSettings),
        .target(
            name: "HTTPServer",
            dependencies: ["BridgeCore", "EventLoop", "HTTPMessage", "CEvent"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "HTTPServerTests",
            dependencies: ["BridgeCore", "EventLoop", "HTTPMessage", "HTTPServer"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "HTTPServerIntegrationTests",
            dependencies: ["BridgeCore", "EventLoop", "HTTPMessage", "HTTPServer"],
            path: "Tests/IntegrationTests/HTTPServer",
            swiftSettings: settings
        ),
    ]
)

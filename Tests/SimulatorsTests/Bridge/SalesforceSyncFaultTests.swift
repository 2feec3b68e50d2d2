import AuthService
import BridgeCore
import Connectors
import Simulators
import Testing

/// Every fault of an org's API, and of its token endpoint, while everybody of it is read.
@Suite("A fault of an org while it is synced")
struct SalesforceSyncFaultTests {
    /// What is read, by a word that its query alone has.
    static let queries = [
        "Username", "UserLogin", "TwoFactorMethodsInfo", "PermissionSetAssignment", "IsCustom", "SetupEntityAccess",
    ]

    @Test("takes nothing from anybody, says what it was, and leaves nothing behind", arguments: queries)
    func api(query: String) async throws {
        let world = try await Self.world()
        for fault in Fault.all where fault.place == .salesforceAPI {
            try world.simulator.set(fault.name, times: nil, matching: query)
            // Further pages are asked for by where they are.
            try world.simulator.set(fault.name, times: nil, matching: "/query/")
            let outcome = try await Self.sync(world)
            #expect(outcome == Self.outcome(of: fault.word, at: query), "\(fault.name) at \(query)")
            world.simulator.clearFaults()
        }
        #expect(try await Self.sync(world) == "done")
    }

    @Test("takes nothing where the integration user gets no session either")
    func token() async throws {
        let world = try await Self.world()
        for fault in Fault.all where fault.place == .salesforceToken {
            world.simulator.endSessions()
            try world.simulator.set(fault.name, times: nil)
            let outcome = try await Self.sync(world)
            // Answers in which nothing is wrong for an assertion: late ones, and what only a code's answer has.
            let isHarmless = ["slow", "wrong-signature"].contains(fault.word)
            #expect((outcome == "done") == isHarmless, "\(fault.name): \(outcome)")
            world.simulator.clearFaults()
        }
        #expect(try await Self.sync(world) == "done")
    }

    /// The reason code of a sync of everybody, or `done`; nobody has lost anything by it.
    private static func sync(_ world: SalesforceSyncWorld) async throws -> String {
        let report = try await world.sync(everybody: true)
        #expect(report.items.isEmpty)
        for name in ["ann", "ben"] { #expect(try await world.account(name)?.status == .active) }
        return switch report.outcome {
        case .done: "done"
        case .failed(let error): error.code.rawValue
        default: "\(report.outcome)"
        }
    }

    private static func world() async throws -> SalesforceSyncWorld {
        let world = try await SalesforceSyncWorld()
        try await world.signIn("ann", role: .administrator)
        for name in ["ben", "toni", "uli", "cody", "olaf"] { try await world.signIn(name) }
        #expect(try await sync(world) == "done")
        return world
    }

    private static let hidden: Set = [
        "INVALID_TYPE", "INVALID_FIELD", "INSUFFICIENT_ACCESS", "API_DISABLED_FOR_ORG", "no-rows",
    ]

    private static func outcome(of word: String, at query: String) -> String {
        switch word {
        case "slow": "done"
        // Not everybody may see who is frozen; what sets give is for clones, and says itself that it cannot be read.
        case _ where hidden.contains(word) && ["UserLogin", "SetupEntityAccess"].contains(query): "done"
        case _ where hidden.contains(word): "security_role_missing"
        case "throttled", "REQUEST_LIMIT_EXCEEDED": "upstream_throttled"
        case "INVALID_SESSION_ID": "credentials_rejected"
        case "redirect", "NOT_FOUND": "environment_not_found"
        default: "upstream_unavailable"
        }
    }
}

extension Fault {
    /// What stands behind the place in its name.
    fileprivate var word: String { String(name.drop { $0 != "." }.dropFirst()) }
}

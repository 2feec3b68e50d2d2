import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@testable import BridgeService

@Suite("A rotation of the signing keys while the service runs", .blocking)
struct KeyRotationTests {
    private static let actor = Actor("cli:test")

    /// Changes the ring as the command line does: in a store and with a master key file of its own.
    private static func change(
        _ test: ServiceUnderTest, _ event: (String) -> KeyRing.Event
    ) async throws -> [StoredSigningKey] {
        try await ServiceUnderTest.withStore(test.configuration) { store in
            let stored = try await store.signingKeys()
            let chest = try SigningKeyChest(masterKeyFile: test.configuration.masterKeyFile, isInUse: true)
            let made = try chest.makeKey(for: .next, now: TokenMaker.now)
            let change = try KeyRing(stored).change(by: event(made.id), at: TokenMaker.now, promoteAfter: 0)
            let key = change.added == nil ? nil : made
            return try await store.apply(change, adding: key, change.auditEntry(by: actor))
        }
    }

    /// A token that the mint signs with the key in `state`.
    private static func mint(
        _ test: ServiceUnderTest, _ state: StoredSigningKey.State = .current
    ) async throws -> MintedToken {
        try await ServiceUnderTest.withStore(test.configuration) { store in
            let chest = try SigningKeyChest(masterKeyFile: test.configuration.masterKeyFile, isInUse: true)
            let mint = TokenMint(store: store, addresses: .none, privateKeys: chest)
            let request = TokenRequest(
                license: try .example(TokenMaker.license), email: try .example("ann@example.com"))
            return try await mint.mint(request, clientID: nil, signedBy: state, now: TokenMaker.now)
        }
    }

    private static func published(_ test: ServiceUnderTest) throws -> Set<String> {
        let items = try test.send("GET", "/.well-known/jwks.json").json["keys"]?.arrayValue ?? []
        return Set(items.compactMap { $0["kid"]?.stringValue })
    }

    /// Asks until the answer is the wanted one. A change takes a second at most; where all tests run at once, the service
    /// itself may get no time for that long.
    private func eventually<Value: Equatable>(_ wanted: Value, _ ask: () throws -> Value) throws -> Value {
        let deadline = ContinuousClock.now + .seconds(30)
        var value = try ask()
        while value != wanted, ContinuousClock.now < deadline { value = try ask() }
        return value
    }

    @Test("shows next, current and previous, and accepts current and previous")
    func rotation() async throws {
        try await ServiceUnderTest.run { test in
            let first = try await Self.mint(test)
            #expect(try test.verify(first.token).verdict == "200")
            #expect(try Self.published(test) == [first.keyID])

            _ = try await Self.change(test) { .rotate(newKey: $0) }
            let probe = try await Self.mint(test, .next)
            #expect(try eventually([first.keyID, probe.keyID]) { try Self.published(test) }.count == 2)
            #expect(try test.verify(probe.token).verdict == "401 signature_invalid")

            _ = try await Self.change(test) { _ in .promote(isEmergency: false) }
            #expect(try eventually("200") { try test.verify(probe.token).verdict } == "200")
            #expect(try test.verify(first.token).verdict == "200")
            #expect(try await Self.mint(test).keyID == probe.keyID)

            _ = try await Self.change(test) { _ in .stepBack }
            let back = try await Self.mint(test)
            #expect(back.keyID == first.keyID)
            for token in [back, first, probe] { #expect(try test.verify(token.token).verdict == "200") }

            _ = try await Self.change(test) { _ in .retire(isEmergency: true) }
            #expect(
                try eventually("401 signature_invalid") { try test.verify(probe.token).verdict }
                    == "401 signature_invalid")
            #expect(try eventually([first.keyID]) { try Self.published(test) } == [first.keyID])
            #expect(try test.verify(first.token).verdict == "200")
        }
    }

    @Test("in an emergency ends with one new key, and every token of the others is refused")
    func replacement() async throws {
        try await ServiceUnderTest.run { test in
            let first = try await Self.mint(test)
            for _ in 0..<3 { #expect(try test.verify(first.token).verdict == "200") }
            let left = try await Self.change(test) { .replace(newKey: $0) }
            #expect(left.count == 1)
            #expect(
                try eventually("401 signature_invalid") { try test.verify(first.token).verdict }
                    == "401 signature_invalid")
            let second = try await Self.mint(test)
            #expect(try test.verify(second.token).verdict == "200")
            try await test.restart()
            #expect(try test.verify(second.token).verdict == "200")
            #expect(try Self.published(test) == [second.keyID])
        }
    }
}

import AuthService
import BridgeCore
import BridgeTesting
import Synchronization
import Testing

/// Work that was left for later.
private final class LaterWork: Sendable {
    private let waiting = Mutex<[@Sendable () async -> Void]>([])

    func add(_ work: @escaping @Sendable () async -> Void) { waiting.withLock { $0.append(work) } }

    /// Does it; returns how much it was.
    func finish() async -> Int {
        let taken = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for work in taken { await work() }
        return taken.count
    }
}

/// A gate before a store with a tenant.
private final class GateFixture: Sendable {
    static let audit = AuditStamp(Actor("cli:test"), at: auditTime)

    let store = InMemoryStore()
    let gate: APITokenGate
    let later = LaterWork()

    init() async throws {
        gate = APITokenGate(store) { [later] work in later.add(work) }
        let tenant = Tenant(license: try #require(License("own")), name: nil, createdAt: auditTime)
        try await store.insert(tenant, audit: Self.audit)
    }

    func mint(_ scope: APIScope = .admin, life: Int64 = 3_600) async throws -> MintedAPIToken {
        let grant = try #require(APIGrant(scope, license: scope.needsLicense ? License("own") : nil))
        let minted = try MintedAPIToken(grant, life: life, now: auditTime)
        try await store.insert(minted.token, audit: Self.audit)
        return minted
    }

    func stored() async throws -> APIToken {
        try #require(try await store.apiTokens(of: nil, after: nil, limit: 1).first)
    }
}

extension Secret {
    /// The text of a token, which tests may see.
    fileprivate var text: String {
        withBytes { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
    }
}

@Suite("The gate of API tokens")
struct APITokenGateTests {
    @Test("lets in whoever shows a token, as that token", arguments: APIScope.allCases)
    func admits(scope: APIScope) async throws {
        let fixture = try await GateFixture()
        let minted = try await fixture.mint(scope)
        let access = try await fixture.gate.access(minted.text, now: auditTime)
        #expect(access == Access(minted.token.grant, by: .apiToken(id: minted.token.id)))
        #expect(access.actor(requestID: "r") == Actor("token:\(minted.token.id)", requestID: "r"))
    }

    @Test("refuses everything else")
    func refuses() async throws {
        let fixture = try await GateFixture()
        let minted = try await fixture.mint()
        let text = minted.text.text
        let other = try APITokenText.make().text
        let last = try #require(text.last)
        let texts = [
            "", "cbsso_", other, text + "A", String(text.dropLast()), text.uppercased(), " " + text, text + "\n",
            "CBSSO_" + text.dropFirst(6), String(text.dropFirst(6)), text + "=", minted.token.id,
            Hex.encode(minted.token.digest), text.dropLast() + (last == "A" ? "B" : "A"), text + "\0",
        ]
        for text in texts {
            await #expect(throws: APIRefusal(.unauthenticated, ""), "\(text)") {
                _ = try await fixture.gate.access(Secret(Array(text.utf8)), now: auditTime)
            }
        }
        #expect(await fixture.later.finish() == 0)
    }

    @Test("refuses a token from the second on that it expires at")
    func expiry() async throws {
        let fixture = try await GateFixture()
        let minted = try await fixture.mint(life: 60)
        let end = auditTime.adding(seconds: 60)
        #expect(minted.token.expiresAt == end)
        _ = try await fixture.gate.access(minted.text, now: Timestamp(milliseconds: end.milliseconds - 1))
        await #expect(throws: APIRefusal(.unauthenticated, "")) {
            _ = try await fixture.gate.access(minted.text, now: end)
        }
    }

    @Test("refuses a token with the first request after it was revoked")
    func revoked() async throws {
        let fixture = try await GateFixture()
        let minted = try await fixture.mint()
        _ = try await fixture.gate.access(minted.text, now: auditTime)
        _ = try await fixture.store.removeAPIToken(id: minted.token.id, audit: GateFixture.audit)
        await #expect(throws: APIRefusal(.unauthenticated, "")) {
            _ = try await fixture.gate.access(minted.text, now: auditTime)
        }
        #expect(await fixture.later.finish() == 1)
    }

    @Test("says internal where the store fails, which is nothing to log in again for")
    func failure() async throws {
        let fixture = try await GateFixture()
        let minted = try await fixture.mint()
        await fixture.store.close()
        await #expect(throws: APIRefusal(.internal, "")) {
            _ = try await fixture.gate.access(minted.text, now: auditTime)
        }
    }

    @Test("has the last use written behind the request, at most once an hour")
    func lastUse() async throws {
        let fixture = try await GateFixture()
        let minted = try await fixture.mint(life: 100_000)
        let uses: [(after: Int64, written: Int, lastUse: Int64)] = [
            (0, 1, 0), (1, 0, 0), (3_599, 0, 0), (3_600, 1, 3_600), (3_601, 0, 3_600), (10_000, 1, 10_000),
        ]
        for use in uses {
            _ = try await fixture.gate.access(minted.text, now: auditTime.adding(seconds: use.after))
            #expect(await fixture.later.finish() == use.written)
            #expect(try await fixture.stored().lastUsedAt == auditTime.adding(seconds: use.lastUse))
        }
    }
}

@Suite("The text of an API token")
struct APITokenTextTests {
    @Test("is a prefix and 256 random bits, never the same twice, and never shown")
    func form() throws {
        let tokens = try (0..<100).map { _ in try APITokenText.make() }
        #expect(Set(tokens.map(\.text)).count == 100)
        for token in tokens {
            #expect(token.text.hasPrefix("cbsso_"))
            #expect(Base64URL.decode(token.text.dropFirst(6).utf8)?.count == 32)
            #expect("\(token)" == "<secret>")
        }
    }

    @Test("is stored as its SHA-256")
    func digest() throws {
        let text = "cbsso_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
        let digest = try #require(try APITokenText.digest(Secret(Array(text.utf8))))
        // printf %s "$text" | sha256sum
        #expect(Hex.encode(digest) == "71a4fee8eeb697ac136ed068dcc881f991348705cc782319525443bd4276511d")
    }

    @Test("is not in what is kept, described or audited of it")
    func hidden() throws {
        let license = try #require(License("own"))
        let minted = try MintedAPIToken(.admin(license), life: 60, now: auditTime)
        let random = String(minted.text.text.dropFirst(6))
        let entry = AuditEntry.created(minted.token, AuditStamp(.bridge, at: auditTime))
        var writer = JSONWriter()
        writer.object { $0.apiTokenMembers(minted.token) }
        for text in [
            "\(minted)", "\(minted.token)", String(reflecting: minted), writer.text,
            try AuditChain.record(entry, after: nil).line,
        ] {
            #expect(!text.contains(random))
        }
        #expect(!writer.text.contains(Hex.encode(minted.token.digest)))
    }
}

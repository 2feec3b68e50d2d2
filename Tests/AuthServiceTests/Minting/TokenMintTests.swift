import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The mint")
struct TokenMintTests {
    private let store = InMemoryStore()
    private let license: License

    init() throws { license = try #require(License(TokenMaker.license)) }

    /// A mint for the tenant `acme-test`, with a current and a next key.
    private func mint(
        superusers: [String] = [], allowed: [String] = [], superusersMaySignIn: Bool = false,
        tokenLifetime: Int64 = 86_400
    ) async throws -> TokenMint {
        var settings = TenantSettings.initial
        settings.tokenLifetime = tokenLifetime
        try await store.insert(
            Tenant(license: license, name: nil, createdAt: TokenMaker.now, settings: settings),
            audit: AuditStamp(.bridge, at: TokenMaker.now))
        for (fixture, state) in [(KeyFixture.cobrowse, StoredSigningKey.State.current), (.renewed, .next)] {
            try await store.insertOpen(fixture, as: state)
        }
        let addresses = AddressRules(
            superusers: try superusers.map { try #require(AddressPattern($0)) },
            allowed: try allowed.map { try #require(AddressPattern($0)) }, superusersMaySignIn: superusersMaySignIn)
        return TokenMint(store: store, addresses: addresses, privateKeys: OpenKeys())
    }

    private func request(_ email: String = "ann@example.com", lifetime: Int64? = nil) throws -> TokenRequest {
        TokenRequest(license: license, email: try #require(EmailAddress(email)), lifetime: lifetime)
    }

    private func code(_ mint: TokenMint, _ request: TokenRequest) async -> ReasonCode? {
        do throws(MintRefusal) {
            _ = try await mint.mint(request, clientID: nil, now: TokenMaker.now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("signs with the current key, which it names, for a quarter of an hour")
    func signs() async throws {
        let mint = try await mint()
        var request = try request("Ann@Example.com")
        request.displayName = "Ann\u{202E} Agent"
        request.role = .administrator
        request.policy = .object([JSONMember(name: "version", value: .number(.integer(3)))])
        let late = Timestamp(milliseconds: TokenMaker.now.milliseconds + 999)
        let minted = try await mint.mint(request, clientID: nil, now: late)
        let id = try KeyFixture.cobrowse.publicKey.thumbprint
        #expect(minted.keyID == id)
        #expect(minted.expiresAt == TokenMaker.now.adding(seconds: 900))
        let keys = TokenKeySet(
            [TokenKey(try KeyFixture.cobrowse.publicKey, declaredKeyID: id)], issuer: TokenMaker.license)
        let verified = try TokenVerifier().verify(UnverifiedToken(minted.token), keys: keys, now: TokenMaker.now)
        #expect(verified.subject == "ann@example.com")
        #expect(verified.displayName == "Ann Agent")
        #expect(verified.role == .administrator)
        #expect(verified.expiresAt == minted.expiresAt)
        #expect(!"\(minted)".contains(minted.token))
        var shown = ""
        dump(minted, to: &shown)
        #expect(!shown.contains(minted.token))
    }

    @Test("says in client_id which API token asked, and says it of nobody else")
    func client() async throws {
        let mint = try await mint()
        let keys = TokenKeySet([TokenKey(try KeyFixture.cobrowse.publicKey)], issuer: TokenMaker.license)
        for clientID in ["tok_1", nil] {
            let minted = try await mint.mint(try request(), clientID: clientID, now: TokenMaker.now)
            let verified = try TokenVerifier().verify(
                UnverifiedToken(minted.token), keys: keys, now: TokenMaker.now)
            #expect(try verified.clientID() == clientID)
        }
    }

    @Test("remembers the longest life it signed, and for the key that signed it")
    func longest() async throws {
        let mint = try await mint()
        _ = try await mint.mint(try request(lifetime: 3_600), clientID: nil, now: TokenMaker.now)
        _ = try await mint.mint(try request(lifetime: 60), clientID: nil, now: TokenMaker.now)
        _ = try await mint.mint(try request(lifetime: 300), clientID: nil, signedBy: .next, now: TokenMaker.now)
        let keys = try await store.signingKeys()
        #expect(keys.first { $0.state == .current }?.longestToken == 3_600)
        #expect(keys.first { $0.state == .next }?.longestToken == 300)
    }

    @Test("refuses what the operator and the tenant do not allow")
    func refusals() async throws {
        let mint = try await mint(superusers: ["boss@.*"], allowed: [".*@example\\.com"], tokenLifetime: 600)
        #expect(await code(mint, try request()) == nil)
        #expect(await code(mint, try request("boss@example.com")) == .emailNotAllowed)
        #expect(await code(mint, try request("BOSS@example.com")) == .emailNotAllowed)
        #expect(await code(mint, try request("ann@example.org")) == .emailNotAllowed)
        #expect(await code(mint, try request(lifetime: 600)) == nil)
        #expect(await code(mint, try request(lifetime: 601)) == .tokenLifetimeExceeded)
        #expect(await code(mint, try request(lifetime: 0)) == .claimInvalid)
        let minted = try await mint.mint(try request(), clientID: nil, now: TokenMaker.now)
        #expect(minted.expiresAt == TokenMaker.now.adding(seconds: 600))
        let stranger = TokenRequest(
            license: try #require(License("nobody")), email: try #require(EmailAddress("ann@example.com")))
        #expect(await code(mint, stranger) == .notFound)
    }

    @Test("says beforehand what it would refuse, and signs nothing for that")
    func checks() async throws {
        let addresses = AddressRules(
            superusers: [try #require(AddressPattern("boss@.*"))], allowed: [], superusersMaySignIn: false)
        let rules = MintRules(store: store, addresses: addresses)
        func verdict(_ request: TokenRequest) async -> ReasonCode? {
            do throws(MintRefusal) {
                try await rules.check(request, now: TokenMaker.now)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(await verdict(try request()) == .notFound)
        _ = try await mint(tokenLifetime: 600)
        #expect(await verdict(try request()) == nil)
        #expect(await verdict(try request("boss@example.com")) == .emailNotAllowed)
        #expect(await verdict(try request(lifetime: 601)) == .tokenLifetimeExceeded)
        #expect(try await store.signingKeys().allSatisfy { $0.longestToken == 0 })
    }

    @Test("signs after a decision for its account, and for no longer than that holds")
    func decisions() async throws {
        let mint = try await mint()
        var request = try request(lifetime: 3_600)
        request.decision = DecidedLogin(
            id: "dec_1", accountID: "acc_1", validUntil: Timestamp(milliseconds: TokenMaker.now.milliseconds + 60_999))
        #expect(await code(mint, request) == .userUnknown)
        try store.put(
            Account(
                id: "acc_1", license: license, email: request.email, displayName: nil, role: .agent, status: .active,
                createdAt: TokenMaker.now, lastLoginAt: TokenMaker.now))
        let minted = try await mint.mint(request, clientID: "tok_1", now: TokenMaker.now)
        #expect(minted.expiresAt == TokenMaker.now.adding(seconds: 60))
        let payload = try #require(minted.token.split(separator: ".").dropFirst().first)
        let claims = try JSONValue(parsing: try #require(Base64URL.decode(payload.utf8)))
        #expect(claims["jti"] == .string("dec_1") && claims["accountId"] == .string("acc_1"))
        #expect(claims["client_id"] == .string("tok_1"))
        request.decision = DecidedLogin(id: "dec_1", accountID: "acc_1", validUntil: TokenMaker.now)
        #expect(await code(mint, request) == .tokenExpired)
    }

    @Test("lets a superuser in where the operator has said so, and nobody for longer than a day")
    func allowances() async throws {
        let mint = try await mint(superusers: ["boss@.*"], superusersMaySignIn: true)
        #expect(await code(mint, try request("boss@example.com")) == nil)
        #expect(await code(mint, try request(lifetime: 86_400)) == nil)
        #expect(await code(mint, try request(lifetime: 86_401)) == .tokenLifetimeExceeded)
        #expect(await code(mint, try request(lifetime: .max)) == .tokenLifetimeExceeded)
    }

    @Test("signs nothing for a disabled account, which Cobrowse would let in")
    func disabled() async throws {
        let mint = try await mint()
        let email = try #require(EmailAddress("ann@example.com"))
        try store.put(
            Account(
                id: "acc_1", license: license, email: email, displayName: nil, role: .agent, status: .disabled,
                createdAt: TokenMaker.now, lastLoginAt: TokenMaker.now))
        #expect(await code(mint, try request()) == .accountDisabled)
        #expect(try await store.signingKeys().allSatisfy { $0.longestToken == 0 })
    }

    @Test("hands out nothing that every verifier would refuse")
    func unusable() async throws {
        let mint = try await mint()
        var request = try request()
        request.policy = .object([JSONMember(name: "version", value: .number(.integer(2)))])
        #expect(await code(mint, request) == .claimInvalid)
        request.policy = .object([
            JSONMember(name: "version", value: .number(.integer(3))),
            JSONMember(name: "note", value: .string(String(repeating: "x", count: 9_000))),
        ])
        #expect(await code(mint, request) == .tokenTooLarge)
    }
}

internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService
internal import StoreSQLite

/// The tenant that all measurements sign in to: a new RSA-2048 key and its certificate.
struct TestTenant: Sendable {
    let key: RSAPrivateKey
    /// The self-signed certificate, PEM.
    let certificate: String
    let license: License
    /// `iat` of every token.
    let issuedAt: Timestamp
    /// `exp` of every token: far enough for the run.
    var expiresAt: Timestamp { issuedAt.adding(seconds: 3600) }

    static let agent = "agent@example.com"
    /// The license of nobody, as long as that of the tenant.
    static let unknownLicense = "trial54321"
    /// The size of every token here: 36 + 1 + 204 + 1 + 342 characters, a payload of 153 bytes.
    static let tokenSize = 584

    init() throws {
        guard let license = License("trial12345") else { throw BenchError.wrong("the license is none") }
        self.license = license
        key = try RSAPrivateKey.generate(bits: 2048)
        issuedAt = SystemClock().now
        certificate = try Certificate.selfSigned(by: key, commonName: "CobrowseIO", start: issuedAt, days: 2).pem
    }

    /// The claims of an agent's token.
    func claims(_ email: String = agent, license: String? = nil, issuedAt: Timestamp? = nil) -> AgentClaims {
        let issuedAt = issuedAt ?? self.issuedAt
        return AgentClaims(
            license: license ?? self.license.value, email: email, displayName: "Agent Example", role: .agent,
            issuedAt: issuedAt, expiresAt: issuedAt.adding(seconds: 3600))
    }

    /// A signed token of `tokenSize` bytes.
    func token(_ signer: TokenSigner, _ claims: AgentClaims) throws -> String {
        let token = try signer.sign(claims)
        guard token.utf8.count == Self.tokenSize else {
            throw BenchError.wrong("a token has \(token.utf8.count) bytes, not \(Self.tokenSize)")
        }
        return token
    }

    /// The address of account `number`, as long as that of `agent`.
    static func email(_ number: Int) -> String {
        let digits = String(number, radix: 36)
        return "a" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "@example.com"
    }

    /// The keys that verify the tenant's tokens.
    var keySet: TokenKeySet { TokenKeySet([TokenKey(key.publicKey)], issuer: nil) }

    /// Opens a new store at `path` and adds the tenant with its certificate.
    func makeStore(at path: String) async throws -> SQLiteStore {
        let store = try SQLiteStore.open(at: path)
        let audit = AuditStamp(Actor("cli:bench"), at: issuedAt)
        try await store.insert(Tenant(license: license, name: nil, createdAt: issuedAt), audit: audit)
        let material = try KeyMaterial.read(Array(certificate.utf8), source: "the certificate").materials
        _ = try await store.insert(
            material.map { $0.trusted(by: license, alias: nil, importedAt: issuedAt) }, audit: audit)
        return store
    }
}

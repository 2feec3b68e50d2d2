internal import BridgeCore
internal import BridgeCrypto

/// The token operations of one thread, in blocks. Every verdict is looked at: a wrong one ends the measurement.
final class VerifyWork {
    private let keys: TokenKeySet
    private let verifier: TokenVerifier
    private let signer: TokenSigner
    private let claims: AgentClaims
    private let token: [UInt8]
    private let expired: [UInt8]
    private let now: Timestamp
    private let expiry: Int64
    private var cache = VerifiedTokenCache<Int64>(capacity: 8192)

    init(_ tenant: TestTenant) throws {
        keys = tenant.keySet
        verifier = try TokenVerifier()
        signer = try TokenSigner(tenant.key)
        claims = tenant.claims()
        token = Array(try tenant.token(signer, claims).utf8)
        let past = tenant.claims(issuedAt: tenant.issuedAt.adding(seconds: -7200))
        expired = Array(try tenant.token(signer, past).utf8)
        now = tenant.issuedAt
        expiry = tenant.expiresAt.seconds
        try fillCache()
    }

    private func fillCache() throws {
        let token = token
        let generation = TokenGeneration()
        let verified = try verifier.verify(try UnverifiedToken(token.span), keys: keys, now: now)
        cache.insert(
            expiry, for: token.span, digest: try verifier.digest(token.span), token: verified, generation: generation,
            count: generation.current)
    }

    /// Form, JSON, every claim, signature: what a token costs that was never seen.
    func verify() throws {
        let token = token
        for _ in 0..<blockSize {
            let verified = try verifier.verify(try UnverifiedToken(token.span), keys: keys, now: now)
            guard verified.expiresAt.seconds == expiry else {
                throw BenchError.wrong("a verified token has another exp")
            }
        }
    }

    /// What a token costs that was verified before.
    func verifyCached() throws {
        let token = token
        for _ in 0..<blockSize {
            guard try cache.value(for: token.span, by: verifier, now: now) == expiry else {
                throw BenchError.wrong("a cached token is not there")
            }
        }
    }

    func refuseExpired() throws {
        let expired = expired
        for _ in 0..<blockSize {
            do throws(TokenRefusal) {
                _ = try verifier.verify(try UnverifiedToken(expired.span), keys: keys, now: now)
            } catch {
                guard case .expired = error else { throw BenchError.wrong("an expired token: \(error)") }
                continue
            }
            throw BenchError.wrong("an expired token was accepted")
        }
    }

    func sign() throws {
        for _ in 0..<blockSize {
            guard try signer.sign(claims).utf8.count == TestTenant.tokenSize else {
                throw BenchError.wrong("a signed token has another size")
            }
        }
    }
}

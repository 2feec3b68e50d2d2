package import BridgeCore
package import BridgeCrypto

/// The short way of a login on one thread: no waiting, and for a token seen before no RSA operation.
///
/// One for each event loop.
package final class LoginDesk {
    private let service: LoginService
    private let verifier: TokenVerifier
    private var cache: VerifiedTokenCache<Kept>
    private var decided: RecentMap<SHA256Digest, Decided>
    private let render: (Admission<VerifiedToken>) -> [UInt8]

    private struct Kept {
        let login: RenderedLogin
        /// When the login has to be judged or written down again.
        let until: Timestamp
    }

    /// What a token was decided to be. Judged again while nothing has changed, it is the same decision.
    private struct Decided {
        let id: String
        let generation: TokenGeneration
        let accountID: String
        let rule: Rule?
    }

    /// What to do with a login.
    package enum Step: Sendable {
        /// It is answered.
        case admitted(RenderedLogin)
        /// Its tenant is not in memory: `LoginService.admit` goes on.
        case unloaded(UnverifiedToken)
        /// Its account has to be written: `LoginService.record` goes on.
        case unrecorded(JudgedLogin<VerifiedToken>)

        /// The token, as it came; empty for a login that is answered.
        package var token: [UInt8] {
            switch self {
            case .admitted: []
            case .unloaded(let token): token.compact
            case .unrecorded(let judged): judged.token.compact
            }
        }
    }

    /// - Parameters:
    ///   - cacheCapacity: how many admissions are kept; 0 for a benchmark without cache is taken as 2.
    ///   - render: makes the bytes an admission is answered with, once; they are kept with the token.
    package init(
        _ service: LoginService, cacheCapacity: Int = 8192, render: @escaping (Admission<VerifiedToken>) -> [UInt8]
    ) throws(CryptoError) {
        self.service = service
        self.render = render
        verifier = try TokenVerifier()
        cache = VerifiedTokenCache(capacity: cacheCapacity)
        decided = RecentMap(capacity: max(cacheCapacity, Self.decisionCapacity))
    }

    /// How many decisions are remembered, which take less room than answers.
    private static var decisionCapacity: Int { 16_384 }

    /// Judges the token `compact` at `now`.
    ///
    /// - Parameter requestID: written down with the decision; asked for only where there is a new one.
    package func check(
        _ compact: Span<UInt8>, requestID: () -> String? = { nil }, now: Timestamp
    ) throws(LoginRefusal) -> Step {
        guard compact.count <= UnverifiedToken.largestSize else { throw .token(.tooLarge(bytes: compact.count)) }
        var digest = TokenDigest()
        if let kept = try kept(compact, &digest, now: now) { return .admitted(kept.login) }
        let token = try read(compact, now: now)
        guard let entry = service.directory.tenant(token.unverifiedIssuer) else { return .unloaded(token) }
        guard case .tenant(let tenant) = entry else { throw .token(.issuerUnknown(token.unverifiedIssuer)) }
        let judged = try service.judge(token, tenant: tenant, verifier: verifier, digest: &digest, now: now)
        try service.refuseKnown(judged)
        guard let account = service.knownAccount(of: judged, now: now) else { return .unrecorded(judged) }
        let name = try value(of: &digest, compact)
        guard let decisionID = try decisionID(of: judged, name, account: account, requestID, now: now) else {
            return .unrecorded(judged)
        }
        let admission = Admission(
            account: account, evidence: judged.evidence, decisionID: decisionID, grant: judged.grant)
        let login = RenderedLogin(admission, body: render(admission))
        let kept = Kept(login: login, until: LoginService.end(of: account, judged))
        cache.insert(
            kept, for: compact, digest: name, token: judged.token, generation: tenant.generation,
            count: tenant.currentGeneration)
        return .admitted(login)
    }

    /// The decision about the token, written down behind the answer when it is a new one; `nil` where it has to wait.
    private func decisionID(
        of judged: JudgedLogin<VerifiedToken>, _ digest: SHA256Digest, account: Account, _ requestID: () -> String?,
        now: Timestamp
    ) throws(LoginRefusal) -> String? {
        let generation = judged.tenant.generation
        if let known = decided.value(for: digest), known.generation === generation, known.accountID == account.id,
            known.rule == judged.grant.rule
        {
            return known.id
        }
        guard let id = try service.note(judged, account: account, requestID: requestID(), now: now) else { return nil }
        decided.insert(
            Decided(id: id, generation: generation, accountID: account.id, rule: judged.grant.rule), for: digest)
        return id
    }

    private func value(
        of digest: inout TokenDigest, _ compact: Span<UInt8>
    ) throws(LoginRefusal) -> SHA256Digest {
        do throws(CryptoError) {
            return try digest.value(of: compact, by: verifier)
        } catch {
            throw .openSSL(error)
        }
    }

    private func kept(
        _ compact: Span<UInt8>, _ digest: inout TokenDigest, now: Timestamp
    ) throws(LoginRefusal) -> Kept? {
        do throws(CryptoError) {
            guard let kept = try cache.value(for: compact, &digest, by: verifier, now: now), now < kept.until else {
                return nil
            }
            return kept
        } catch {
            throw .openSSL(error)
        }
    }

    private func read(_ compact: Span<UInt8>, now: Timestamp) throws(LoginRefusal) -> UnverifiedToken {
        do throws(TokenRefusal) {
            let token = try UnverifiedToken(compact)
            try token.checkTimes(now: now)
            return token
        } catch {
            throw .token(error)
        }
    }
}

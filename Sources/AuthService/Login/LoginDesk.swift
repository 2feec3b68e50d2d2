package import BridgeCore
package import BridgeCrypto

/// The short way of a login on one thread: no waiting, and for a token seen before no RSA operation.
///
/// One for each event loop.
package final class LoginDesk {
    private let service: LoginService
    private let verifier: TokenVerifier
    private var cache: VerifiedTokenCache<Kept>
    private let render: (Admission) -> [UInt8]

    private struct Kept {
        let login: RenderedLogin
        /// When the login has to be judged or written down again.
        let until: Timestamp
    }

    /// What to do with a login.
    package enum Step: Sendable {
        /// It is answered.
        case admitted(RenderedLogin)
        /// Its tenant is not in memory: `LoginService.admit` goes on.
        case unloaded(UnverifiedToken)
        /// Its account has to be written: `LoginService.record` goes on.
        case unrecorded(JudgedLogin)
    }

    /// - Parameters:
    ///   - cacheCapacity: how many admissions are kept; 0 for a benchmark without cache is taken as 2.
    ///   - render: makes the bytes an admission is answered with, once; they are kept with the token.
    package init(
        _ service: LoginService, cacheCapacity: Int = 8192, render: @escaping (Admission) -> [UInt8]
    ) throws(CryptoError) {
        self.service = service
        self.render = render
        verifier = try TokenVerifier()
        cache = VerifiedTokenCache(capacity: cacheCapacity)
    }

    /// Judges the token `compact` at `now`.
    package func check(_ compact: Span<UInt8>, now: Timestamp) throws(LoginRefusal) -> Step {
        guard compact.count <= UnverifiedToken.largestSize else { throw .token(.tooLarge(bytes: compact.count)) }
        if let kept = try kept(compact, now: now) { return .admitted(kept.login) }
        let token = try read(compact, now: now)
        guard let entry = service.directory.tenant(token.unverifiedIssuer) else { return .unloaded(token) }
        guard case .tenant(let tenant) = entry else { throw .token(.issuerUnknown(token.unverifiedIssuer)) }
        let judged = try service.judge(token, tenant: tenant, verifier: verifier, now: now)
        guard let admission = try service.admission(of: judged, now: now) else { return .unrecorded(judged) }
        let login = RenderedLogin(account: admission.account, body: render(admission))
        try keep(Kept(login: login, until: LoginService.end(of: admission, judged)), for: compact, judged)
        return .admitted(login)
    }

    private func kept(_ compact: Span<UInt8>, now: Timestamp) throws(LoginRefusal) -> Kept? {
        do throws(CryptoError) {
            guard let kept = try cache.value(for: compact, by: verifier, now: now), now < kept.until else { return nil }
            return kept
        } catch {
            throw .openSSL(error)
        }
    }

    private func keep(_ kept: Kept, for compact: Span<UInt8>, _ judged: JudgedLogin) throws(LoginRefusal) {
        do throws(CryptoError) {
            try cache.insert(
                kept, for: compact, by: verifier, token: judged.token, generation: judged.tenant.generation,
                count: judged.tenant.currentGeneration)
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

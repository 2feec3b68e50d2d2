package import BridgeCore
package import BridgeCrypto

/// The short way of a login on one thread: no waiting, and for a token seen before no RSA operation.
///
/// One for each event loop. `Answer` is what the caller makes of an admission, made once and kept with the token.
package final class LoginDesk<Answer> {
    private let service: LoginService
    private let verifier: TokenVerifier
    private var cache: VerifiedTokenCache<Kept>
    private let answer: (Admission) -> Answer

    private struct Kept {
        let answer: Answer
        /// When the login has to be judged or written down again.
        let until: Timestamp
    }

    /// What to do with a login.
    package enum Step {
        /// It is answered.
        case admitted(Answer)
        /// Its tenant is not in memory: `LoginService.admit` goes on.
        case unloaded(UnverifiedToken)
        /// Its account has to be written: `LoginService.record` goes on.
        case unrecorded(JudgedLogin)
    }

    /// - Parameter cacheCapacity: how many answers are kept; 0 for a benchmark without cache is taken as 2.
    package init(
        _ service: LoginService, cacheCapacity: Int = 8192, answer: @escaping (Admission) -> Answer
    ) throws(CryptoError) {
        self.service = service
        self.answer = answer
        verifier = try TokenVerifier()
        cache = VerifiedTokenCache(capacity: cacheCapacity)
    }

    /// Judges the token `compact` at `now`.
    package func check(_ compact: Span<UInt8>, now: Timestamp) throws(LoginRefusal) -> Step {
        guard compact.count <= UnverifiedToken.largestSize else { throw .token(.tooLarge(bytes: compact.count)) }
        guard let digest = try? verifier.digest(compact) else {
            throw .failure(StoreError(.internal, "OpenSSL cannot compute SHA-256"))
        }
        if let kept = cache.value(for: digest, now: now), now < kept.until { return .admitted(kept.answer) }
        let token = try read(compact, now: now)
        guard let entry = service.directory.tenant(token.unverifiedIssuer) else { return .unloaded(token) }
        guard case .tenant(let tenant) = entry else { throw .token(.issuerUnknown(token.unverifiedIssuer)) }
        let judged = try service.judge(token, tenant: tenant, verifier: verifier, now: now)
        guard let admission = try service.admission(of: judged, now: now) else { return .unrecorded(judged) }
        let kept = Kept(answer: answer(admission), until: LoginService.end(of: admission, judged))
        cache.insert(
            kept, for: digest, token: judged.token, generation: tenant.generation, count: tenant.currentGeneration)
        return .admitted(kept.answer)
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

extension LoginDesk.Step: Sendable where Answer: Sendable {}

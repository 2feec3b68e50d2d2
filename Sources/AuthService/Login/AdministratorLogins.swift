package import BridgeCore
internal import BridgeCrypto
internal import Synchronization

/// Lets administrators in with their agent tokens and remembers them: however many requests a token brings, it is one
/// RSA operation and one decision for as long as nothing about its tenant changes.
///
/// One for the whole process. Bounded: who has not come for longest is forgotten first. O(1).
package final class AdministratorLogins: Sendable {
    private let service: LoginService
    private let remembered: Mutex<RecentMap<SHA256Digest, Remembered>>

    /// An administrator who was let in.
    private struct Remembered {
        let account: Account
        let generation: TokenGeneration
        /// What `generation` counted before anything was looked up.
        let count: UInt64
        /// When the login has to be judged or written down again.
        let until: Timestamp
    }

    /// What is remembered of a token.
    package enum Memory: Sendable {
        /// It let in this administrator, and would do so again.
        case current(Account)
        /// It let in an administrator, and has to be judged again.
        case outdated
        case nothing
    }

    /// Whom a genuine token speaks of.
    package enum Bearer: Sendable {
        case administrator(Account)
        /// Somebody of this tenant who may not administer it, and why.
        case other(License, APIRefusal)
    }

    /// - Parameter capacity: how many tokens are remembered.
    package init(_ service: LoginService, capacity: Int = 1_024) {
        self.service = service
        remembered = Mutex(RecentMap(capacity: capacity))
    }

    /// What is remembered of the token `compact`; costs one SHA-256.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package func memory(of compact: [UInt8], now: Timestamp) throws(LoginRefusal) -> Memory {
        let digest = try Self.digest(compact)
        guard let known = remembered.withLock({ $0.value(for: digest) }) else { return .nothing }
        guard now < known.until, known.generation.current == known.count else { return .outdated }
        return .current(known.account)
    }

    /// Judges the token `compact` and, where it is an administrator's, lets in its person like any login: with a
    /// decision, durable when it returns or written behind it.
    ///
    /// Of somebody who may not administer nothing is written down: they have not signed in, and were not refused to.
    /// - Throws: why the login is refused; not written down yet.
    package func bearer(
        of compact: [UInt8], requestID: String?, now: Timestamp
    ) async throws(LoginRefusal) -> Bearer {
        let digest = try Self.digest(compact)
        do throws(LoginRefusal) {
            let judged = try await service.judge(compact: compact, now: now)
            if let refusal = try await refusal(of: judged) {
                forget(digest)
                return .other(judged.tenant.license, refusal)
            }
            let account = try await service.record(judged, requestID: requestID, now: now).account
            // The account of a token that the bridge signed may have become an agent's since.
            guard account.role == .administrator else {
                forget(digest)
                return .other(judged.tenant.license, Self.notAdministrator)
            }
            remember(account, judged, digest)
            return .administrator(account)
        } catch {
            // A store that fails says nothing about the token.
            if case .failure = error { throw error }
            forget(digest)
            throw error
        }
    }

    private func remember(_ account: Account, _ judged: JudgedLogin<VerifiedToken>, _ digest: SHA256Digest) {
        let known = Remembered(
            account: account, generation: judged.tenant.generation, count: judged.tenant.currentGeneration,
            until: min(LoginService.end(of: account, judged), judged.token.expiresAt))
        remembered.withLock { $0.insert(known, for: digest) }
    }

    private func forget(_ digest: SHA256Digest) { remembered.withLock { _ = $0.remove(digest) } }

    private static func digest(_ compact: [UInt8]) throws(LoginRefusal) -> SHA256Digest {
        do throws(CryptoError) {
            return try SHA256Digest(of: compact)
        } catch {
            throw .openSSL(error)
        }
    }
}

extension AdministratorLogins {
    /// Why the person of a genuine token may not administer, before anything is written down; `nil` where they may.
    ///
    /// It is the role of this login that counts: a token that was lowered on purpose is no administrator's, whatever
    /// its account is. What the rules give does not lower the tenant's last administrator, who has to mend them.
    private func refusal(of judged: JudgedLogin<VerifiedToken>) async throws(LoginRefusal) -> APIRefusal? {
        guard !judged.token.isMintedForAPIToken else {
            return APIRefusal(
                .forbidden, "the token was minted for an API token (client_id), which does not administer",
                hint: "use an API token of the scope admin, or sign in as an administrator")
        }
        if judged.grant.role == .administrator { return nil }
        if judged.isByRules, judged.token.role == .absent, try await service.isLastAdministrator(judged) { return nil }
        if let denial = judged.grant.unmatched {
            throw .person(denial, .unwritten(judged.evidence, tenant: judged.tenant))
        }
        return Self.notAdministrator
    }

    private static var notAdministrator: APIRefusal {
        APIRefusal(
            .forbidden, "only an administrator of the tenant may administer it",
            hint: "the role comes from the token, or from what the person is assigned in the CRM")
    }
}

package import BridgeCore
internal import BridgeCrypto

/// Lets in whoever shows an API token.
package struct APITokenGate: Sendable {
    /// Runs work after the answer, whose outcome nobody waits for.
    package typealias Behind = @Sendable (_ work: @escaping @Sendable () async -> Void) -> Void

    private let store: any APITokenStore
    private let behind: Behind

    /// - Parameter behind: how the last use is written without holding up the request; a task of its own.
    package init(_ store: any APITokenStore, behind: @escaping Behind = { work in Task { await work() } }) {
        self.store = store
        self.behind = behind
    }

    /// What the bearer of `presented` may do at `now`.
    ///
    /// The store finds a token by its digest, which tells nothing about the token however long the search takes; the
    /// digest found is then compared in constant time.
    /// - Throws: `unauthenticated` for what is no token, no token of this instance (any more), or expired; `internal`
    ///   when the store fails.
    package func access(_ presented: Secret, now: Timestamp) async throws(APIRefusal) -> Access {
        guard let token = try await find(presented) else {
            throw APIRefusal(
                .unauthenticated, "the API token is unknown or was revoked",
                hint: "send Authorization: Bearer with a token of cobrowse-sso admin token create")
        }
        guard !token.isExpired(at: now) else {
            throw APIRefusal(
                .unauthenticated, "the API token \(token.id) expired at \(token.expiresAt)",
                hint: "make a new one: cobrowse-sso admin token create")
        }
        if token.needsUseWritten(at: now) { writeUse(of: token, at: now) }
        return Access(token.grant, by: .apiToken(id: token.id))
    }

    private func find(_ presented: Secret) async throws(APIRefusal) -> APIToken? {
        do throws(StoreError) {
            guard let digest = try APITokenText.digest(presented),
                let token = try await store.apiToken(digest: digest), ConstantTime.areEqual(token.digest, digest)
            else { return nil }
            return token
        } catch {
            throw APIRefusal(.internal, error.detail, hint: error.hint)
        }
    }

    /// A use that cannot be written (full disk) is lost: the request goes on all the same.
    private func writeUse(of token: APIToken, at now: Timestamp) {
        behind { [store] in try? await store.recordUse(ofAPIToken: token.id, at: now) }
    }
}

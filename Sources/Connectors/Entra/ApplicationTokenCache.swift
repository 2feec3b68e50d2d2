package import BridgeCore

/// Which tokens of applications are in memory, and until when they are handed out.
package struct ApplicationTokenCache {
    /// How long before its end a token is not handed out any more, in seconds: requests take time, clocks differ.
    package static let margin: Int64 = 300

    /// What a token is for, and by which credential it was had: another secret has to prove itself.
    package struct Key: Sendable, Hashable {
        let authority: EntraAuthority
        let tenant: EntraTenant
        let clientID: GUID
        let credential: [UInt8]
        let resource: TokenResource
    }

    /// How often anything was forgotten; a token that was asked for before that is not kept.
    package struct Mark: Sendable, Hashable {
        fileprivate let count: UInt64
    }

    private var tokens: RecentMap<Key, AccessToken>
    package private(set) var mark = Mark(count: 0)

    /// - Parameter capacity: how many tokens are kept: each environment has one.
    package init(capacity: Int = 4096) {
        tokens = RecentMap(capacity: capacity)
    }

    /// A token with more than the margin left.
    package mutating func token(for key: Key, now: Timestamp) -> AccessToken? {
        guard let token = tokens.value(for: key), let end = token.expiresAt,
            now.adding(seconds: Self.margin) < end
        else { return nil }
        return token
    }

    /// Keeps a token that was asked for at `mark`.
    package mutating func keep(_ token: AccessToken, for key: Key, since mark: Mark) {
        guard mark == self.mark else { return }
        tokens.insert(token, for: key)
    }

    /// Forgets every token of the client in the tenant.
    package mutating func forget(clientID: GUID, tenantID: GUID) {
        mark = Mark(count: mark.count &+ 1)
        tokens.removeAll { key, _ in key.clientID == clientID && key.tenant == .id(tenantID) }
    }
}

import BridgeCore
import BridgeCrypto

/// What Entra remembers: keys, and everything it has handed out.
struct EntraState: Sendable {
    var keys: EntraKeys
    var codes = RecentMap<String, AuthorizationCode>(capacity: 65_536)
    var accessTokens = RecentMap<String, AccessGrant>(capacity: 65_536)
    var refreshTokens = RecentMap<String, RefreshGrant>(capacity: 65_536)
    var devices = RecentMap<String, DeviceRequest>(capacity: 1024)
    /// The keys of `devices` by user code.
    var deviceKeys = RecentMap<String, String>(capacity: 1024)
    /// `jti` of client assertions, with the client.
    var assertions = RecentMap<String, Timestamp>(capacity: 65_536)

    init(keys: EntraKeys) {
        self.keys = keys
    }

    /// The grant of a bearer token; `nil` for one that was never issued, or whose time is over.
    mutating func grant(ofAccessToken token: String, now: Timestamp) -> AccessGrant? {
        guard let key = OpaqueValue.accessToken.key(of: token), let grant = accessTokens.value(for: key),
            grant.expires > now
        else { return nil }
        return grant
    }
}

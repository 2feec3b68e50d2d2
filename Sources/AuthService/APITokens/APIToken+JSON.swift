package import BridgeCore

extension JSONWriter {
    /// Writes the members that every answer about an API token has, into an object that is open; never the digest.
    package mutating func apiTokenMembers(_ token: APIToken) {
        member("id", token.id)
        member("scope", token.grant.scope.rawValue)
        member("license", token.grant.license?.value)
        member("createdAt", token.createdAt.description)
        member("expiresAt", token.expiresAt.description)
        member("lastUsedAt", token.lastUsedAt?.description)
    }
}

internal import BridgeCore
internal import BridgeCrypto

extension TokenRequest {
    /// - Parameters:
    ///   - clientID: who asks, as `TokenMint.mint`.
    ///   - seconds: how long the token lives, unless the decision that it is signed after holds for less.
    func claims(of clientID: String?, issuedAt: Timestamp, lasting seconds: Int64) -> AgentClaims {
        var additional = clientID.map { [JSONMember(name: "client_id", value: .string($0))] } ?? []
        if let decision { additional += AccountClaims.members(of: decision.accountID, decidedBy: decision.id) }
        return AgentClaims(
            license: license.value, email: email.value, displayName: displayName.flatMap(DisplayName.cleaned),
            role: role, policy: policy, issuedAt: issuedAt,
            expiresAt: issuedAt.tokenEnd(after: seconds, notAfter: decision?.validUntil),
            additional: additional)
    }
}

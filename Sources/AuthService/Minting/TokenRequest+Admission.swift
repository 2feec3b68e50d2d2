internal import BridgeCore
package import BridgeCrypto

extension TokenRequest {
    /// The token of a person whom a token has let in: who it is and what he may, the decision says, and nothing is added.
    ///
    /// - Parameter lifetime: in seconds, `nil` for the usual one; what the decision was made for may end before that.
    /// - Throws: `claim_invalid` for a policy that cannot be read again: a token without it could do more.
    package init(_ admission: Admission<VerifiedToken>, lifetime: Int64?) throws(MintRefusal) {
        let (account, token) = (admission.account, admission.token)
        let policy = try Self.policy(of: admission)
        let role: RoleClaim = account.role == .administrator ? .administrator : .agent
        self.init(
            license: account.license, email: account.email, displayName: account.displayName,
            // A role that the policy takes the place of is none, whatever the account is kept as.
            role: token.role == .null && policy != nil ? .null : role, policy: policy, lifetime: lifetime)
        decision = DecidedLogin(id: admission.decisionID, accountID: account.id, validUntil: Self.end(of: admission))
    }

    /// What a token of the bridge's own brings cannot be asked again of the CRM: it is good for as long as that token.
    private static func end(of admission: Admission<VerifiedToken>) -> Timestamp? {
        guard admission.grant.identity.accountID != nil else { return admission.grant.validUntil }
        return min(admission.token.expiresAt, admission.grant.validUntil ?? admission.token.expiresAt)
    }

    private static func policy(of admission: Admission<VerifiedToken>) throws(MintRefusal) -> JSONValue? {
        switch AdmittedPolicy(admission) {
        case nil: return nil
        case .rule(let document): return document
        case .token(let text):
            do throws(JSONError) {
                return try JSONValue(parsing: text)
            } catch {
                throw MintRefusal(.claimInvalid, "policy cannot be read: \(error)")
            }
        }
    }
}

internal import BridgeCore
internal import BridgeCrypto

/// What a token says that the bridge signed for an account, after it had let the person in itself.
struct AccountClaims: Sendable, Hashable {
    /// Claim `accountId`.
    let accountID: String
    /// The decision that let the person in, which is the token's `jti`.
    let decisionID: String?
    /// `sub`: the address of the account when it was signed.
    let email: String
    /// What that decision gave.
    let role: RoleClaim

    /// The claim that a token of this kind has, and no other (`VerifiedToken.accountID`).
    static let accountClaim = "accountId"

    /// What a token of this kind has besides the claims of all: its account, and the decision as its `jti`.
    static func members(of accountID: String, decidedBy decisionID: String) -> [JSONMember] {
        [
            JSONMember(name: "jti", value: .string(decisionID)),
            JSONMember(name: accountClaim, value: .string(accountID)),
        ]
    }

    /// Reads a token that the bridge's own key signed; `nil` for one that names no account.
    init?(_ token: VerifiedToken) {
        // Neither absent nor unreadable is an account.
        guard let id = try? token.accountID() else { return nil }
        accountID = id
        decisionID = token.tokenID
        email = token.subject
        role = token.role
    }
}

extension AccessPolicy {
    /// Decides about the bearer of a token that the bridge signed for an account.
    ///
    /// What the person's CRM says was decided about when it was signed, and is not asked again; the operator's rules for
    /// addresses may have become others since.
    /// - Throws: `claim_invalid` for an address that is none, `email_not_allowed`.
    func decide(_ claims: AccountClaims, trace: inout some DecisionTrace) throws(AccessDenial) -> Grant {
        let signed = LoginFacts(
            email: claims.email, displayName: nil, claimedRole: claims.role, origin: .signer)
        let email = try readEmail(signed, &trace)
        try checkAddress(email, &trace)
        let role = Role(claims.role)
        trace.note(.claimedRole, .passed, "the decision \(claims.decisionID ?? "before") gave \(role.rawValue)")
        return Grant(
            identity: .account(claims.accountID, of: license), email: email, proof: .none, displayName: nil,
            role: role, rule: nil, validUntil: nil)
    }
}

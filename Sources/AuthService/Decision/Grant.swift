package import BridgeCore

/// What a person is let in as, before it is known which account that is.
package struct Grant: Sendable, Hashable {
    package let identity: Identity
    package let email: EmailAddress
    /// Who has proven that the address is this identity's.
    package let proof: EmailProof
    package let displayName: String?
    package let role: Role
    /// The rule that decided the role; `nil` where the tenant's own signer named it.
    package let rule: Rule?
    /// When the decision has to be made anew, because something the person is assigned ends; `nil` for never.
    package let validUntil: Timestamp?
    /// Why none of the tenant's rules gives a role: only its last administrator is let in all the same. `nil` where one
    /// does, or the tenant's signer.
    package let unmatched: AccessDenial?
    /// The most that the login may be: what it says of the role itself can only lower it.
    package let ceiling: Role

    package init(
        identity: Identity, email: EmailAddress, proof: EmailProof, displayName: String?, role: Role, rule: Rule?,
        validUntil: Timestamp?, unmatched: AccessDenial? = nil, ceiling: Role = .administrator
    ) {
        self.identity = identity
        self.email = email
        self.proof = proof
        self.displayName = displayName
        self.role = role
        self.rule = rule
        self.validUntil = validUntil
        self.unmatched = unmatched
        self.ceiling = ceiling
    }
}

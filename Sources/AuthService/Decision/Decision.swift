package import BridgeCore
package import BridgeCrypto

/// What a genuine login says about a person, wherever it came from.
package struct LoginFacts: Sendable {
    /// The address as it was given.
    package var email: String
    package var displayName: String?
    /// The role that the login itself names.
    package var claimedRole: RoleClaim
    /// What the org says of its user; with it the tenant's rules decide the role.
    package var salesforce: SalesforceFacts?

    package init(email: String, displayName: String?, claimedRole: RoleClaim, salesforce: SalesforceFacts?) {
        self.email = email
        self.displayName = displayName
        self.claimedRole = claimedRole
        self.salesforce = salesforce
    }

    /// The facts in a verified token.
    package init(_ token: VerifiedToken) {
        self.init(
            email: token.subject, displayName: token.displayName, claimedRole: token.role,
            salesforce: token.salesforce.map(SalesforceFacts.init))
    }
}

/// What a person was let in as.
package struct Grant: Sendable, Hashable {
    package let email: EmailAddress
    package let displayName: String?
    package let role: Role
    /// The rule that decided the role; `nil` where the tenant's own signer named it.
    package let rule: Rule?
    /// When the decision has to be made anew, because something the person is assigned ends; `nil` for never.
    package let validUntil: Timestamp?
}

/// The one decision of the bridge: whether a person may enter a tenant, and as what.
///
/// A pure function of its parameters; every way in goes through it.
package struct AccessPolicy: Sendable {
    private let rules: RuleSet
    private let addresses: AddressRules

    package init(rules: RuleSet, addresses: AddressRules) {
        self.rules = rules
        self.addresses = addresses
    }

    /// Decides about the person that `facts` describe, at `now`.
    ///
    /// - Throws: `claim_invalid` for an address that is none, `email_not_allowed`, `email_unverified`,
    ///   `user_inactive`, `not_a_person`, `role_missing`, `roles_unavailable`.
    package func decide(_ facts: LoginFacts, now: Timestamp) throws(AccessDenial) -> Grant {
        guard let email = EmailAddress(facts.email) else {
            throw AccessDenial(
                .claimInvalid, "sub is no e-mail address", hint: "sub has to be the agent's e-mail address")
        }
        try addresses.check(email)
        let (role, rule) = try decideRole(facts, now: now)
        return Grant(
            email: email, displayName: facts.displayName.flatMap(DisplayName.cleaned), role: role, rule: rule,
            validUntil: facts.salesforce?.nextExpiry(after: now))
    }

    private func decideRole(_ facts: LoginFacts, now: Timestamp) throws(AccessDenial) -> (Role, Rule?) {
        guard let salesforce = facts.salesforce else { return (Role(facts.claimedRole), nil) }
        guard salesforce.emailVerified else {
            throw AccessDenial(
                .emailUnverified, "Salesforce has not verified the user's e-mail address",
                hint:
                    "the user clicks the link in Salesforce's verification message; an administrator can send it again")
        }
        guard salesforce.isActive != false else {
            throw AccessDenial(
                .userInactive, "the user is not active in Salesforce",
                hint: "a Salesforce administrator can activate it")
        }
        if let type = salesforce.userType, type != "Standard" {
            throw AccessDenial(.notAPerson, "the Salesforce user is of a type that is not an agent: \(quoted(type))")
        }
        let rule = try rules.decide(salesforce, now: now)
        // A role in the token can only lower what the rules give.
        let ceiling = facts.claimedRole == .absent ? rule.role : Role(facts.claimedRole)
        return (min(rule.role, ceiling), rule)
    }
}

extension Role {
    /// The role a signer names; administrator never without saying so.
    init(_ claim: RoleClaim) {
        self = claim == .administrator ? .administrator : .agent
    }
}

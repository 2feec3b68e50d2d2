package import BridgeCore
internal import BridgeCrypto

/// What a tenant decides by: whether a person may enter, and as what.
///
/// A pure function of its parameters. Every way in goes through it; which account the person gets is settled after it,
/// by `AccountSettlement`, with the same trace.
package struct AccessPolicy: Sendable {
    let license: License
    private let rules: RuleSet
    private let addresses: AddressRules

    package init(license: License, rules: RuleSet, addresses: AddressRules) {
        self.license = license
        self.rules = rules
        self.addresses = addresses
    }

    /// Whether teams of a Dataverse environment can decide, so that they have to be read.
    package var asksForTeams: Bool { rules.asksForTeams }

    /// Whether permission sets, groups or profiles of a Salesforce org can decide, so that they have to be read.
    package var asksForPermissionSets: Bool { rules.asksForPermissionSets }

    /// Whether custom permissions of a Salesforce org can decide, so that they have to be read.
    package var asksForCustomPermissions: Bool { rules.asksForCustomPermissions }

    /// The custom permissions that decide, as the rules have them: by name, label or id.
    package var customPermissionNames: [String] { rules.customPermissionNames }

    /// What the rules alone make of somebody's roles and teams; who may enter, `decide` says.
    package func outcome(of facts: DynamicsFacts) -> RuleOutcome {
        do throws(AccessDenial) {
            return .role(try rules.decide(facts).role)
        } catch {
            return .denial(error.code)
        }
    }

    /// What the rules alone make of somebody's permission sets, groups, custom permissions and profile.
    package func outcome(of facts: SalesforceFacts, now: Timestamp) -> RuleOutcome {
        do throws(AccessDenial) {
            return .role(try rules.decide(facts, now: now).role)
        } catch {
            return .denial(error.code)
        }
    }

    /// Whether what nobody knows of somebody might be worth a higher role than `role`.
    func mayGiveMore(than role: Role, _ facts: SalesforceFacts) -> Bool { rules.mayGiveMore(than: role, facts) }

    /// Whether it matters who has this security role.
    package func asks(for role: DynamicsFacts.SecurityRole) -> Bool { rules.asks(for: role) }

    /// Whether it matters who is a member of the team of that name.
    package func asks(forTeam name: String) -> Bool { rules.asks(forTeam: name) }

    /// Decides about the person that `facts` describe, at `now`.
    ///
    /// - Throws: `claim_invalid` for an address that is none, `email_missing` where that is the CRM's,
    ///   `email_not_allowed`, `email_unverified`, `user_inactive`, `not_a_person`, `role_missing`, `roles_unavailable`.
    package func decide(
        _ facts: LoginFacts, now: Timestamp, trace: inout some DecisionTrace
    ) throws(AccessDenial) -> Grant {
        let email = try readEmail(facts, &trace)
        try checkAddress(email, &trace)
        let proof = try checkProof(facts, &trace)
        try checkStanding(facts.origin, &trace)
        let (role, rule) = try decideRole(facts, now: now, &trace)
        return grant(facts, email: email, proof: proof, role, rule, now: now)
    }

    /// What `facts` are let in as.
    func grant(
        _ facts: LoginFacts, email: EmailAddress, proof: EmailProof, _ role: Role, _ rule: Rule?, now: Timestamp,
        unmatched: AccessDenial? = nil
    ) -> Grant {
        Grant(
            identity: facts.identity(email, of: license), email: email, proof: proof,
            displayName: facts.displayName.flatMap(DisplayName.cleaned), role: role, rule: rule,
            validUntil: facts.nextExpiry(after: now), unmatched: unmatched, ceiling: facts.ceiling)
    }

    /// Decides where nobody asks why.
    package func decide(_ facts: LoginFacts, now: Timestamp) throws(AccessDenial) -> Grant {
        var trace = NoTrace()
        return try decide(facts, now: now, trace: &trace)
    }

    func readEmail(_ facts: LoginFacts, _ trace: inout some DecisionTrace) throws(AccessDenial) -> EmailAddress {
        guard let email = EmailAddress(facts.email) else {
            switch facts.origin {
            case .dynamics: throw trace.refused(.email, .noAddress(facts.email))
            case .salesforce(let salesforce) where salesforce.connection != nil:
                throw trace.refused(.email, .noSalesforceAddress(facts.email))
            case .signer, .salesforce:
                throw trace.refused(
                    .email,
                    AccessDenial(
                        .claimInvalid, "sub is no e-mail address", hint: "sub has to be the agent's e-mail address"))
            }
        }
        trace.note(.email, .passed, email.value)
        return email
    }

    func checkAddress(_ email: EmailAddress, _ trace: inout some DecisionTrace) throws(AccessDenial) {
        do throws(AccessDenial) {
            try addresses.check(email)
        } catch {
            throw trace.refused(.address, error)
        }
        trace.note(.address, .passed, "the operator lets this address in")
    }

    private func checkProof(
        _ facts: LoginFacts, _ trace: inout some DecisionTrace
    ) throws(AccessDenial) -> EmailProof {
        let proof = facts.proof
        if case .salesforce(let salesforce) = facts.origin, !proof.isProven {
            throw trace.refused(.emailProof, .unverified(salesforce, facts.email))
        }
        if case .dynamics(let dynamics) = facts.origin, dynamics.isEmailApproved == false {
            try checkUnapproved(dynamics, &trace)
            return proof
        }
        trace.note(.emailProof, proof.isProven ? .passed : .warning, proof.rawValue)
        return proof
    }

    private func checkStanding(
        _ origin: LoginFacts.Origin, _ trace: inout some DecisionTrace
    ) throws(AccessDenial) {
        switch origin {
        case .signer: break
        case .salesforce(let facts): try checkStanding(facts, &trace)
        case .dynamics(let facts): try checkStanding(facts, &trace)
        }
    }

    private func decideRole(
        _ facts: LoginFacts, now: Timestamp, _ trace: inout some DecisionTrace
    ) throws(AccessDenial) -> (Role, Rule?) {
        let rule: Rule?
        do throws(AccessDenial) {
            switch facts.origin {
            case .signer: rule = nil
            case .salesforce(let facts): rule = try rules.decide(facts, now: now)
            case .dynamics(let facts): rule = try rules.decide(facts)
            }
        } catch {
            throw trace.refused(.rules, error)
        }
        guard let rule else {
            let role = Role(facts.claimedRole)
            trace.note(.claimedRole, .passed, "the tenant's signer says \(facts.claimedRole.words): \(role.rawValue)")
            return (role, nil)
        }
        trace.note(.rules, .passed, "\(rule.match.words) gives \(rule.role.rawValue)")
        // A role in the login can only lower what the rules give.
        guard facts.claimedRole != .absent else { return (rule.role, rule) }
        let role = min(rule.role, Role(facts.claimedRole))
        trace.note(.claimedRole, .passed, "the login says \(facts.claimedRole.words): \(role.rawValue)")
        return (role, rule)
    }
}

extension Role {
    /// The role a signer names; administrator never without saying so.
    init(_ claim: RoleClaim) {
        self = claim == .administrator ? .administrator : .agent
    }
}

extension LoginFacts {
    /// The most that the login may be by what it says of the role; a role it does not speak of is not lowered.
    var ceiling: Role { claimedRole == .absent ? .administrator : Role(claimedRole) }
}

extension RoleClaim {
    fileprivate var words: String {
        switch self {
        case .absent: "no role"
        case .null: "null"
        case .agent, .administrator: rawValue
        }
    }
}

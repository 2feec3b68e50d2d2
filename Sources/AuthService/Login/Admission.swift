internal import BridgeCore
package import BridgeCrypto

/// A person who was let in.
package struct Admission<Evidence: LoginEvidence>: Sendable {
    /// The account as this login has it.
    package let account: Account
    /// What brought the person.
    package let evidence: Evidence
    /// What the decision is written down as.
    package let decisionID: String
    /// What the login itself gives: the role of the account may be a higher one, where it is the tenant's last
    /// administrator's.
    package let grant: Grant

    package init(account: Account, evidence: Evidence, decisionID: String, grant: Grant) {
        self.grant = grant
        self.account = account
        self.evidence = evidence
        self.decisionID = decisionID
    }
}

extension Admission<VerifiedToken> {
    /// The token that brought the person.
    package var token: VerifiedToken { evidence }
}

/// A person who was let in, with the bytes that say so.
package struct RenderedLogin: Sendable {
    package let account: Account
    package let decisionID: String
    package let body: [UInt8]

    package init(_ admission: Admission<VerifiedToken>, body: [UInt8]) {
        account = admission.account
        decisionID = admission.decisionID
        self.body = body
    }
}

/// Evidence that was judged, and a person who may enter, before the account is looked at.
package struct JudgedLogin<Evidence: LoginEvidence>: Sendable {
    package let evidence: Evidence
    package let grant: Grant
    let tenant: TenantState

    /// Whether the tenant's rules were asked for the role, and not its signer alone.
    var isByRules: Bool { grant.rule != nil || grant.unmatched != nil }
}

extension JudgedLogin<VerifiedToken> {
    /// The token that was verified.
    package var token: VerifiedToken { evidence }
}

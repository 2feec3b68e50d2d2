internal import BridgeCore
package import BridgeCrypto

/// A person who was let in.
package struct Admission: Sendable {
    package let account: Account
    /// The token that brought the person.
    package let token: VerifiedToken
    /// What the decision is written down as.
    package let decisionID: String
    /// What the login itself gives: the role of the account may be a higher one, where it is the tenant's last
    /// administrator's.
    package let grant: Grant

    package init(account: Account, token: VerifiedToken, decisionID: String, grant: Grant) {
        self.grant = grant
        self.account = account
        self.token = token
        self.decisionID = decisionID
    }
}

/// A person who was let in, with the bytes that say so.
package struct RenderedLogin: Sendable {
    package let account: Account
    package let decisionID: String
    package let body: [UInt8]

    package init(_ admission: Admission, body: [UInt8]) {
        account = admission.account
        decisionID = admission.decisionID
        self.body = body
    }
}

/// A token that was verified and a person who may enter, before the account is looked at.
package struct JudgedLogin: Sendable {
    package let token: VerifiedToken
    package let grant: Grant
    let tenant: TenantState
}

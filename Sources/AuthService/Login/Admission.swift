internal import BridgeCore
package import BridgeCrypto

/// A person who was let in.
package struct Admission: Sendable {
    package let account: Account
    /// The token that brought the person.
    package let token: VerifiedToken

    package init(account: Account, token: VerifiedToken) {
        self.account = account
        self.token = token
    }
}

/// A token that was verified and a person who may enter, before the account is looked at.
package struct JudgedLogin: Sendable {
    package let token: VerifiedToken
    package let grant: Grant
    let tenant: TenantState
}

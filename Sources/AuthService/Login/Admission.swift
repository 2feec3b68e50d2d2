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

/// A person who was let in, with the bytes that say so.
package struct RenderedLogin: Sendable {
    package let account: Account
    package let body: [UInt8]

    package init(account: Account, body: [UInt8]) {
        self.account = account
        self.body = body
    }
}

/// A token that was verified and a person who may enter, before the account is looked at.
package struct JudgedLogin: Sendable {
    package let token: VerifiedToken
    package let grant: Grant
    let tenant: TenantState
}

package import AuthService
package import BridgeCore
internal import BridgeCrypto

/// A login by the address alone, for tests of stores.
package struct Login: Sendable, Hashable {
    package let license: License
    package let email: EmailAddress
    package let displayName: String?
    package let role: Role
    package let time: Timestamp
    package let newAccountID: String

    package init(
        license: License, email: EmailAddress, displayName: String?, role: Role, time: Timestamp, newAccountID: String
    ) {
        self.license = license
        self.email = email
        self.displayName = displayName
        self.role = role
        self.time = time
        self.newAccountID = newAccountID
    }

    /// What a store is asked to settle.
    package func attempt() throws(StoreError) -> LoginAttempt {
        let facts = LoginFacts(email: email.value, displayName: displayName, claimedRole: .absent, origin: .signer)
        return LoginAttempt(
            license: license,
            grant: Grant(
                identity: .address(email, of: license), email: email, proof: .tenantSigned, displayName: displayName,
                role: role, rule: nil, validUntil: nil),
            time: time, newAccountID: newAccountID,
            draft: DecisionDraft(
                id: try RecordID.make("dec_", at: time), source: .token, requestID: nil, facts: facts,
                trace: FullTrace()))
    }
}

extension AccountStore {
    /// Settles a login by the address alone and returns the account as it is stored, also a disabled one.
    package func record(_ login: Login) async throws(StoreError) -> Account {
        if case .success(let settlement) = try await settle(try login.attempt()).outcome { return settlement.account }
        guard let account = try await account(login.email, of: login.license) else {
            throw StoreError(.internal, "the login was refused and there is no account")
        }
        return account
    }
}

/// What a store knows of a person when a login is settled; read and written in one transaction.
package struct Standing: Sendable {
    /// The account that the identity has; `nil` for an identity that nobody has seen, and for a bare address.
    package var linked: LinkedAccount?
    /// The account that has the address of the login.
    package var holder: AddressHolder?
    /// Whether the tenant has an active administrator besides the account; asked only where it matters.
    package var hasOtherAdministrator: Bool

    /// An account with the address its identity last came with.
    package struct LinkedAccount: Sendable {
        package var account: Account
        package var identityEmail: EmailAddress
        /// The role that the identity had last; `nil` where nobody has written it down.
        package var grantedRole: Role?
        /// Whether a sync has found that the identity may not enter.
        package var isSuspended: Bool

        package init(
            account: Account, identityEmail: EmailAddress, grantedRole: Role? = nil, isSuspended: Bool = false
        ) {
            self.account = account
            self.identityEmail = identityEmail
            self.grantedRole = grantedRole
            self.isSuspended = isSuspended
        }
    }

    /// The account that has an address.
    package struct AddressHolder: Sendable {
        package var account: Account
        /// Whether another user of the same connection and organization has the account.
        package var hasRival: Bool

        package init(account: Account, hasRival: Bool) {
            self.account = account
            self.hasRival = hasRival
        }
    }

    /// Whether the person of `grant` is known as the tenant's only administrator, who stays one whatever the rules say.
    func isOfLastAdministrator(_ grant: Grant) -> Bool {
        let isHolder = grant.identity.isAddress && grant.proof.isProven && holder?.account.emailProof.isProven == true
        let known = linked?.account ?? (isHolder ? holder?.account : nil)
        return known?.isActiveAdministrator == true && !hasOtherAdministrator
    }

    package init(linked: LinkedAccount?, holder: AddressHolder?, hasOtherAdministrator: Bool) {
        self.linked = linked
        self.holder = holder
        self.hasOtherAdministrator = hasOtherAdministrator
    }
}

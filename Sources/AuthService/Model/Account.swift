package import BridgeCore

/// A person inside a tenant.
package struct Account: Sendable, Hashable {
    /// `acc_` and 32 hexadecimal digits; never reused.
    package let id: String
    package let license: License
    /// The address the account is found by.
    package var email: EmailAddress
    /// Who has proven that the address is the person's.
    package var emailProof: EmailProof
    /// The name shown to customers; `nil` until a login brought one.
    package var displayName: String?
    package var role: Role
    package var status: Status
    package let createdAt: Timestamp
    /// The last login that was written down; later ones within the hour are not.
    package var lastLoginAt: Timestamp

    /// Whether logins are let in.
    package enum Status: String, Sendable, Hashable, CaseIterable {
        case active
        /// By somebody, by name: no login and no sync makes it active again.
        case disabled
        /// By a sync: every CRM it came through refuses the person. The next login through one, or the next sync, that
        /// finds otherwise makes it active again.
        case suspended
    }

    package init(
        id: String, license: License, email: EmailAddress, emailProof: EmailProof = .tenantSigned,
        displayName: String?, role: Role, status: Status = .active, createdAt: Timestamp,
        lastLoginAt: Timestamp
    ) {
        self.id = id
        self.license = license
        self.email = email
        self.emailProof = emailProof
        self.displayName = displayName
        self.role = role
        self.status = status
        self.createdAt = createdAt
        self.lastLoginAt = lastLoginAt
    }

    /// Whether answers about both are the same: all but the last login.
    func looksLike(_ other: Account) -> Bool {
        id == other.id && email == other.email && role == other.role && status == other.status
            && displayName == other.displayName
    }
}

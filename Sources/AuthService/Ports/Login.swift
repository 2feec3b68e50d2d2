package import BridgeCore

/// A login that was allowed and is to be written down.
package struct Login: Sendable, Hashable {
    package let license: License
    package let email: EmailAddress
    /// The name to show; `nil` keeps the one that is there.
    package let displayName: String?
    package let role: Role
    package let time: Timestamp
    /// The id of the account should this be its first login (`acc_` and 32 hexadecimal digits, see `RecordID`).
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
}

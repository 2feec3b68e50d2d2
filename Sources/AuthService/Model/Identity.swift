/// A person as the system that vouches for them knows them; the e-mail address is an attribute, not the identity.
package struct Identity: Sendable, Hashable {
    /// How the tenant is linked to the system: `token`, `salesforce:default`, `dynamics:emea`; `bridge` for itself.
    package let connection: String
    /// The Salesforce organization id (18 characters), the Entra tenant id, or the license for `token` and `bridge`.
    package let organization: String
    /// The Salesforce user id (18 characters), the Entra object id, the address for `token`, or the account for `bridge`.
    package let subject: String

    package init(connection: String, organization: String, subject: String) {
        self.connection = connection
        self.organization = organization
        self.subject = subject
    }

    /// Whom the tenant's own signer names by the address alone.
    package static func address(_ email: EmailAddress, of license: License) -> Identity {
        Identity(connection: addressConnection, organization: license.value, subject: email.value)
    }

    /// The connection of users whom the tenant's own signer names by their org and id.
    static let signedConnection = "salesforce:default"

    /// Whether the address is all that is known, so that another address is another person.
    package var isAddress: Bool { connection == Self.addressConnection }

    /// Whether a CRM knows the person, and says what they may.
    package var isOfCRM: Bool { !isAddress && accountID == nil }

    /// Who has an account already, by the account: nothing that is stored about a person.
    package static func account(_ id: String, of license: License) -> Identity {
        Identity(connection: accountConnection, organization: license.value, subject: id)
    }

    /// The account of one that is named by it.
    package var accountID: String? { connection == Self.accountConnection ? subject : nil }

    private static let addressConnection = "token"
    private static let accountConnection = "bridge"
}

package import BridgeCore

/// How a tenant is linked to one Dataverse environment, without what proves the client.
package struct DynamicsSettings: Sendable, Hashable {
    /// The Directory (tenant) ID of the people who sign in.
    package var tenantID: GUID
    /// The Application (client) ID; `nil` for the operator's registration (`dynamics__client_id`).
    package var clientID: GUID?
    /// The origin of the environment as people see it, which is the prefix of the token's scope: https, in lower case,
    /// without a slash at its end.
    package var environmentURL: String
    package var readAs: ReadAs
    package var mailboxApproval: MailboxApproval
    /// How a certificate proves the client; of no matter for a secret.
    package var assertionAlgorithm: AssertionAlgorithm

    /// With whose token rows and roles are read.
    package enum ReadAs: String, Sendable, Hashable, CaseIterable {
        /// With that of the environment's application user.
        case application
        /// With that of the person who signs in.
        case agent
    }

    package init(
        tenantID: GUID, clientID: GUID?, environmentURL: String, readAs: ReadAs = .application,
        mailboxApproval: MailboxApproval = .required, assertionAlgorithm: AssertionAlgorithm = .ps256
    ) {
        self.assertionAlgorithm = assertionAlgorithm
        self.tenantID = tenantID
        self.clientID = clientID
        self.environmentURL = environmentURL
        self.readAs = readAs
        self.mailboxApproval = mailboxApproval
    }
}

/// What assertions of a client with a certificate are signed with.
package enum AssertionAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// With `x5t#S256`, as Entra asks for it.
    case ps256 = "PS256"
    /// With `x5t`, which alone old registrations take.
    case rs256 = "RS256"
}

/// Whether a person's address has to be approved in the environment.
package enum MailboxApproval: String, Sendable, Hashable, CaseIterable {
    case required
    /// The organization does not approve mailboxes ("Process emails only for approved users" is off), so that nobody's
    /// address ever is; only an administrator says so, and every decision that depends on it names it.
    case notUsed = "not-used"
}

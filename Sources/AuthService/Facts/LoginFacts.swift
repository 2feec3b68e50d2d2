internal import BridgeCore
package import BridgeCrypto

/// What a genuine login says about a person, wherever it came from.
package struct LoginFacts: Sendable {
    /// The address as it was given.
    package var email: String
    package var displayName: String?
    /// The role that the login itself names.
    package var claimedRole: RoleClaim
    /// What the person's CRM says; with it the tenant's rules decide the role.
    package var origin: Origin

    /// The CRM that knows the person, with what it says.
    package enum Origin: Sendable, Hashable {
        /// None: the tenant's own signer vouches for everything.
        case signer
        case salesforce(SalesforceFacts)
        case dynamics(DynamicsFacts)
    }

    package init(email: String, displayName: String?, claimedRole: RoleClaim, origin: Origin) {
        self.email = email
        self.displayName = displayName
        self.claimedRole = claimedRole
        self.origin = origin
    }

    /// The facts in a verified token.
    package init(_ token: VerifiedToken) {
        self.init(
            email: token.subject, displayName: token.displayName, claimedRole: token.role,
            origin: token.salesforce.map { .salesforce(SalesforceFacts($0)) } ?? .signer)
    }

    /// Who has proven that the address is the person's.
    package var proof: EmailProof {
        switch origin {
        case .signer: .tenantSigned
        case .salesforce(let facts): facts.isVerified(email) ? .salesforceVerified : .none
        case .dynamics(let facts): facts.isEmailApproved == true ? .dataverseApproved : .none
        }
    }

    /// The person inside the tenant: the user of the org where a signer names one or a connection found one, the Entra
    /// tenant's object where somebody signed in with it, else the address.
    package func identity(_ email: EmailAddress, of license: License) -> Identity {
        switch origin {
        case .salesforce(let facts):
            guard let organization = facts.organizationID, let user = facts.userID else { break }
            // What a signer names is of the connection that needs no name.
            let connection = facts.connection.map { ConnectionID(.salesforce, $0, of: license).identityName }
            return Identity(
                connection: connection ?? Identity.signedConnection, organization: organization.value,
                subject: user.value)
        case .dynamics(let facts):
            guard let person = facts.person else { break }
            return Identity(
                connection: ConnectionID(.dynamics, person.connection, of: license).identityName,
                organization: person.tenantID.value, subject: person.objectID.value)
        case .signer: break
        }
        return .address(email, of: license)
    }

    /// When something the person is assigned ends, so that the decision has to be made anew; `nil` for never.
    func nextExpiry(after now: Timestamp) -> Timestamp? {
        if case .salesforce(let facts) = origin { facts.nextExpiry(after: now) } else { nil }
    }
}

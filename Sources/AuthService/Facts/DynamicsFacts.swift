package import BridgeCore

/// What is known about a person of a Dataverse environment; `nil` means not known, which is never the same as "none".
package struct DynamicsFacts: Sendable, Hashable {
    /// Who it is: with it, the facts are a row that was read; `nil` for facts that somebody made up.
    package var person: Person?
    /// Whether the system user is enabled.
    package var isEnabled: Bool?
    /// Whether it is a person, where nothing more exact is known.
    package var isPerson: Bool?
    package var accessMode: AccessMode?
    /// The client id of an application user; `nil` for people.
    package var applicationID: String?
    /// Whether the environment approved the address, where nothing more exact is known.
    package var emailApproved: Bool?
    package var emailStatus: EmailStatus?
    /// What the connection says of approvals; `nil` is as good as `required`.
    package var mailboxApproval: MailboxApproval?
    /// Roles of the person and of the person's teams.
    package var securityRoles: [SecurityRole]?
    package var teams: [String]?

    /// A person of an Entra tenant, by what never changes; addresses and names are attributes.
    package struct Person: Sendable, Hashable {
        /// The connection that read the row.
        package let connection: ConnectionName
        /// `tid` of the ID token.
        package let tenantID: GUID
        /// `oid` of the ID token, which is `azureactivedirectoryobjectid` of the row.
        package let objectID: GUID

        package init(connection: ConnectionName, tenantID: GUID, objectID: GUID) {
            self.connection = connection
            self.tenantID = tenantID
            self.objectID = objectID
        }
    }

    /// A security role, by the texts a rule may know it by.
    package struct SecurityRole: Sendable, Hashable {
        package var name: String
        /// The role of the root business unit of which this one is the copy.
        package var rootID: String?
        /// The role of a managed solution of which this one was made.
        package var templateID: String?

        package init(name: String, rootID: String? = nil, templateID: String? = nil) {
            self.name = name
            self.rootID = rootID
            self.templateID = templateID
        }
    }

    package init(
        person: Person? = nil, isEnabled: Bool? = nil, isPerson: Bool? = nil, accessMode: AccessMode? = nil,
        applicationID: String? = nil, emailApproved: Bool? = nil, emailStatus: EmailStatus? = nil,
        mailboxApproval: MailboxApproval? = nil, securityRoles: [SecurityRole]? = nil, teams: [String]? = nil
    ) {
        self.person = person
        self.isEnabled = isEnabled
        self.isPerson = isPerson
        self.accessMode = accessMode
        self.applicationID = applicationID
        self.emailApproved = emailApproved
        self.emailStatus = emailStatus
        self.mailboxApproval = mailboxApproval
        self.securityRoles = securityRoles
        self.teams = teams
    }

    /// Whether the environment approved the address; `nil` where that is not known.
    package var isEmailApproved: Bool? { emailStatus.map { $0 == .approved } ?? emailApproved }
}

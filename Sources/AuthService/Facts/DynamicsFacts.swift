/// What is known about a person of a Dataverse environment; `nil` means not known, which is never the same as "none".
package struct DynamicsFacts: Sendable, Hashable {
    /// Whether the system user is enabled.
    package var isEnabled: Bool?
    /// Whether it is a person: no application user, no support user, no user without interactive access.
    package var isPerson: Bool?
    /// Whether the environment approved the address.
    package var emailApproved: Bool?
    /// Roles of the person and of the person's teams.
    package var securityRoles: [SecurityRole]?
    package var teams: [String]?

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
        isEnabled: Bool? = nil, isPerson: Bool? = nil, emailApproved: Bool? = nil,
        securityRoles: [SecurityRole]? = nil, teams: [String]? = nil
    ) {
        self.isEnabled = isEnabled
        self.isPerson = isPerson
        self.emailApproved = emailApproved
        self.securityRoles = securityRoles
        self.teams = teams
    }
}

package import BridgeCore

/// What is known about a person of a Salesforce org; `nil` means not known, which is never the same as "none".
package struct SalesforceFacts: Sendable, Hashable {
    package var emailVerified: Bool
    package var isActive: Bool?
    /// `Standard` for people of the org.
    package var userType: String?
    package var profile: String?
    package var permissionSets: [PermissionSet]?
    package var permissionSetGroups: [String]?
    package var customPermissions: [String]?

    /// A permission set that is assigned to the person.
    package struct PermissionSet: Sendable, Hashable {
        /// Every text a rule may know it by: API name, namespaced name, label, id.
        package var names: [String]
        package var isActive: Bool
        package var expiresAt: Timestamp?

        package init(names: [String], isActive: Bool, expiresAt: Timestamp?) {
            self.names = names
            self.isActive = isActive
            self.expiresAt = expiresAt
        }

        /// Whether the assignment is in force.
        func isActive(at now: Timestamp) -> Bool {
            isActive && expiresAt.map { $0 > now } ?? true
        }
    }

    package init(
        emailVerified: Bool, isActive: Bool? = nil, userType: String? = nil, profile: String? = nil,
        permissionSets: [PermissionSet]? = nil, permissionSetGroups: [String]? = nil,
        customPermissions: [String]? = nil
    ) {
        self.emailVerified = emailVerified
        self.isActive = isActive
        self.userType = userType
        self.profile = profile
        self.permissionSets = permissionSets
        self.permissionSetGroups = permissionSetGroups
        self.customPermissions = customPermissions
    }

    /// When the first of the assignments that are in force at `now` ends; `nil` where none does.
    func nextExpiry(after now: Timestamp) -> Timestamp? {
        permissionSets?.lazy.filter { $0.isActive(at: now) }.compactMap(\.expiresAt).min()
    }
}

package import BridgeCore

/// What is known about a person of a Salesforce org; `nil` means not known, which is never the same as "none".
package struct SalesforceFacts: Sendable, Hashable {
    /// The org and its user, who are the identity; `nil` for a signer that names neither.
    package var organizationID: SalesforceID?
    package var userID: SalesforceID?
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
        /// The API name; where only one text is known, that one, which may be a label or an id as well.
        package var name: String
        package var label: String?
        package var namespacePrefix: String?
        package var isActive: Bool
        package var expiresAt: Timestamp?

        package init(
            name: String, label: String? = nil, namespacePrefix: String? = nil, isActive: Bool = true,
            expiresAt: Timestamp? = nil
        ) {
            self.name = name
            self.label = label
            self.namespacePrefix = namespacePrefix
            self.isActive = isActive
            self.expiresAt = expiresAt
        }

        /// Whether the assignment is in force.
        @inline(__always)
        func isActive(at now: Timestamp) -> Bool {
            isActive && expiresAt.map { $0 > now } ?? true
        }

        /// `PREFIX__NAME`, as a set of a managed package is called outside it; `nil` for others.
        @inline(__always)
        var namespacedName: String? {
            guard let namespacePrefix, !namespacePrefix.isEmpty else { return nil }
            return "\(namespacePrefix)__\(name)"
        }
    }

    package init(
        organizationID: SalesforceID? = nil, userID: SalesforceID? = nil, emailVerified: Bool, isActive: Bool? = nil,
        userType: String? = nil, profile: String? = nil,
        permissionSets: [PermissionSet]? = nil, permissionSetGroups: [String]? = nil,
        customPermissions: [String]? = nil
    ) {
        self.organizationID = organizationID
        self.userID = userID
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
        guard let sets = permissionSets else { return nil }
        var next: Timestamp?
        for place in sets.indices where sets[place].isActive(at: now) {
            guard let end = sets[place].expiresAt else { continue }
            next = min(next ?? end, end)
        }
        return next
    }
}

internal import BridgeCore

/// What is known about a person of a Salesforce org; `nil` means not known, which is never the same as "none".
package struct SalesforceFacts: Sendable, Hashable {
    /// The connection that asked the org; `nil` for what a signer says, and for facts that somebody made up.
    package var connection: ConnectionName?
    /// The org and its user, who are the identity; `nil` for a signer that names neither.
    package var organizationID: SalesforceID?
    package var userID: SalesforceID?
    /// The name to log in with, which looks like an address and is none.
    package var username: String?
    /// Whether Salesforce has verified the address; `nil` where it did not say.
    package var emailVerified: Bool?
    package var isActive: Bool?
    /// Whether an administrator has frozen the user, who is active all the same.
    package var isFrozen: Bool?
    /// `Standard` for people of the org.
    package var userType: String?
    package var profile: Component?
    /// Those of the person and those of the person's groups.
    package var permissionSets: [Component]?
    package var permissionSetGroups: [Component]?
    package var customPermissions: [Component]?
    /// What nobody knows because whoever asked the org lacks a right.
    package var unreadable: Set<Unreadable>

    package init(
        connection: ConnectionName? = nil, organizationID: SalesforceID? = nil, userID: SalesforceID? = nil,
        username: String? = nil, emailVerified: Bool?, isActive: Bool? = nil, isFrozen: Bool? = nil,
        userType: String? = nil, profile: Component? = nil, permissionSets: [Component]? = nil,
        permissionSetGroups: [Component]? = nil, customPermissions: [Component]? = nil,
        unreadable: Set<Unreadable> = []
    ) {
        self.connection = connection
        self.organizationID = organizationID
        self.userID = userID
        self.username = username
        self.emailVerified = emailVerified
        self.isActive = isActive
        self.isFrozen = isFrozen
        self.userType = userType
        self.profile = profile
        self.permissionSets = permissionSets
        self.permissionSetGroups = permissionSetGroups
        self.customPermissions = customPermissions
        self.unreadable = unreadable
    }

    /// When the first of the assignments that are in force at `now` ends; `nil` where none does.
    func nextExpiry(after now: Timestamp) -> Timestamp? {
        let ends = [permissionSets, permissionSetGroups].compactMap { $0.flatMap { Self.nextExpiry($0, after: now) } }
        return ends.min()
    }

    private static func nextExpiry(_ components: [Component], after now: Timestamp) -> Timestamp? {
        var next: Timestamp?
        for place in components.indices where components[place].isActive(at: now) {
            guard let end = components[place].expiresAt else { continue }
            next = min(next ?? end, end)
        }
        return next
    }
}

extension SalesforceFacts {
    /// A fact that takes a right to be read, which whoever asks the org may not have.
    package enum Unreadable: String, Sendable, Hashable, CaseIterable {
        case emailVerified, isFrozen, permissionSets, customPermissions

        /// The right, as Setup names it (Object Reference: TwoFactorMethodsInfo, UserLogin, PermissionSetAssignment,
        /// SetupEntityAccess).
        package var right: String {
            switch self {
            case .emailVerified: "Manage Multi-Factor Authentication in API"
            case .isFrozen: "Manage Users"
            case .permissionSets, .customPermissions: "View Setup and Configuration"
            }
        }
    }
}

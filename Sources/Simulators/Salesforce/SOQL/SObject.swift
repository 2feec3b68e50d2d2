/// The objects that can be queried, with their fields (Object reference).
enum SObject: String, Sendable, Hashable, CaseIterable {
    case user = "User"
    case userLogin = "UserLogin"
    case twoFactorMethodsInfo = "TwoFactorMethodsInfo"
    case assignment = "PermissionSetAssignment"
    case permissionSet = "PermissionSet"
    case group = "PermissionSetGroup"
    case component = "PermissionSetGroupComponent"
    case access = "SetupEntityAccess"
    case customPermission = "CustomPermission"
    case userAccess = "UserSetupEntityAccess"
    case organization = "Organization"
    case profile = "Profile"

    /// The object of that name, whose case does not matter.
    static func named(_ name: some StringProtocol) -> SObject? { byName[name.lowercased()] }

    private static let byName = Dictionary(allCases.map { ($0.rawValue.lowercased(), $0) }) { $1 }

    /// The version of the API that has it first.
    var since: Int { self == .userAccess ? 48 : 31 }

    func kind(of column: SColumn) -> SColumn.Kind? { Self.fields[self]?[column] }

    func target(of relation: SRelation) -> SObject? { Self.relations[self]?[relation] }

    private static let fields: [SObject: [SColumn: SColumn.Kind]] = [
        .user: [
            .id: .id, .username: .text, .email: .text, .name: .text, .isActive: .bool, .userType: .text,
            .profileId: .id, .lastModifiedDate: .time, .systemModstamp: .time,
        ],
        .userLogin: [
            .id: .id, .userId: .id, .isFrozen: .bool, .isPasswordLocked: .bool, .lastModifiedDate: .time,
        ],
        .twoFactorMethodsInfo: [.id: .id, .userId: .id, .hasUserVerifiedEmailAddress: .bool],
        .assignment: [
            .id: .id, .assigneeId: .id, .permissionSetId: .id, .permissionSetGroupId: .id, .isActive: .bool,
            .expirationDate: .time, .isRevoked: .bool, .systemModstamp: .time,
        ],
        .permissionSet: [
            .id: .id, .name: .text, .label: .text, .namespacePrefix: .text, .isOwnedByProfile: .bool, .profileId: .id,
            .isCustom: .bool, .type: .text, .permissionSetGroupId: .id, .licenseId: .id, .systemModstamp: .time,
            .hasActivationRequired: .bool,
        ],
        .group: [
            .id: .id, .developerName: .text, .masterLabel: .text, .namespacePrefix: .text, .status: .text,
            .systemModstamp: .time, .hasActivationRequired: .bool,
        ],
        .component: [.id: .id, .permissionSetGroupId: .id, .permissionSetId: .id],
        .access: [.id: .id, .parentId: .id, .setupEntityId: .id, .setupEntityType: .text],
        .customPermission: [.id: .id, .developerName: .text, .masterLabel: .text, .namespacePrefix: .text],
        .userAccess: [
            .developerName: .text, .namespacePrefix: .text, .setupEntityId: .id, .setupEntityType: .text,
        ],
        .organization: [
            .id: .id, .name: .text, .isSandbox: .bool, .organizationType: .text, .instanceName: .text,
            .namespacePrefix: .text,
        ],
        .profile: [.id: .id, .name: .text],
    ]

    private static let relations: [SObject: [SRelation: SObject]] = [
        .user: [.profile: .profile],
        .assignment: [.permissionSet: .permissionSet, .permissionSetGroup: .group, .assignee: .user],
        .permissionSet: [.profile: .profile, .permissionSetGroup: .group],
        .component: [.permissionSet: .permissionSet, .permissionSetGroup: .group],
        .access: [.parent: .permissionSet],
    ]
}

/// A field of some object.
enum SColumn: String, Sendable, Hashable, CaseIterable {
    case id = "Id"
    case username = "Username"
    case email = "Email"
    case name = "Name"
    case isActive = "IsActive"
    case userType = "UserType"
    case profileId = "ProfileId"
    case lastModifiedDate = "LastModifiedDate"
    case systemModstamp = "SystemModstamp"
    case userId = "UserId"
    case isFrozen = "IsFrozen"
    case isPasswordLocked = "IsPasswordLocked"
    case hasUserVerifiedEmailAddress = "HasUserVerifiedEmailAddress"
    case assigneeId = "AssigneeId"
    case permissionSetId = "PermissionSetId"
    case permissionSetGroupId = "PermissionSetGroupId"
    case expirationDate = "ExpirationDate"
    case isRevoked = "IsRevoked"
    case hasActivationRequired = "HasActivationRequired"
    case label = "Label"
    case namespacePrefix = "NamespacePrefix"
    case isOwnedByProfile = "IsOwnedByProfile"
    case isCustom = "IsCustom"
    case type = "Type"
    case licenseId = "LicenseId"
    case developerName = "DeveloperName"
    case masterLabel = "MasterLabel"
    case status = "Status"
    case parentId = "ParentId"
    case setupEntityId = "SetupEntityId"
    case setupEntityType = "SetupEntityType"
    case isSandbox = "IsSandbox"
    case organizationType = "OrganizationType"
    case instanceName = "InstanceName"

    enum Kind: String, Sendable {
        case id, text, bool, time
    }

    static func named(_ name: some StringProtocol) -> SColumn? { byName[name.lowercased()] }

    private static let byName = Dictionary(allCases.map { ($0.rawValue.lowercased(), $0) }) { $1 }

    /// The version of the API in which the object has it first.
    func since(in object: SObject) -> Int {
        switch (object, self) {
        case (.assignment, .isActive), (.assignment, .expirationDate): 52
        case (.assignment, .isRevoked): 57
        case (.permissionSet, .hasActivationRequired): 37
        case (.group, .hasActivationRequired): 53
        default: 31
        }
    }
}

/// The way from a row to a row of another object.
enum SRelation: String, Sendable, Hashable, CaseIterable {
    case profile = "Profile"
    case permissionSet = "PermissionSet"
    case permissionSetGroup = "PermissionSetGroup"
    case assignee = "Assignee"
    case parent = "Parent"

    static func named(_ name: some StringProtocol) -> SRelation? { byName[name.lowercased()] }

    private static let byName = Dictionary(allCases.map { ($0.rawValue.lowercased(), $0) }) { $1 }
}

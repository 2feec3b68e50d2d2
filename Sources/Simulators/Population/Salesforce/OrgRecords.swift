import BridgeCore

/// Something a permission set can give: a custom permission, an Apex class, a page, a connected app.
struct SetupEntity: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case customPermission = "CustomPermission"
        case apexClass = "ApexClass"
        case apexPage = "ApexPage"
        case connectedApplication = "ConnectedApplication"

        var prefix: RecordID.Prefix {
            switch self {
            case .customPermission: .customPermission
            case .apexClass: .apexClass
            case .apexPage: .apexPage
            case .connectedApplication: .connectedApplication
            }
        }
    }

    /// What the document calls it.
    let name: String
    let id: String
    let kind: Kind
    /// `DeveloperName`.
    let developerName: String
    let label: String
    let namespace: String?
}

/// A row of `Profile`.
struct OrgProfile: Sendable {
    let name: String
    let id: String
    /// The id of the permission set that it owns.
    let setID: String
}

/// A row of `PermissionSet`.
struct OrgPermissionSet: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case regular = "Regular"
        case standard = "Standard"
        case session = "Session"
        case group = "Group"
        case profile = "Profile"
        case muting = "Muting"
    }

    /// What the document calls it: that of a profile `profile NAME`, that of a group `group NAME`.
    let key: String
    let id: String
    /// `Name`, unique within a namespace.
    let apiName: String
    let label: String
    let namespace: String?
    let kind: Kind
    /// Of a profile's own set the profile's place.
    let profile: Int?
    /// Of a group's set, or of one that mutes within a group, the group's place.
    let group: Int?
    /// Rights of users, such as `ViewSetup`: the fields `Permissions...` of the object.
    let rights: Set<String>
    /// The places of the entities it gives access to, or mutes.
    let access: [Int]
    /// Whether it counts only in sessions that have activated it; of a group's set as the group says.
    let needsActivation: Bool
    let modified: Timestamp
}

/// A row of `PermissionSetGroup`.
struct OrgGroup: Sendable {
    let name: String
    let id: String
    let label: String
    let namespace: String?
    /// The id of the set that stands for it.
    let setID: String
    /// The ids of its members, and of the sets that mute.
    let memberIDs: [String]
    let mutingIDs: [String]
    /// Whether it counts only in sessions that have activated it; then that is all its sets take.
    let needsActivation: Bool
}

/// A row of `PermissionSetGroupComponent`.
struct OrgComponent: Sendable {
    let id: String
    /// The group's place.
    let group: Int
    let setID: String
}

/// A row of `SetupEntityAccess`.
struct OrgAccess: Sendable {
    let id: String
    /// The permission set's id.
    let parentID: String
    /// The entity's place.
    let entity: Int
}

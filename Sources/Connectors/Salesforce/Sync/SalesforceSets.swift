internal import AuthService
internal import BridgeCore

/// The permission sets, groups and profiles of an org, and what each of them gives to whoever has it.
struct SalesforceSets: Sendable {
    /// Something that is assigned to people.
    struct Assignable: Sendable {
        enum Kind: Sendable, Hashable {
            case set, group, profile
        }

        let kind: Kind
        /// What stands in the assignment: the id of a set, of a profile that of the set it owns, or the id of a group.
        let id: SalesforceID
        let label: String
        /// What rules may ask of whoever has it.
        let facts: Facts
        /// The set by which clones are found; `nil` for groups and profiles.
        let set: OrgPermissionSet?

        /// The sets that whoever is assigned it has, those of a group among them.
        var setIDs: [SalesforceID] { kind == .profile ? [] : facts.permissionSets.compactMap(\.id) }
    }

    /// The part of a person's facts that assignments make.
    struct Facts: Sendable {
        var permissionSets: [SalesforceFacts.Component] = []
        var groups: [SalesforceFacts.Component] = []
        /// `nil` where `SetupEntityAccess` cannot be read.
        var customPermissions: [SalesforceFacts.Component]? = []
        var profile: SalesforceFacts.Component?

        mutating func add(_ other: Facts) {
            permissionSets += other.permissionSets.filter { !permissionSets.contains($0) }
            groups += other.groups.filter { !groups.contains($0) }
            if let more = other.customPermissions, let known = customPermissions {
                customPermissions = known + more.filter { !known.contains($0) }
            }
            profile = profile ?? other.profile
        }
    }

    let assignables: [Assignable]
    /// Profiles that administrators of the org have made.
    let customProfiles: Set<SalesforceID>
    /// Whether `SetupEntityAccess` could be read.
    let hasAccess: Bool

    /// The sets by which clones are found.
    var sets: [OrgPermissionSet] { assignables.compactMap(\.set) }
}

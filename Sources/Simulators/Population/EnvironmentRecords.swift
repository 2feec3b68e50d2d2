import BridgeCore

/// A row of `businessunit`.
struct BusinessUnit: Sendable {
    let name: String
    let id: GUID
    let isRoot: Bool
}

/// A row of `role`: a role's copy in one business unit.
struct SecurityRole: Sendable {
    let name: String
    let id: GUID
    /// That of the copy in the root business unit, which has it itself.
    let rootID: GUID
    /// Of a built-in role.
    let templateID: GUID?
    /// The place of its business unit.
    let businessUnit: Int
    /// Such as `prvReadUser`; `*` for all.
    let privileges: Set<String>
}

/// A row of `team`.
struct Team: Sendable {
    let name: String
    let id: GUID
    /// 0 Owner, 1 Access, 2 Security Group, 3 Office Group.
    let type: Int64
    /// The Entra group whose members belong to it, by name.
    let group: String?
    let businessUnit: Int
    /// The places of its roles.
    let roles: [Int]
    /// Whether it is the team that a business unit is born with.
    let isDefault: Bool

    /// Whether Entra, and not the stored rows, says who belongs to it.
    var isGroupTeam: Bool { type == 2 || type == 3 }
}

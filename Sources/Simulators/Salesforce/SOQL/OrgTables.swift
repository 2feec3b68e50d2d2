import BridgeCore

/// The rows of an org as the running user sees them at one moment.
struct OrgTables: Sendable {
    let org: Org
    let caller: OrgUser
    let now: Timestamp
    let version: Int
    /// The places of the entities that the caller has, for `UserSetupEntityAccess`.
    private let callerEntities: [Int]
    private let customPermissions: [Int]

    init(org: Org, caller: OrgUser, now: Timestamp, version: Int) {
        (self.org, self.caller, self.now, self.version) = (org, caller, now, version)
        callerEntities = org.entities(of: caller, at: now).sorted()
        customPermissions = org.entities.indices.filter { org.entities[$0].kind == .customPermission }
    }

    /// A row, made once for all its fields.
    enum Row: Sendable {
        case user(OrgUser)
        case userLogin(OrgUser)
        case twoFactor(OrgUser)
        case assignment(OrgAssignment)
        case permissionSet(OrgPermissionSet)
        case group(OrgGroup)
        case component(OrgComponent)
        case access(OrgAccess)
        case customPermission(SetupEntity)
        case userAccess(SetupEntity)
        case organization
        case profile(OrgProfile)
    }

    func count(_ object: SObject) -> Int {
        switch object {
        case .user, .userLogin, .twoFactorMethodsInfo: org.users.count
        case .assignment: org.users.assignmentCount
        case .permissionSet: org.sets.count
        case .group: org.groups.count
        case .component: org.components.count
        case .access: org.access.count
        case .customPermission: customPermissions.count
        case .userAccess: callerEntities.count
        case .organization: 1
        case .profile: org.profiles.count
        }
    }

    /// The row at `place`; `nil` where another place has it.
    func row(_ object: SObject, _ place: Int) -> Row? {
        switch object {
        case .user: return user(place).map { .user($0) }
        case .userLogin: return user(place).map { .userLogin($0) }
        case .twoFactorMethodsInfo: return user(place).map { .twoFactor($0) }
        case .assignment:
            guard !org.users.isReplacedAssignment(place) else { return nil }
            return org.users.assignment(place).map { .assignment($0) }
        case .permissionSet: return .permissionSet(org.sets[place])
        case .group: return .group(org.groups[place])
        case .component: return .component(org.components[place])
        case .access: return .access(org.access[place])
        case .customPermission: return .customPermission(org.entities[customPermissions[place]])
        case .userAccess: return .userAccess(org.entities[callerEntities[place]])
        case .organization: return .organization
        case .profile: return .profile(org.profiles[place])
        }
    }

    private func user(_ place: Int) -> OrgUser? { org.users.isReplaced(place) ? nil : org.users[place] }

    /// The row that a relation leads to; `nil` where it leads to none.
    func related(_ row: Row, _ relation: SRelation) -> Row? {
        switch (row, relation) {
        case (.user(let user), .profile): .profile(org.profiles[user.profile])
        case (.assignment(let assignment), .permissionSet): org.set(assignment.setID).map { .permissionSet($0) }
        case (.assignment(let assignment), .permissionSetGroup): assignment.group.map { .group(org.groups[$0]) }
        case (.assignment(let assignment), .assignee): org.users.user(id: assignment.user).map { .user($0) }
        case (.permissionSet(let set), .profile): set.profile.map { .profile(org.profiles[$0]) }
        case (.permissionSet(let set), .permissionSetGroup): set.group.map { .group(org.groups[$0]) }
        case (.component(let component), .permissionSet): org.set(component.setID).map { .permissionSet($0) }
        case (.component(let component), .permissionSetGroup): .group(org.groups[component.group])
        case (.access(let access), .parent): org.set(access.parentID).map { .permissionSet($0) }
        default: nil
        }
    }

    /// The value at the end of a path; null where a relation leads nowhere.
    func value(_ row: Row, _ path: SOQLPath) -> SOQLValue {
        var row = row
        for relation in path.relations {
            guard let next = related(row, relation) else { return .null }
            row = next
        }
        return value(row, path.column)
    }

    /// The id of a row, for the URL of its attributes.
    func id(_ row: Row) -> String {
        if case .id(let id) = value(row, .id) { id } else { org.id }
    }
}

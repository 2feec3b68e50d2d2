import BridgeCore

extension OrgTables {
    /// The value of a field.
    func value(_ row: Row, _ column: SColumn) -> SOQLValue {
        switch row {
        case .user(let user): value(user, column)
        case .userLogin(let user): login(user, column)
        case .twoFactor(let user): twoFactor(user, column)
        case .assignment(let assignment): value(assignment, column)
        case .permissionSet(let set): value(set, column)
        case .group(let group): value(group, column)
        case .component(let component): value(component, column)
        case .access(let access): value(access, column)
        case .customPermission(let entity): customPermission(entity, column)
        case .userAccess(let entity): userAccess(entity, column)
        case .organization: organization(column)
        case .profile(let profile): column == .id ? .id(profile.id) : .text(profile.name)
        }
    }

    private func text(_ text: String?) -> SOQLValue { text.map { .text($0) } ?? .null }

    private func value(_ user: OrgUser, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(user.id)
        case .username: .text(user.username)
        case .email: text(user.email)
        case .name: .text(user.displayName)
        case .isActive: .bool(user.isActive)
        case .userType: .text(user.userType)
        case .profileId: .id(org.profiles[user.profile].id)
        case .lastModifiedDate, .systemModstamp: .time(user.modified)
        default: .null
        }
    }

    private func login(_ user: OrgUser, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(RecordID.named(.userLogin, user.id))
        case .userId: .id(user.id)
        case .isFrozen: .bool(user.isFrozen)
        case .isPasswordLocked: .bool(user.isPasswordLocked)
        case .lastModifiedDate: .time(user.loginModified)
        default: .null
        }
    }

    private func twoFactor(_ user: OrgUser, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(RecordID.named(.userLogin, "two factors \(user.id)"))
        case .userId: .id(user.id)
        case .hasUserVerifiedEmailAddress: user.emailVerified.map { .bool($0) } ?? .null
        default: .null
        }
    }

    private func value(_ assignment: OrgAssignment, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(assignment.id)
        case .assigneeId: .id(assignment.user)
        case .permissionSetId: .id(assignment.setID)
        case .permissionSetGroupId: assignment.group.map { .id(org.groups[$0].id) } ?? .null
        case .isActive: .bool(assignment.isActive)
        case .expirationDate: assignment.expires.map { .time($0) } ?? .null
        case .isRevoked: .bool(assignment.isRevoked)
        case .systemModstamp: .time(assignment.modified)
        default: .null
        }
    }

    private func value(_ set: OrgPermissionSet, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(set.id)
        case .name: .text(set.apiName)
        case .label: .text(set.label)
        case .namespacePrefix: text(set.namespace)
        case .isOwnedByProfile: .bool(set.kind == .profile)
        case .profileId: set.profile.map { .id(org.profiles[$0].id) } ?? .null
        case .isCustom: .bool(set.kind != .standard)
        case .type: .text(set.kind.rawValue)
        case .permissionSetGroupId: set.group.map { .id(org.groups[$0].id) } ?? .null
        case .hasActivationRequired: .bool(set.needsActivation)
        case .systemModstamp: .time(set.modified)
        default: .null
        }
    }

    private func value(_ group: OrgGroup, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(group.id)
        case .developerName: .text(group.name)
        case .masterLabel: .text(group.label)
        case .namespacePrefix: text(group.namespace)
        case .status: .text("Updated")
        case .hasActivationRequired: .bool(group.needsActivation)
        case .systemModstamp: .time(SystemUser.beginning)
        default: .null
        }
    }

    private func value(_ component: OrgComponent, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(component.id)
        case .permissionSetGroupId: .id(org.groups[component.group].id)
        case .permissionSetId: .id(component.setID)
        default: .null
        }
    }

    private func value(_ access: OrgAccess, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(access.id)
        case .parentId: .id(access.parentID)
        case .setupEntityId: .id(org.entities[access.entity].id)
        case .setupEntityType: .text(org.entities[access.entity].kind.rawValue)
        default: .null
        }
    }

    private func customPermission(_ entity: SetupEntity, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(entity.id)
        case .developerName: .text(entity.developerName)
        case .masterLabel: .text(entity.label)
        case .namespacePrefix: text(entity.namespace)
        default: .null
        }
    }

    private func userAccess(_ entity: SetupEntity, _ column: SColumn) -> SOQLValue {
        switch column {
        case .id, .setupEntityId: .id(entity.id)
        case .developerName: .text(entity.developerName)
        case .namespacePrefix: text(entity.namespace)
        case .setupEntityType: .text(entity.kind.rawValue)
        default: .null
        }
    }

    private func organization(_ column: SColumn) -> SOQLValue {
        switch column {
        case .id: .id(org.id)
        case .name: .text(org.label)
        case .isSandbox: .bool(org.isSandbox)
        case .organizationType: .text(org.edition)
        case .instanceName: .text(org.instanceName)
        default: .null
        }
    }
}

internal import AuthService

/// Puts rows together: what each set, group and profile gives.
struct SalesforceSetsMaker {
    let rows: [SalesforceSetsReader.SetRow]
    let groups: [SalesforceSetsReader.GroupRow]
    let members: [SalesforceID: [SalesforceID]]
    let access: SetupAccess?
    let permissions: [SalesforceID: SalesforceFacts.Component]?
    private let rowsByID: [SalesforceID: SalesforceSetsReader.SetRow]
    /// What any packaged set gives access to: of what else sets do it only matters how much it is.
    private let packaged: SetupAccess.Overlap?

    init(
        sets: [SalesforceSetsReader.SetRow], groups: [SalesforceSetsReader.GroupRow],
        members: [SalesforceID: [SalesforceID]], access: SetupAccess?,
        permissions: [SalesforceID: SalesforceFacts.Component]?
    ) {
        rows = sets
        self.groups = groups
        self.members = members
        self.access = access
        self.permissions = permissions
        rowsByID = Dictionary(sets.map { ($0.id, $0) }) { first, _ in first }
        packaged = access.map { access in
            SetupAccess.Overlap(access, with: sets.filter { $0.namespacePrefix?.isEmpty == false }.map(\.id))
        }
    }

    var sets: SalesforceSets {
        SalesforceSets(
            assignables: rows.compactMap(assignable) + groups.map(assignable),
            customProfiles: Set(rows.filter(Self.isOfCustomProfile).compactMap(\.profileID)),
            hasAccess: access != nil)
    }

    /// What orgs say in `IsCustom` of a profile's set differs: those that Salesforce names are none of an administrator's.
    private static func isOfCustomProfile(_ row: SalesforceSetsReader.SetRow) -> Bool {
        row.type == "Profile" && row.isCustom && !standardProfiles.contains(row.profileName ?? "")
    }

    /// "Standard Profiles", Salesforce Help.
    private static let standardProfiles: Set<String> = [
        "System Administrator", "Standard User", "Standard Platform User", "Read Only", "Solution Manager",
        "Marketing User", "Contract Manager", "Minimum Access - Salesforce", "Minimum Access - API Only Integrations",
        "Identity User", "Chatter Free User", "Chatter External User", "Chatter Moderator User",
    ]

    private func assignable(_ row: SalesforceSetsReader.SetRow) -> SalesforceSets.Assignable? {
        switch row.type {
        case "Group", "Muting": return nil
        case "Profile":
            var facts = SalesforceSets.Facts(customPermissions: customPermissions(of: row.id))
            facts.profile = SalesforceFacts.Component(name: row.profileName ?? row.label, id: row.profileID)
            return SalesforceSets.Assignable(kind: .profile, id: row.id, label: row.label, facts: facts, set: nil)
        default:
            let facts = SalesforceSets.Facts(
                permissionSets: [component(row)], customPermissions: customPermissions(of: row.id))
            // What a session has to activate is nobody's clone, whatever it is called.
            let set = row.type == "Session" ? nil : orgPermissionSet(row, facts)
            return SalesforceSets.Assignable(kind: .set, id: row.id, label: row.label, facts: facts, set: set)
        }
    }

    private func orgPermissionSet(
        _ row: SalesforceSetsReader.SetRow, _ facts: SalesforceSets.Facts
    ) -> OrgPermissionSet {
        let content = packaged?.content(of: row.id)
        return OrgPermissionSet(
            id: row.id, name: row.name, label: row.label, namespacePrefix: row.namespacePrefix,
            content: content?.common ?? [], otherCount: content?.otherCount ?? 0,
            customPermissions: facts.customPermissions ?? [])
    }

    /// A group gives what its sets give, apart from what its muting set takes away.
    private func assignable(_ group: SalesforceSetsReader.GroupRow) -> SalesforceSets.Assignable {
        let ids = members[group.id] ?? []
        let all = ids.compactMap { rowsByID[$0] }
        // As in a sign-in: one without a row mutes, too.
        let muting = ids.filter { GroupMember.mutes(rowsByID[$0]?.type) }
        let muted = Set(muting.flatMap { access?.customPermissions(of: $0) ?? [] })
        var facts = SalesforceSets.Facts(groups: [group.component])
        if access == nil { facts.customPermissions = nil }
        for member in all where !GroupMember.mutes(member.type) {
            facts.add(
                SalesforceSets.Facts(
                    permissionSets: [component(member, group: group.component.name)],
                    customPermissions: customPermissions(of: member.id, without: muted)))
        }
        return SalesforceSets.Assignable(
            kind: .group, id: group.id, label: group.component.label ?? group.component.name, facts: facts, set: nil)
    }

    private func component(
        _ row: SalesforceSetsReader.SetRow, group: String? = nil
    ) -> SalesforceFacts.Component {
        SalesforceFacts.Component(
            name: row.name, label: row.label, namespacePrefix: row.namespacePrefix, id: row.id, group: group)
    }

    /// `nil` where nobody may see them; one without a name has its id for one.
    private func customPermissions(
        of id: SalesforceID, without muted: Set<SalesforceID> = []
    ) -> [SalesforceFacts.Component]? {
        guard let access, let permissions else { return nil }
        return access.customPermissions(of: id).subtracting(muted)
            .map { permissions[$0] ?? SalesforceFacts.Component(name: $0.value, id: $0) }
            .sorted { $0.name < $1.name }
    }
}

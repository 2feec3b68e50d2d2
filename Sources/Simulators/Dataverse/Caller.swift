import BridgeCore

/// Who calls an environment's Web API, by the row that the token leads to.
struct Caller: Sendable {
    let user: SystemUser
    private let roles: [SecurityRole]

    /// Finds the row of an application user, or of a person.
    ///
    /// - Throws: 403 `0x80072560` without a row, `0x80040225` for a disabled one, `0x80040220` for one without any role.
    init(_ grant: AccessGrant, in environment: Environment, of tenant: Tenant?) throws(DataverseError) {
        let users = environment.users
        let place = grant.person.map { users.place(ofObjectID: $0) } ?? users.place(ofApplicationID: grant.client)
        guard let place, tenant?.id == grant.tenant else { throw .notMember }
        let user = users[place]
        guard !user.isDisabled else { throw .disabledUser }
        let places = Set(user.roles + user.teams.flatMap { environment.teams[$0].roles })
        self.user = user
        roles = places.sorted().map { environment.roles[$0] }
        guard !roles.isEmpty else { throw .missingPrivilege("prvReadUser", of: user.id, roleCount: 0) }
    }

    /// - Throws: 403 `0x80040220` where no role of the caller has the privilege.
    func check(_ privilege: String) throws(DataverseError) {
        guard roles.contains(where: { $0.privileges.contains(privilege) || $0.privileges.contains("*") }) else {
            throw .missingPrivilege(privilege, of: user.id, roleCount: roles.count)
        }
    }
}

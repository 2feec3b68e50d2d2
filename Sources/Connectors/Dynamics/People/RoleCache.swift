internal import AuthService
package import BridgeCore

/// The roles of an environment's users, by object id.
package typealias RoleCache = KeptRoles<GUID, DynamicsRoles>

/// What rules may ask of a person of an environment.
package struct DynamicsRoles: Sendable {
    let securityRoles: [DynamicsFacts.SecurityRole]
    /// `nil` where no rule asks for teams.
    let teams: [String]?
}

extension KeptRoles where Roles == DynamicsRoles {
    /// What was read of a person within the last minute, with teams where they matter.
    func roles(_ key: Key, withTeams: Bool, now: Timestamp) -> DynamicsRoles? {
        roles(key, now: now).flatMap { $0.teams != nil || !withTeams ? $0 : nil }
    }
}

extension KeptRoles.Key where Person == GUID {
    init(connection: ConnectionID, objectID: GUID) {
        self.init(connection: connection, person: objectID)
    }
}

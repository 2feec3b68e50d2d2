internal import AuthService
internal import BridgeCore

/// What rules may ask of a user of an org; `nil` for what no rule asks for, and for what may not be read.
package struct SalesforceRoles: Sendable {
    var profile: SalesforceFacts.Component?
    var permissionSets: [SalesforceFacts.Component]?
    var permissionSetGroups: [SalesforceFacts.Component]?
    var customPermissions: [SalesforceFacts.Component]?
    /// What was asked for and may not be read.
    var unreadable: Set<SalesforceFacts.Unreadable> = []

    /// Whether everything is in here that `wanted` has to be known for.
    func answers(_ wanted: Wanted) -> Bool {
        (!wanted.permissionSets || permissionSets != nil || unreadable.contains(.permissionSets))
            && (!wanted.customPermissions || customPermissions != nil || unreadable.contains(.customPermissions))
    }

    /// What a tenant's rules ask for.
    struct Wanted: Sendable, Hashable {
        let permissionSets: Bool
        let customPermissions: Bool

        init(_ policy: AccessPolicy) {
            permissionSets = policy.asksForPermissionSets
            customPermissions = policy.asksForCustomPermissions
        }
    }
}

/// What a route needs: every route of the administration has one of these kinds, and its tenant.
package enum Permission: Sendable, Hashable {
    /// Minting Cobrowse tokens for people of the tenant.
    case mintTokens(License)
    /// Reading and changing what belongs to the tenant.
    case administer(License)
    /// Reading and changing what belongs to nobody's tenant: the list of tenants, the bridge's keys, its audit trail.
    case administerInstance
}

extension APIGrant {
    /// Whether the grant suffices: the one table of who may do what.
    ///
    /// Scopes do not contain each other: an administrator's token mints for nobody, so that one that was lost cannot
    /// sign in as somebody else without leaving a change behind.
    package func allows(_ permission: Permission) -> Bool {
        switch (self, permission) {
        case (.mint(let own), .mintTokens(let license)): own == license
        case (.admin(let own), .administer(let license)): own == license
        case (.superuser, .administer), (.superuser, .administerInstance): true
        case (.mint, .administer), (.mint, .administerInstance), (.admin, .mintTokens), (.admin, .administerInstance),
            (.superuser, .mintTokens):
            false
        }
    }
}

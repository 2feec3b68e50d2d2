internal import BridgeCore
package import BridgeCrypto

extension SalesforceFacts {
    /// The facts that a tenant's signer put into a token.
    package init(_ claims: SalesforceClaims) {
        self.init(
            emailVerified: claims.emailVerified, isActive: claims.isActive, userType: claims.userType,
            profile: claims.profile, permissionSets: claims.permissionSets?.map(PermissionSet.init),
            permissionSetGroups: claims.permissionSetGroups, customPermissions: claims.customPermissions)
    }
}

extension SalesforceFacts.PermissionSet {
    /// A set without `isActive` is taken as assigned: the signer listed it.
    init(_ claim: SalesforceClaims.PermissionSet) {
        var names = [claim.name]
        if let prefix = claim.namespacePrefix, !prefix.isEmpty { names.append("\(prefix)__\(claim.name)") }
        if let label = claim.label { names.append(label) }
        self.init(names: names, isActive: claim.isActive ?? true, expiresAt: claim.expirationDate)
    }
}

internal import BridgeCore
package import BridgeCrypto

extension SalesforceFacts {
    /// The facts that a tenant's signer put into a token.
    package init(_ claims: SalesforceClaims) {
        self.init(
            organizationID: claims.organizationID.flatMap { SalesforceID($0) },
            userID: claims.userID.flatMap { SalesforceID($0) }, emailVerified: claims.emailVerified,
            isActive: claims.isActive, userType: claims.userType,
            profile: claims.profile.map { Component(name: $0) },
            permissionSets: claims.permissionSets?.map(Component.init),
            permissionSetGroups: claims.permissionSetGroups?.map { Component(name: $0) },
            customPermissions: claims.customPermissions?.map { Component(name: $0) })
    }
}

extension SalesforceFacts.Component {
    /// A set without `isActive` is taken as assigned: the signer listed it.
    init(_ claim: SalesforceClaims.PermissionSet) {
        self.init(
            name: claim.name, label: claim.label, namespacePrefix: claim.namespacePrefix,
            isActive: claim.isActive ?? true, expiresAt: claim.expirationDate)
    }
}

package import BridgeCore
package import BridgeCrypto

/// A person as Entra knows them: tenant and object id, which nobody can choose, and no address.
///
/// `email`, `upn` and `preferred_username` are what a person's own administrator writes: whoever takes them for an
/// identity lets strangers in ("nOAuth").
package struct EntraPerson: Sendable, Hashable {
    package let tenantID: GUID
    /// `oid`; in Dataverse `azureactivedirectoryobjectid`.
    package let objectID: GUID

    package init(tenantID: GUID, objectID: GUID) {
        self.tenantID = tenantID
        self.objectID = objectID
    }

    /// The person that a verified token speaks of.
    ///
    /// - Parameter tenant: whose people may sign in.
    /// - Throws: `tenant_mismatch` for a person of another tenant, and for a personal account; `claim_missing`,
    ///   `claim_invalid` for a token without the ids, or of another version than 2.0.
    package init(in token: VerifiedIDToken, of tenant: EntraTenant) throws(IDTokenRefusal) {
        let claims = token.claims
        guard claims.version == "2.0" else { throw .invalid("ver", "is not \"2.0\"") }
        tenantID = try Self.id(claims.tenantID, "tid")
        guard tenantID != Self.personalAccounts else { throw .personalAccount }
        if case .id(let connected) = tenant, tenantID != connected { throw .tenantMismatch(tenantID) }
        objectID = try Self.id(claims.objectID, "oid")
    }

    /// The tenant that all personal accounts seem to be of.
    private static let personalAccounts = GUID("9188040d-6c67-4c5b-b112-36a304b66dad")

    private static func id(_ claim: String?, _ name: String) throws(IDTokenRefusal) -> GUID {
        guard let claim else { throw .missing(name) }
        guard let id = GUID(claim) else { throw .invalid(name, "is no GUID") }
        return id
    }
}

/// Who has vouched that an address belongs to a person; it counts for the identity it came with and for no other.
package enum EmailProof: String, Sendable, Hashable, CaseIterable {
    /// Dataverse's e-mail approval.
    case dataverseApproved = "dataverse-approved"
    /// Salesforce's verification.
    case salesforceVerified = "salesforce-verified"
    /// The tenant's own key, which vouches inside that tenant.
    case tenantSigned = "tenant-signed"
    /// An operator of the bridge, by hand.
    case operatorAsserted = "operator-asserted"
    /// Nobody.
    case none

    /// Whether two identities with this proof of one address may be one person's.
    package var isProven: Bool { self != .none }
}

package import BridgeCore

/// Whose people an endpoint of Entra signs in: the first part of its path.
package enum EntraTenant: Sendable, Hashable {
    /// Those of one tenant, its guests included.
    case id(GUID)
    /// Those of any tenant, personal accounts excluded: for whoever's tenant is not known yet.
    case organizations

    /// The part of the path.
    package var segment: String {
        switch self {
        case .id(let id): id.value
        case .organizations: "organizations"
        }
    }

    /// What metadata writes in the place of the tenant: the id itself, or the place that a token's `tid` takes.
    var issuerSegment: String {
        switch self {
        case .id(let id): id.value
        case .organizations: "{tenantid}"
        }
    }
}

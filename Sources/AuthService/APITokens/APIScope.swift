/// What an API token is for, as its administrator names it.
package enum APIScope: String, Sendable, Hashable, CaseIterable {
    /// Minting Cobrowse tokens for one tenant.
    case mint
    /// Administering one tenant.
    case admin
    /// Administering every tenant and the bridge itself.
    case superuser

    /// Whether a token of this scope is bound to one tenant.
    package var needsLicense: Bool { self != .superuser }
}

/// A scope with the tenant it is bound to: what somebody may do here.
package enum APIGrant: Sendable, Hashable {
    case mint(License)
    case admin(License)
    case superuser

    /// The grant of `scope` on `license`.
    ///
    /// - Returns: `nil` for a scope that needs a tenant and has none, and for one that takes none and has one.
    package init?(_ scope: APIScope, license: License?) {
        switch (scope, license) {
        case (.mint, .some(let license)): self = .mint(license)
        case (.admin, .some(let license)): self = .admin(license)
        case (.superuser, nil): self = .superuser
        default: return nil
        }
    }

    package var scope: APIScope {
        switch self {
        case .mint: .mint
        case .admin: .admin
        case .superuser: .superuser
        }
    }

    /// The tenant it is bound to; `nil` for all of them.
    package var license: License? {
        switch self {
        case .mint(let license), .admin(let license): license
        case .superuser: nil
        }
    }
}

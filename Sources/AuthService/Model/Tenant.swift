package import BridgeCore

/// One Cobrowse account, named by its license key.
package struct Tenant: Sendable, Hashable {
    /// The license key: `iss` of the tenant's agent tokens.
    package let license: License
    /// A name for people.
    package var name: String?
    /// When the tenant was made here.
    package let createdAt: Timestamp
    /// What its administrators decided.
    package var settings: TenantSettings

    package init(license: License, name: String?, createdAt: Timestamp, settings: TenantSettings = .initial) {
        self.license = license
        self.name = name
        self.createdAt = createdAt
        self.settings = settings
    }
}

/// The settings of a tenant that its document (`tenant export`, `tenant apply`) carries.
package struct TenantSettings: Sendable, Hashable {
    /// The longest `exp` − `iat` accepted, in seconds: 1 to 86 400.
    package var tokenLifetime: Int64
    /// What facts about a person are worth.
    package var rules: [Rule]

    /// The settings of a new tenant: a day, and the permission sets and security roles the Cobrowse packages ship.
    package static let initial = TenantSettings(tokenLifetime: 86_400, rules: Rule.shipped)

    package init(tokenLifetime: Int64, rules: [Rule]) {
        self.tokenLifetime = tokenLifetime
        self.rules = rules
    }
}

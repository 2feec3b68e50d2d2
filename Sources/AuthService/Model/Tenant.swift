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
    /// Counts what was written under the license, also by tenants that are gone: one more for a new tenant and with each
    /// update. Stores count, nobody else.
    package var version: Int64

    package init(
        license: License, name: String?, createdAt: Timestamp, settings: TenantSettings = .initial, version: Int64 = 1
    ) {
        self.license = license
        self.name = name
        self.createdAt = createdAt
        self.settings = settings
        self.version = version
    }
}

/// The settings of a tenant that its document (`tenant export`, `tenant apply`) carries.
package struct TenantSettings: Sendable, Hashable {
    /// The longest `exp` − `iat` accepted, in seconds: 1 to 86 400.
    package var tokenLifetime: Int64
    /// How a finished browser login comes back.
    package var handOff: HandOff
    /// Where a finished browser login may come back to, besides Cobrowse itself; no two are the same.
    package var redirectOrigins: [RedirectOrigin]
    /// What facts about a person are worth.
    package var rules: [Rule]
    /// What the rules have to make of whom, before a document is applied; no two have the same name.
    package var ruleTests: [RuleTest]
    /// What `embed-url` filters by.
    package var recordMapping: RecordMapping
    /// How long after the end of its certificate a key is refused, in seconds; `nil` for never.
    package var refuseExpiredKeysAfter: Int64?

    /// The settings of a new tenant: a day, and the permission sets and security roles the Cobrowse packages ship.
    package static let initial = TenantSettings(tokenLifetime: 86_400, rules: Rule.shipped)

    package init(
        tokenLifetime: Int64, rules: [Rule], handOff: HandOff = .code, redirectOrigins: [RedirectOrigin] = [],
        ruleTests: [RuleTest] = [], recordMapping: RecordMapping = .standard, refuseExpiredKeysAfter: Int64? = nil
    ) {
        self.tokenLifetime = tokenLifetime
        self.handOff = handOff
        self.redirectOrigins = redirectOrigins
        self.rules = rules
        self.ruleTests = ruleTests
        self.recordMapping = recordMapping
        self.refuseExpiredKeysAfter = refuseExpiredKeysAfter
    }
}

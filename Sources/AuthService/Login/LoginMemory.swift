internal import BridgeCore
internal import BridgeCrypto

/// What `LoginDirectory` holds, behind its lock: bounded, and none of it older than the last change it was told of.
struct LoginMemory {
    var bridgeKeys: [TokenKey]
    private var marks = LicenseMarks()
    private var tenants: RecentMap<License, KeptTenant>
    /// Licenses that are no tenants: apart, so that whoever makes up issuers crowds out no tenant.
    private var strangers: RecentMap<License, Void>
    /// Which account somebody has, and the address they last came with.
    private var people: RecentMap<Person, Place>
    /// Accounts by their id.
    private var accounts: RecentMap<String, Account>

    /// Somebody of a tenant.
    private struct Person: Hashable {
        let license: License
        let identity: Identity

        // Of an address only the address differs from person to person.
        func hash(into hasher: inout Hasher) { hasher.combine(identity.subject) }
    }

    private struct Place {
        let accountID: String
        let email: EmailAddress
        /// As long as this is the tenant's mark, the account is its last administrator whatever the login gives.
        let lastAdministratorAt: LicenseMarks.Mark?
    }

    init(bridgeKeys: [TokenKey], tenantCapacity: Int, accountCapacity: Int) {
        self.bridgeKeys = bridgeKeys
        tenants = RecentMap(capacity: tenantCapacity)
        strangers = RecentMap(capacity: tenantCapacity)
        people = RecentMap(capacity: accountCapacity)
        accounts = RecentMap(capacity: accountCapacity)
    }

    /// A mark to compare with later: whether anything of the license was changed since.
    func mark(of license: License) -> LicenseMarks.Mark { marks.mark(of: license) }
}

/// Tenants.
extension LoginMemory {
    /// What is known about an issuer; `nil` when it has to be loaded.
    mutating func entry(_ license: License) -> LoginDirectory.TenantEntry? {
        if let state = tenant(license)?.state { return .tenant(state) }
        return strangers.value(for: license) == nil ? nil : .noTenant
    }

    /// The revocations of a tenant, as far as they have been read.
    mutating func revocations(of license: License) -> KeptRevocations? { tenant(license)?.revocations }

    /// The revocations of all tenants.
    var allRevocations: [RevocationSet] { tenants.values.map(\.revocations.set) }

    /// Keeps what was read; what is to be used from now on.
    mutating func keep(
        _ read: LoginDirectory.Reading, for license: License, since mark: LicenseMarks.Mark
    ) -> LoginDirectory.TenantEntry {
        guard mark == self.mark(of: license) else { return read.entry }
        // Who came when another one had just finished has read it again. One state a tenant: a second one would take
        // the first out of reach, and answers kept under that would never be called back.
        if let known = entry(license) { return known }
        switch read {
        case .noTenant:
            tenants.remove(license)?.retire()
            strangers.insert((), for: license)
        case .tenant(let state, let revocations):
            if let tenant = tenant(license) {
                tenant.replace(state, revocations)
            } else {
                tenants.insert(KeptTenant(state, revocations), for: license) { $0.retire() }
            }
        }
        return read.entry
    }

    /// Has the tenant read again; its accounts and revocations are not in question.
    mutating func invalidate(_ license: License) {
        marks.advance(license)
        tenant(license)?.retire()
        _ = strangers.remove(license)
    }

    /// Forgets everything but revocations that have been read, which only ever become more.
    mutating func invalidateAll() {
        marks.advanceAll()
        for tenant in tenants.values { tenant.retire() }
        strangers.removeAll()
        people.removeAll()
        accounts.removeAll()
    }

    /// Forgets whatever there is of a tenant that is gone.
    mutating func remove(_ license: License) {
        marks.advance(license)
        tenants.remove(license)?.retire()
        people.removeAll(where: { person, _ in person.license == license })
        accounts.removeAll(where: { _, account in account.license == license })
    }

    /// Takes in a revocation that is stored, and calls back answers that it may concern.
    mutating func add(_ revocation: Revocation, of license: License) {
        marks.advance(license)  // what is being read may be from before
        guard let tenant = tenant(license), tenant.revocations.set.insert(revocation) else { return }
        tenant.callBack()
    }

    private mutating func tenant(_ license: License) -> KeptTenant? {
        tenants.value(for: license) { $0.retire() }
    }
}

/// Accounts.
extension LoginMemory {
    /// The account that the person of `grant` has, if it was used lately and the person still has the same address.
    mutating func account(of grant: Grant, in license: License) -> KnownAccount? {
        let person = Person(license: license, identity: grant.identity)
        guard let place = people.value(for: person), place.email == grant.email,
            let account = accounts.value(for: place.accountID),
            !grant.identity.isAddress || account.email == grant.email && grant.proof.isProven
        else { return nil }
        return KnownAccount(
            account: account,
            isLastAdministrator: place.lastAdministratorAt.map { $0 == mark(of: license) } ?? false)
    }

    /// Keeps the account of the person of `grant`, unless something of the tenant was changed since `mark`.
    ///
    /// What an earlier login left of it does not take the place of what a later one did.
    mutating func keep(_ login: KeptLogin, of grant: Grant, since mark: LicenseMarks.Mark) {
        let account = login.account
        let isCurrent = mark == self.mark(of: account.license)
        if login.isNewAdministrator {
            // Whoever was the last administrator is it no more; logins that are on their way may not know.
            marks.advance(account.license)
            tenant(account.license)?.callBack()
        }
        guard isCurrent else { return }
        let known = accounts.value(for: account.id)
        if login.isChanged || known.map({ !$0.looksLike(account) }) ?? false { tenant(account.license)?.callBack() }
        if let known, known.lastLoginAt > account.lastLoginAt { return }
        let place = Place(
            accountID: account.id, email: grant.email,
            lastAdministratorAt: login.isLastAdministrator ? mark : nil)
        people.insert(place, for: Person(license: account.license, identity: grant.identity))
        accounts.insert(account, for: account.id)
    }

    /// Forgets an account that was changed by name, and calls back what was answered about it.
    mutating func forget(_ account: Account) {
        marks.advance(account.license)
        _ = accounts.remove(account.id)
        tenant(account.license)?.callBack()
    }
}

/// An account as memory knows it.
package struct KnownAccount: Sendable {
    package let account: Account
    /// Whether it keeps its role because it is the tenant's last administrator.
    package let isLastAdministrator: Bool

    /// Whether a login with this grant would leave it as it is.
    func wouldStay(after grant: Grant) -> Bool {
        if grant.identity.accountID != nil { return true }
        if grant.unmatched != nil, !isLastAdministrator { return false }
        // The tenant's last administrator stays one, whatever the login gives.
        let hasRole = account.role == grant.role || isLastAdministrator && account.role > grant.role
        return hasRole && (grant.displayName == nil || grant.displayName == account.displayName)
    }
}

/// The account of a login that was written down, with what that changed.
package struct KeptLogin: Sendable {
    package let account: Account
    /// Whether an account that was there is another now.
    package var isChanged = false
    /// Whether the tenant has an administrator more.
    package var isNewAdministrator = false
    /// Whether the account keeps its role because it is the tenant's last administrator.
    package var isLastAdministrator = false

    /// An account that is as it was before.
    package init(_ account: Account) {
        self.account = account
    }

    init(_ settlement: AccountSettlement) {
        account = settlement.account
        isChanged = settlement.isChanged
        isNewAdministrator = account.isActiveAdministrator && (settlement.isNew || settlement.isChanged)
        isLastAdministrator = settlement.keepsLastAdministrator
    }
}

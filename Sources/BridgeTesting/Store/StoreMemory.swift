internal import AuthService
internal import BridgeCore
internal import Synchronization

/// What `InMemoryStore`s keep: several on one memory are like processes with one database.
package final class StoreMemory: Sendable {
    struct Tables {
        var tenants: [License: Tenant] = [:]
        var keys: [License: [TrustedKey]] = [:]  // in the order of their import
        var accounts: [License: [String: Account]] = [:]  // by id
        var identities: [License: [Identity: LinkedIdentity]] = [:]
        var decisions: [License: [Decision]] = [:]  // in the order of their ids
        var keyUses: [License: [(keyID: String, time: Timestamp)]] = [:]
        var audit: [AuditRecord] = []
        var signingKeys: [StoredSigningKey] = []
        var apiTokens: [String: APIToken] = [:]
        var oneTimeRecords: [OneTimeRecord] = []  // in the order they came
        var revocations: [License: [Revocation.Name: Revocation]] = [:]
        /// The number of the audit entry of each.
        var revocationNumbers: [License: [Revocation.Name: Int64]] = [:]
        var connections: [ConnectionID: Connection] = [:]
        var syncs: [ConnectionID: Sync] = [:]
        /// What versions tenants had that are gone.
        var lastVersions: [License: Int64] = [:]
        /// How many changes there were.
        var changeCount: UInt64 = 0
    }

    /// A person of a system, with the account and the address they last came with.
    struct LinkedIdentity {
        var accountID: String
        var email: EmailAddress
        var grantedRole: Role?
        /// Why a sync has suspended it.
        var suspendedFor: ReasonCode?
    }

    /// Who syncs a connection, and what is remembered of the last time.
    struct Sync {
        var holder: String?
        var end: Timestamp
        var state: SyncState?
    }

    private let tables = Mutex(Tables())

    package init() {}

    /// Reads and changes the tables, one caller at a time.
    func with<Value: Sendable>(_ body: (inout Tables) throws(StoreError) -> Value) throws(StoreError) -> Value {
        try tables.withLock { tables throws(StoreError) in try body(&tables) }
    }
}

extension StoreMemory.Tables {
    /// Adds all or none; says of each what happened to it.
    mutating func insert(_ added: [TrustedKey], _ stamp: AuditStamp) throws(StoreError) -> [ImportedKey.Outcome] {
        let before = (keys, audit)
        do throws(StoreError) {
            var outcomes: [ImportedKey.Outcome] = []
            for key in added { outcomes.append(try insert(key, stamp)) }
            return outcomes
        } catch {
            (keys, audit) = before
            throw error
        }
    }

    private mutating func insert(_ key: TrustedKey, _ stamp: AuditStamp) throws(StoreError) -> ImportedKey.Outcome {
        guard tenants[key.license] != nil else { throw .unknown(key.license) }
        var keyImport = KeyImport(into: keys[key.license] ?? [])
        let known = keyImport.stored(key)
        let outcome = try keyImport.add(key)
        keys[key.license] = keyImport.keys
        let entry = AuditEntry.imported(keyImport.stored(key) ?? key, over: known, outcome: outcome, stamp)
        if let entry { try append(entry) }
        return outcome
    }

    /// The account with the address.
    func account(_ email: EmailAddress, of license: License) -> Account? {
        accounts[license]?.values.first { $0.email == email }
    }

    mutating func settle(_ attempt: LoginAttempt) throws(StoreError) -> SettledLogin {
        guard tenants[attempt.license] != nil else { throw .unknown(attempt.license) }
        let settled = attempt.settle(standing(of: attempt.grant, in: attempt.license))
        if case .success(let settlement) = settled.outcome { try write(settlement, attempt) }
        try append(settled.decision)
        return settled
    }

    func standing(of grant: Grant, in license: License) -> Standing {
        let identity = grant.identity
        if let id = identity.accountID {
            return Standing(
                linked: accounts[license]?[id].map {
                    Standing.LinkedAccount(account: $0, identityEmail: $0.email)
                }, holder: nil, hasOtherAdministrator: true)
        }
        var linked: Standing.LinkedAccount?
        if let known = identities[license]?[identity], let account = accounts[license]?[known.accountID] {
            linked = Standing.LinkedAccount(
                account: account, identityEmail: known.email, grantedRole: known.grantedRole,
                isSuspended: known.suspendedFor != nil)
        }
        let holder = account(grant.email, of: license).map { account in
            let hasRival = (identities[license] ?? [:]).contains { other, link in
                link.accountID == account.id && !identity.isAddress && other != identity
                    && other.connection == identity.connection && other.organization == identity.organization
            }
            return Standing.AddressHolder(account: account, hasRival: hasRival)
        }
        let account = linked?.account ?? holder?.account
        return Standing(
            linked: linked, holder: holder,
            hasOtherAdministrator: hasAdministrator(of: license, besides: account?.id ?? ""))
    }

    private mutating func write(_ settlement: AccountSettlement, _ attempt: LoginAttempt) throws(StoreError) {
        let account = settlement.account
        guard !settlement.isNew || !accounts.values.contains(where: { $0[account.id] != nil }) else {
            throw StoreError(.conflict, "the account id is taken")
        }
        accounts[attempt.license, default: [:]][account.id] = account
        guard let identity = settlement.identity else { return }
        let before = identities[attempt.license]?[identity]
        identities[attempt.license, default: [:]][identity] = StoreMemory.LinkedIdentity(
            accountID: account.id, email: attempt.grant.email, grantedRole: settlement.grantedRole(by: attempt.grant),
            suspendedFor: attempt.grant.unmatched == nil ? nil : before?.suspendedFor)
    }

    mutating func append(_ decision: Decision) throws(StoreError) {
        decisions[decision.license, default: []].append(decision)
        decisions[decision.license]?.sort { $0.id < $1.id }
        if let keyID = decision.keyID { keyUses[decision.license, default: []].append((keyID, decision.time)) }
        try append(decision.auditEntry)
    }
}

extension StoreError {
    static func unknown(_ license: License) -> StoreError { StoreError(.notFound, "there is no tenant \(license)") }
    static var closed: StoreError { StoreError(.internal, "the store is closed") }
}

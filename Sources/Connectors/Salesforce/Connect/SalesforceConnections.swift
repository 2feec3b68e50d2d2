package import AuthService
package import BridgeCore
internal import BridgeCrypto
package import HTTPMessage

/// Connects tenants to Salesforce: tests what an administrator enters, keeps what passed, and forgets it again.
package struct SalesforceConnections: Sendable {
    private let keeper: ConnectionKeeper
    private let vault: any SecretVault
    private let sender: any HTTPSender
    private let tokens: any SalesforceTokens
    private let clients: SalesforceClients
    private let roles: KeptSalesforceRoles
    /// What the operator decides, as of the moment.
    private let setup: @Sendable () -> SalesforceSetup

    package init(
        store: any Store, vault: any SecretVault, sender: any HTTPSender, tokens: any SalesforceTokens,
        clients: SalesforceClients, roles: KeptSalesforceRoles, setup: @escaping @Sendable () -> SalesforceSetup
    ) {
        keeper = ConnectionKeeper(store: store)
        self.vault = vault
        self.sender = sender
        self.tokens = tokens
        self.clients = clients
        self.roles = roles
        self.setup = setup
    }

    /// The consumer key of the app that serves connections without one of their own; `nil` without one.
    package var operatorClientID: String? { setup().operatorClient?.clientID }

    /// Tests what `draft` would make of a connection, and changes nothing.
    ///
    /// - Throws: `not_found` for an unknown tenant, and what the store throws.
    package func test(
        _ draft: SalesforceDraft, of id: ConnectionID, now: Timestamp
    ) async throws(StoreError) -> ConnectionReport {
        try await keeper.test(id) { tenant, stored in
            await run(draft, over: stored, of: tenant, now: now).stages
        }
    }

    /// Tests what `draft` makes of a connection, and keeps it if every stage passed; what was stored before works until
    /// then, and goes on working if one did not.
    ///
    /// - Parameter check: judges the connection that is there, `nil` for none, before anything is asked; what it throws
    ///   ends this.
    /// - Throws: that; `not_found` for an unknown tenant; `conflict` where somebody changed the connection meanwhile, or
    ///   another one is linked to the org; `internal`.
    package func save(
        _ draft: SalesforceDraft, as id: ConnectionID, stamp: AuditStamp,
        if check: @Sendable (Connection?) throws -> Void = { _ in }
    ) async throws -> ConnectionReport {
        try await keeper.save(id, stamp: stamp, if: check, forget: forget) { tenant, stored throws(StoreError) in
            let outcome = await run(draft, over: stored, of: tenant, now: stamp.time)
            guard let passed = outcome.passed else {
                return ConnectionKeeper.Tested(stages: outcome.stages, connection: nil)
            }
            let credential = try credential(of: passed.candidate, id, over: stored?.credential, stamp.time)
            let settings = Connection.Settings.salesforce(passed.settings)
            let connection = (stored ?? Connection(id, settings, credential: credential, createdAt: stamp.time))
                .edited(settings, credential: credential, at: stamp.time).validated(passed.validation)
            return ConnectionKeeper.Tested(stages: outcome.stages, connection: connection)
        }
    }

    /// Removes a connection with its credential and every token that was had with it; history stays.
    ///
    /// - Parameter check: judges the connection that is there, as for `save`.
    /// - Throws: what `check` throws; `not_found`, `conflict` where somebody changed it meanwhile.
    @discardableResult
    package func remove(
        _ id: ConnectionID, stamp: AuditStamp, if check: @Sendable (Connection) throws -> Void = { _ in }
    ) async throws -> Connection {
        try await keeper.remove(id, stamp: stamp, if: check, forget: forget)
    }

    /// Forgets what memory holds of connections that another process has changed or removed, their tokens included, and
    /// everybody's roles: another process may have synced, and what it took no role from memory gives back.
    package func forgetChanged() async throws(StoreError) {
        roles.forgetAll()
        for used in try await keeper.changed(clients.connections) { forget(used) }
    }

    private func run(
        _ draft: SalesforceDraft, over stored: Connection?, of tenant: Tenant, now: Timestamp
    ) async -> SalesforceTest.Outcome {
        let input = SalesforceInput(draft, over: stored, setup: setup(), clients: clients, now: now)
        return await SalesforceTest(sender: sender, tokens: tokens)
            .run(input, rules: tenant.settings.rules, now: now)
    }

    private func credential(
        of candidate: SalesforceCandidate, _ id: ConnectionID, over known: StoredCredential?, _ now: Timestamp
    ) throws(StoreError) -> StoredCredential? {
        switch candidate.credential {
        case .operators: return nil
        case .stored(let stored): return stored
        case .given(let given, let end):
            do throws(CryptoError) {
                return try given.sealed(
                    for: id, client: candidate.application.clientID, secretEndingAt: end, over: known, at: now,
                    by: vault)
            } catch {
                throw StoreError(error.code, error.detail, hint: error.hint)
            }
        }
    }

    /// Drops what memory holds of a connection as it was.
    private func forget(_ connection: Connection) {
        roles.forget(connection.id)
        clients.forget(connection.id)
        guard let settings = connection.salesforce,
            let clientID = settings.clientID ?? connection.validation?.clientID ?? operatorClientID,
            let login = try? SalesforceLogin(settings.loginURL, hosts: setup().hosts)
        else { return }
        tokens.forget(clientID: clientID, at: login)
    }
}

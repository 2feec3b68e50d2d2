package import AuthService
package import BridgeCore
internal import BridgeCrypto

/// Keeps administrators' sign-ins for lists of organizations: one for each connection, sealed, for ten minutes.
package struct OrganizationSessions: Sendable {
    private let store: any OneTimeStore
    private let vault: any SecretVault

    package init(store: any OneTimeStore, vault: any SecretVault) {
        self.store = store
        self.vault = vault
    }

    /// Keeps `session` in the place of the one that is there.
    ///
    /// - Throws: `internal`, `rate_limited`, `not_found` where the tenant is gone.
    package func keep(
        _ session: OrganizationSession, for id: ConnectionID, at now: Timestamp
    ) async throws(ConnectorError) {
        let name = try Self.recordID(id)
        do {
            let box = try vault.seal(session.json, for: name)
            _ = try await store.takeRecord(name, .organizations, at: now)
            try await store.keep(
                OneTimeRecord(
                    id: name, kind: .organizations, license: id.license, source: id.license.value, content: box,
                    expiresAt: now.adding(seconds: OrganizationSession.lifetime)), at: now)
        } catch {
            throw Self.failure(error)
        }
    }

    /// The session that `access` may use: of a person of `tenant`, where the connection has another one by now.
    ///
    /// It is that of whoever asked for the sign-in. One of the tenant's administrator is that person's own, and that of
    /// API tokens, which stand for no person.
    /// - Throws: `internal`.
    package func session(
        of id: ConnectionID, in tenant: EntraTenant, for access: Access, at now: Timestamp
    ) async throws(ConnectorError) -> OrganizationSession? {
        let name = try Self.recordID(id)
        do {
            guard let record = try await store.record(name, .organizations, at: now),
                let session = OrganizationSession(json: try vault.open(record.content, for: name))
            else { return nil }
            let isOfTenant = tenant == .organizations || tenant == .id(session.person.tenantID)
            return isOfTenant && session.owner.isMeant(by: access) ? session : nil
        } catch {
            throw Self.failure(error)
        }
    }

    /// Forgets the session of a connection that was removed (S2-36).
    func forget(_ id: ConnectionID, at now: Timestamp) async throws(StoreError) {
        guard let name = try? Self.recordID(id) else { return }
        _ = try await store.takeRecord(name, .organizations, at: now)
    }

    /// The name a session is kept under, to which its box is bound.
    private static func recordID(_ id: ConnectionID) throws(ConnectorError) -> String {
        do throws(CryptoError) {
            return Base64URL.encode(try SHA256Digest(of: Array("organizations of \(id.sealedRecordName)".utf8)).bytes)
        } catch {
            throw ConnectorError(error)
        }
    }

    private static func failure(_ error: any Error) -> ConnectorError {
        guard let error = error as? any ReasonedError else {
            return ConnectorError(.internal, "the sign-in cannot be kept", fixedBy: .bridgeOperator)
        }
        return ConnectorError(error.code, error.detail, hint: error.hint, fixedBy: .bridgeOperator)
    }
}

extension OrganizationSession.Owner {
    fileprivate func isMeant(by access: Access) -> Bool {
        switch (self, access.bearer) {
        case (.caller(let name), _): name == access.actorName
        case (.administrator, .apiToken): true
        case (.administrator(let name), .account): name == access.actorName
        }
    }
}

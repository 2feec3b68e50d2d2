package import AuthService
package import BridgeCore
package import BridgeCrypto
internal import HTTPMessage

/// Asks administrators of Entra tenants for their consent, and takes it in when one comes back with it.
///
/// The URL is good for whoever opens it, within a week, once: it may be sent to somebody else (S0-8).
package struct DynamicsConsent: Sendable {
    private let store: any Store
    private let vault: any SecretVault
    private let tokens: any ApplicationTokens
    private let clients: DynamicsClients
    private let random: any RandomSource
    /// What the operator decides, as of the moment.
    private let setup: @Sendable () -> DynamicsSetup

    package init(
        store: any Store, vault: any SecretVault, tokens: any ApplicationTokens, clients: DynamicsClients,
        random: any RandomSource, setup: @escaping @Sendable () -> DynamicsSetup
    ) {
        self.store = store
        self.vault = vault
        self.tokens = tokens
        self.clients = clients
        self.random = random
        self.setup = setup
    }

    /// Where the consent for a connection is given, as of now.
    ///
    /// - Parameter redirectURI: `public_url` and `/api/1/dynamics/consent/callback`, as it is registered.
    /// - Throws: `connection_missing`; `rate_limited` where too many are outstanding; what keeps the client from being
    ///   made ready; `internal`.
    package func link(
        for id: ConnectionID, redirectURI: String, at now: Timestamp
    ) async throws(ConnectorError) -> ConsentLink {
        let client = try clients.client(of: try await connection(id), setup: setup())
        let state = try ConsentState(license: id.license, connection: id.identityName, random: random, now: now)
        let consent = AdminConsent(
            of: client.application, redirectURI: redirectURI, resource: client.resource)
        guard let url = consent.url(state: try state.sealed(by: vault)) else {
            throw ConnectorError(.internal, "the consent URL is too long")
        }
        let link = ConsentLink(url: url.text, expiresAt: now.adding(seconds: ConsentState.lifetime))
        let record = OneTimeRecord(
            id: try state.recordID, kind: .consent, license: id.license, source: id.license.value, content: [],
            expiresAt: link.expiresAt)
        try await asking { () async throws(StoreError) in try await store.keep(record, at: now) }
        return link
    }

    /// Takes in what an administrator brings back; consent counts once a token of that tenant has proven it.
    ///
    /// - Throws: `state_invalid` for whatever was not asked for, was used before, or is too old; `consent_declined`,
    ///   `consent_required` and what else Entra's refusal means; `connection_missing`; what Entra says instead of a token;
    ///   `conflict` where somebody changed the connection meanwhile.
    package func finish(query: String, stamp: AuditStamp) async throws(ConnectorError) -> Connection {
        let state = try ConsentCallback(query: query).consent(by: vault, now: stamp.time)
        let recordID = try state.recordID
        let record = try await asking { () async throws(StoreError) in
            try await store.takeRecord(recordID, .consent, at: stamp.time)
        }
        guard let record, let id = ConnectionID(.dynamics, identityName: state.connection, of: state.license) else {
            throw .consentUsed
        }
        let connection = try await connection(id)
        do throws(ConnectorError) {
            let client = try clients.client(of: connection, setup: setup())
            _ = try await tokens.newToken(for: client.resource, of: client.application)
        } catch {
            // What was not proven now may be in a minute: the URL stays good.
            try await asking { () async throws(StoreError) in try await store.keep(record, at: stamp.time) }
            throw error
        }
        return try await asking { () async throws(StoreError) in
            try await store.put(connection.consented(at: stamp.time), over: connection.version, audit: stamp)
        }
    }

    private func connection(_ id: ConnectionID) async throws(ConnectorError) -> Connection {
        let connection = try await asking { () async throws(StoreError) in try await store.connection(id) }
        guard let connection else { throw .noConnection(id) }
        return connection
    }

    private func asking<Value>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(ConnectorError) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw ConnectorError(error.code, error.detail, hint: error.hint)
        }
    }
}

/// Where an administrator of an Entra tenant consents.
package struct ConsentLink: Sendable, Hashable {
    package let url: String
    /// From when it is good for nothing.
    package let expiresAt: Timestamp
}

extension JSONWriter {
    /// Writes the members of a link into an object that is open.
    package mutating func consentLinkMembers(_ link: ConsentLink) {
        member("url", link.url)
        member("expiresAt", link.expiresAt.description)
    }
}

extension ConnectionID {
    /// The connection that `identityName` names inside a tenant; `nil` for one of another kind, and for what is no name.
    package init?(_ kind: Kind, identityName: String, of license: License) {
        let parts = identityName.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == kind.rawValue, let name = ConnectionName(String(parts[1])) else {
            return nil
        }
        self.init(kind, name, of: license)
    }
}

extension ConnectorError {
    /// What is said where a tenant has no such connection.
    package static func noConnection(_ id: ConnectionID) -> ConnectorError {
        ConnectorError(
            .connectionMissing, "there is no \(id)",
            hint:
                "an administrator of the tenant makes it: cobrowse-sso \(id.kind.rawValue) save --license \(id.license)",
            fixedBy: .bridgeOperator)
    }

    fileprivate static let consentUsed = ConnectorError(
        .stateInvalid, "the consent was given with this URL before, or nobody asks for it any more",
        hint: "look whether the connection has the consent; if not, make a new consent URL",
        fixedBy: .tenantAdministrator)
}

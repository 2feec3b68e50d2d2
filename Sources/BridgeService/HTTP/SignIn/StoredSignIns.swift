internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import Connectors

/// Keeps sign-ins in the store while the browser is away: sealed, under a digest, for ten minutes.
struct StoredSignIns: PendingSignIns {
    let store: any OneTimeStore
    let vault: any SecretVault
    let clock: any WallClock
    /// The address whose share of the room they take.
    let address: String

    func keep(_ record: PendingSignIn, under id: String) async throws(ConnectorError) {
        do {
            let box = try vault.seal(record.json, for: Self.name(id))
            let now = clock.now
            try await store.keep(
                OneTimeRecord(
                    id: id, kind: .signIn, license: record.license, source: SourceNetwork(address).description,
                    content: box, expiresAt: now.adding(seconds: PendingSignIn.lifetime)), at: now)
        } catch let error as any ReasonedError {
            throw ConnectorError(stored: error)
        } catch {
            throw ConnectorError(.internal, "the sign-in cannot be kept")
        }
    }

    func take(_ id: String) async throws(ConnectorError) -> PendingSignIn? {
        do {
            guard let record = try await store.takeRecord(id, .signIn, at: clock.now) else { return nil }
            return PendingSignIn(json: try vault.open(record.content, for: Self.name(id)))
        } catch let error as any ReasonedError {
            throw ConnectorError(stored: error)
        } catch {
            throw ConnectorError(.internal, "the sign-in cannot be read")
        }
    }

    /// What the box is bound to.
    private static func name(_ id: String) -> String { "sign-in \(id)" }
}

extension ConnectorError {
    /// What a store or the master key could not do. Who signs in can do something about too many sign-ins alone.
    init(stored error: any ReasonedError) {
        let code: ReasonCode = error.code == .rateLimited ? .rateLimited : .internal
        self.init(
            code, error.detail, hint: error.hint, fixedBy: code == .internal ? .bridgeOperator : .agent,
            retryAfter: code == .rateLimited ? 60 : nil)
    }
}

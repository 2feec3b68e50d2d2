internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import Synchronization

/// The opened credentials of connections: what was opened once is kept, since reading a private key costs more than a login.
final class OpenedCredentials<Credential: Sendable>: Sendable {
    private let used: Mutex<RecentMap<ConnectionID, Used>>

    /// A connection as it was when it was used; with its next version everything may be different.
    private struct Used: Sendable {
        let connection: Connection
        /// `nil` where the client is the operator's.
        let credential: Credential?
    }

    /// Keeps what it knows of at most `capacity` connections.
    init(capacity: Int) {
        used = Mutex(RecentMap(capacity: capacity))
    }

    /// The connections that were used and are remembered.
    var connections: [Connection] { used.withLock { $0.values.map(\.connection) } }

    /// The credential of a connection, `nil` for one without one of its own.
    ///
    /// - Parameter open: opens what is stored.
    /// - Throws: what that throws.
    func credential(
        of connection: Connection, open: (StoredCredential) throws(CryptoError) -> Credential
    ) throws(ConnectorError) -> Credential? {
        let kept = used.withLock { $0.value(for: connection.id) }
        if let kept, kept.connection.version == connection.version { return kept.credential }
        do throws(CryptoError) {
            let credential = try connection.credential.map(open)
            used.withLock { $0.insert(Used(connection: connection, credential: credential), for: connection.id) }
            return credential
        } catch {
            throw ConnectorError(error)
        }
    }

    /// Forgets what was opened of a connection, which is gone.
    func forget(_ id: ConnectionID) {
        used.withLock { _ = $0.remove(id) }
    }
}

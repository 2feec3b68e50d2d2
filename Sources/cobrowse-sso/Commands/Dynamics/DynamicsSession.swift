internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// A store, and what connects its tenants to Dynamics 365, for one command.
struct DynamicsSession {
    private let session: StoreSession
    private let desk: ConnectionDesk
    let license: License

    /// Opens both, runs `body` and closes them again.
    static func run<Value>(
        _ arguments: ParsedArguments, _ context: CommandContext,
        _ body: (DynamicsSession) throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value {
        let license = try arguments.license()
        let session = try StoreSession.open(arguments, context)
        defer { session.close() }
        let configuration = session.configuration
        let desk = try session.run { store async throws(StoreError) in
            _ = try await store.existingTenant(license)
            return try await ConnectionDesk.open(
                configuration, store: store, environment: context.environment.variables, clock: SystemClock())
        }
        defer { desk.close() }
        return try body(DynamicsSession(session: session, desk: desk, license: license))
    }

    /// The flags that all these commands have: they need the settings that the service has.
    static let flags = [ConfigurationSources.file] + ConfigurationSources.store

    var operatorClientID: String? { desk.dynamics.operatorClientID?.value }

    /// The connections there are.
    func connections() throws(CommandFailure) -> [Connection] {
        let license = license
        return try session.run { store async throws(StoreError) in
            try await store.connections(of: license).filter { $0.id.kind == .dynamics }
        }
    }

    /// Runs `body` with what tests and keeps connections.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (DynamicsConnections) async throws -> Value
    ) throws(CommandFailure) -> Value {
        try ask { try await body($0.dynamics) }
    }

    /// Runs `body` with everything that connects tenants.
    func ask<Value: Sendable>(
        _ body: @escaping @Sendable (ConnectionDesk) async throws -> Value
    ) throws(CommandFailure) -> Value {
        let desk = desk
        return try session.run { _ async throws(StoreError) in
            do {
                return try await body(desk)
            } catch let error as any ReasonedError {
                throw StoreError(error.code, error.detail, hint: error.hint)
            } catch {
                throw StoreError(.internal, "unexpected error")
            }
        }
    }
}

extension DynamicsSession {
    /// The connection that a command is about, which has to be there.
    func knownID(_ arguments: ParsedArguments) throws(CommandFailure) -> ConnectionID {
        let id = try id(arguments, isNew: false)
        guard try connections().contains(where: { $0.id == id }) else {
            throw CommandFailure(StoreError.noConnection(id))
        }
        return id
    }

    /// Syncs a connection.
    func sync(_ id: ConnectionID, _ order: SyncOrder) throws(CommandFailure) -> SyncReport {
        let desk = desk
        return try session.run { _ async throws(StoreError) in try await desk.sync(id, order) }
    }

    /// What is remembered of the last syncs.
    func lastSyncs(of connections: [Connection]) throws(CommandFailure) -> [ConnectionID: SyncState] {
        try session.run { store async throws(StoreError) in
            var states: [ConnectionID: SyncState] = [:]
            for connection in connections { states[connection.id] = try await store.syncState(of: connection.id) }
            return states
        }
    }

    /// The connection that a command is about.
    ///
    /// Without a name it is the only one there is, or `default`; of several, one has to be named.
    /// - Parameter isNew: whether it may be one that is not there, which is `default` without a name.
    func id(_ arguments: ParsedArguments, isNew: Bool) throws(CommandFailure) -> ConnectionID {
        if let text = arguments.value(of: DynamicsFlags.connection) {
            guard let name = ConnectionName(text) else {
                throw .usage(
                    "--connection cannot be \(Printable.quoted(text))",
                    hint: "up to 32 letters in lower case, digits and hyphens, such as emea")
            }
            return ConnectionID(.dynamics, name, of: license)
        }
        let known = try connections().map(\.id)
        guard known.count < 2 else {
            throw .usage(
                "the tenant \(license) has several connections",
                hint: "name one with --connection: \(known.map(\.name.value).joined(separator: ", "))")
        }
        return isNew ? ConnectionID(.dynamics, of: license) : known.first ?? ConnectionID(.dynamics, of: license)
    }
}

internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// A store, and what connects its tenants to one kind of system, for one command.
struct ConnectionSession {
    private let session: StoreSession
    private let desk: ConnectionDesk
    let kind: ConnectionID.Kind
    let license: License

    /// Opens both, runs `body` and closes them again.
    static func run<Value>(
        _ kind: ConnectionID.Kind, _ arguments: ParsedArguments, _ context: CommandContext,
        _ body: (ConnectionSession) throws(CommandFailure) -> Value
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
        return try body(ConnectionSession(session: session, desk: desk, kind: kind, license: license))
    }

    static let name = FlagSpec.option(
        "--connection", "NAME", "which connection, where the tenant has several", default: "default")

    /// The flags that all these commands have: they need the settings that the service has.
    static let flags = [ConfigurationSources.file] + ConfigurationSources.store

    var operatorClientID: String? { desk.operatorClientID(kind) }

    /// The connections there are.
    func connections() throws(CommandFailure) -> [Connection] {
        let (license, kind) = (license, kind)
        return try session.run { store async throws(StoreError) in
            try await store.connections(of: license).filter { $0.id.kind == kind }
        }
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

extension ConnectionSession {
    /// The name that `--connection` gives.
    static func name(_ text: String) throws(CommandFailure) -> ConnectionName {
        guard let name = ConnectionName(text) else {
            throw .usage(
                "--connection cannot be \(Printable.quoted(text))",
                hint: "up to 32 letters in lower case, digits and hyphens, such as emea")
        }
        return name
    }

    /// What is there of the connection that a command is about, which has to be there.
    func known(_ arguments: ParsedArguments) throws(CommandFailure) -> Connection {
        let id = try id(arguments, isNew: false)
        guard let known = try connections().first(where: { $0.id == id }) else {
            throw CommandFailure(StoreError.noConnection(id))
        }
        return known
    }

    /// The connection that a command is about, which has to be there.
    func knownID(_ arguments: ParsedArguments) throws(CommandFailure) -> ConnectionID { try known(arguments).id }

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
    /// - Parameter isNew: whether it may be one that is not there yet: then it is `default` without a name, however the only
    ///   one is called.
    func id(_ arguments: ParsedArguments, isNew: Bool) throws(CommandFailure) -> ConnectionID {
        if let text = arguments.value(of: ConnectionSession.name) {
            return ConnectionID(kind, try Self.name(text), of: license)
        }
        let known = try connections().map(\.id)
        guard known.count < 2 else {
            throw .usage(
                "the tenant \(license) has several connections",
                hint: "name one with --connection: \(known.map(\.name.value).joined(separator: ", "))")
        }
        return isNew ? ConnectionID(kind, of: license) : known.first ?? ConnectionID(kind, of: license)
    }
}

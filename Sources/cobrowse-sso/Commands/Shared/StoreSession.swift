internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Glibc

/// The store a command works on, open until `close`.
struct StoreSession: Sendable {
    let configuration: Configuration
    private let store: any Store

    /// Opens the store that flags and environment choose.
    ///
    /// - Parameter creating: whether it is made where there is none; otherwise that is a failure, because whoever
    ///   only looks has most likely named the wrong directory.
    static func open(
        _ arguments: ParsedArguments, _ context: CommandContext, creating: Bool = false
    ) throws(CommandFailure) -> StoreSession {
        let configuration = try ConfigurationSources.read(arguments, context)
        if !creating { try requireDatabase(of: configuration) }
        let store = try reporting { () throws(ServiceError) in try BridgeService.open(configuration) }
        return StoreSession(configuration: configuration, store: store)
    }

    /// Runs `body` on the store and waits for it.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (any Store) async throws(StoreError) -> Value
    ) throws(CommandFailure) -> Value {
        try runAsync { () async throws(CommandFailure) in
            do throws(StoreError) {
                return try await body(store)
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    /// Finishes what is under way.
    func close() {
        try? run { store in await store.close() }
    }

    /// Whether the database of `configuration` is there; a directory that cannot be looked into counts as such.
    static func hasDatabase(_ configuration: Configuration) -> Bool {
        unsafe access(configuration.databaseFile, F_OK) == 0 || ![ENOENT, ENOTDIR].contains(errno)
    }

    /// The configuration of a command that works on the store's file itself, which has to be there.
    static func configurationOfStore(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Configuration {
        let configuration = try ConfigurationSources.read(arguments, context)
        try requireDatabase(of: configuration)
        return configuration
    }

    private static func requireDatabase(of configuration: Configuration) throws(CommandFailure) {
        guard !hasDatabase(configuration) else { return }
        throw CommandFailure(
            .notFound, "\(configuration.dataDirectory): holds no database of cobrowse-sso",
            hint: "name the directory of the service with --data DIR, or start one: cobrowse-sso tenant create L",
            exitStatus: .configuration)
    }
}

extension StoreSession {
    /// Opens a store, runs `body` on it, and closes it again.
    static func run<Value: Sendable>(
        _ arguments: ParsedArguments, _ context: CommandContext, creating: Bool = false,
        _ body: @escaping @Sendable (any Store) async throws(StoreError) -> Value
    ) throws(CommandFailure) -> Value {
        let session = try open(arguments, context, creating: creating)
        defer { session.close() }
        return try session.run(body)
    }
}

extension TenantStore {
    /// The tenant of `license`; `not_found` where there is none, with the license that was most likely meant.
    func existingTenant(_ license: License) async throws(StoreError) -> Tenant {
        if let tenant = try await tenant(license) { return tenant }
        let licenses = try await allPages { last, limit async throws(StoreError) in
            try await tenants(after: last?.license, limit: limit)
        }.map(\.license.value)
        let creation = "add it: cobrowse-sso tenant create \(license)"
        let nearest = Suggestion.nearest(to: license.value, among: licenses)
        throw StoreError(
            .notFound, "there is no tenant \(license)",
            hint: nearest.map { "did you mean \($0)? If not, \(creation)" } ?? creation)
    }
}

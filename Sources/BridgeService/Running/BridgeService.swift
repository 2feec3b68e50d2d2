package import AuthService
package import BridgeCore
internal import BridgeCrypto
internal import Connectors
internal import EventLoop
package import HTTPMessage
internal import HTTPServer
internal import StoreSQLite

/// The running service: configuration in, logins answered until it is stopped.
package final class BridgeService: Sendable {
    private let server: HTTPServer
    private let loops: [EventLoop]
    private let store: any Store
    private let log: any Log
    private let directory: LoginDirectory
    private let syncs: SyncWorker
    /// `nil` where requests are sent by somebody else.
    private let outgoing: OutgoingRequests?
    /// What it runs with now.
    let live: LiveConfiguration
    /// The port it listens on.
    package let port: UInt16

    private init(
        server: HTTPServer, loops: [EventLoop], context: ServiceContext, syncs: SyncWorker, port: UInt16
    ) {
        self.server = server
        self.syncs = syncs
        self.loops = loops
        self.port = port
        store = context.store
        log = context.log
        directory = context.logins.directory
        outgoing = context.sender as? OutgoingRequests
        live = context.live
    }

    /// How a service is run, apart from its configuration.
    package struct Options: Sendable {
        /// How many event loops; one a core.
        package var loopCount: Int
        /// How many verified tokens each loop remembers.
        package var cacheCapacity: Int
        /// For the variables that name a proxy of outgoing requests.
        package var environment: [String: String]
        /// What sends requests to other servers; `nil` for the client of this machine's libcurl.
        package var sender: (any HTTPSender)?
        /// The most that a request of that client takes, whatever it might take by itself; `nil` for no such limit.
        package var outgoingLimit: Duration?

        package init(
            loopCount: Int, cacheCapacity: Int = 8192, environment: [String: String] = [:],
            sender: (any HTTPSender)? = nil, outgoingLimit: Duration? = nil
        ) {
            self.loopCount = loopCount
            self.cacheCapacity = cacheCapacity
            self.environment = environment
            self.sender = sender
            self.outgoingLimit = outgoingLimit
        }
    }

    /// Opens the store, makes what a first start makes, and listens.
    ///
    /// - Throws: `configuration_invalid`, `password_wrong` (another master key), `internal`, with what to do.
    package static func start(
        _ configuration: Configuration, options: Options, clock: any WallClock, log: any Log
    ) async throws(ServiceError) -> BridgeService {
        do throws(ConfigurationError) {
            try configuration.checkExtraRoots()
        } catch {
            throw ServiceError(error)
        }
        let store = try open(configuration)
        do {
            let seen = try await store.outsideChanges()
            let context = try await prepare(configuration, options: options, store: store, clock: clock, log: log)
            var loops: [EventLoop] = []
            do {
                for index in 0..<max(1, options.loopCount) { loops.append(try EventLoop(name: "loop-\(index)")) }
                // What reads a whole environment keeps no login waiting, and nothing keeps it from its turn.
                loops.append(try EventLoop(name: "sync"))
                return try listen(configuration, on: loops, context: context, seen: seen)
            } catch {
                for loop in loops { loop.stop() }
                throw error
            }
        } catch {
            await store.close()
            throw (error as? any ReasonedError).map(ServiceError.init) ?? ServiceError(.internal, "\(error)")
        }
    }

    /// Answers every request that has arrived, then closes everything; 30 s at most.
    package func stop() async {
        syncs.cancel()
        let cutOff = await server.drain(within: .seconds(30))
        outgoing?.stop()
        await syncs.finish()
        for loop in loops { loop.stop() }
        await store.close()
        log.write(.info, "stopped", [("connectionsCutOff", .number(cutOff))])
    }

    /// Opens the store of `configuration`, making the data directory where there is none.
    package static func open(_ configuration: Configuration) throws(ServiceError) -> any Store {
        let status = TextFile.makeDirectory(configuration.dataDirectory)
        guard status == 0 else {
            throw ServiceError(
                .configurationInvalid,
                "\(configuration.dataDirectory) cannot be made: \(MasterKeyFile.message(status))",
                hint: "set data_dir to a directory the service may write to")
        }
        do throws(StoreError) {
            return try SQLiteStore.open(at: configuration.databaseFile)
        } catch {
            throw ServiceError(error)
        }
    }
}

extension BridgeService {
    /// Takes over a configuration that `ConfigurationReload` has found acceptable; nothing in here can fail.
    func apply(_ configuration: Configuration, certificate: HTTPServer.Certificate?) {
        (log as? any AdjustableLog)?.adjust(level: configuration.logLevel, format: configuration.logFormat)
        if let certificate { server.use(certificate) }
        live.replace(configuration)
        outgoing?.renew()
        directory.replaceAddresses(configuration.addresses)
        FileModes.warn(of: configuration, to: log)
    }

    private static func prepare(
        _ configuration: Configuration, options: Options, store: any Store, clock: any WallClock, log: any Log
    ) async throws(ServiceError) -> ServiceContext {
        let (stored, chest) = try await BridgeKeys.prepare(
            store, masterKeyFile: configuration.masterKeyFile, now: clock.now)
        if chest.keyring.isChanging { MasterKeyRotation.warn(of: configuration.masterKeyFile, to: log) }
        FileModes.warn(of: configuration, to: log)
        let keys: PublishedKeys
        do throws(CryptoError) {
            keys = try PublishedKeys(stored)
        } catch {
            throw ServiceError(error)
        }
        let directory = LoginDirectory(
            store: store, addresses: configuration.addresses, bridgeKeys: keys.initial.accepted)
        let live = LiveConfiguration(configuration)
        let outgoing = OutgoingRequests(
            environment: options.environment, limit: options.outgoingLimit, clock: clock, log: log
        ) { live.current }
        return ServiceContext(
            logins: LoginService(directory: directory, store: store), store: store, clock: clock, log: log,
            keys: keys, chest: chest, sender: options.sender ?? outgoing,
            cacheCapacity: options.cacheCapacity, live: live)
    }

    /// A loop without a working OpenSSL answers all the same, and says so.
    private static func makeResponder(_ context: ServiceContext) -> any HTTPResponder {
        do throws(CryptoError) {
            return try BridgeResponder(context)
        } catch {
            return FailingResponder()
        }
    }

    /// - Parameter loops: those that requests are answered on, and behind them the one of syncs.
    private static func listen(
        _ configuration: Configuration, on loops: [EventLoop], context: ServiceContext, seen: UInt64
    ) throws -> BridgeService {
        var http = HTTPServer.Configuration(
            host: configuration.listen.host, port: configuration.listen.port, log: context.log,
            renderRefusal: { context.refuse($0) })
        http.tls = configuration.tlsFiles
        let server = try HTTPServer(http, on: Array(loops.dropLast())) { _ in makeResponder(context) }
        let port = try server.start()
        let watch = ChangeWatch(
            store: context.store, directory: context.logins.directory, keys: context.keys, log: context.log,
            seen: seen
        ) { [dynamics = context.dynamics, salesforce = context.salesforce] () async throws(StoreError) in
            try await dynamics.connections.forgetChanged()
            try await salesforce.connections.forgetChanged()
        }
        _ = watch.start(on: loops[0])
        Housekeeper(
            store: context.store, directory: context.logins.directory, live: context.live, clock: context.clock,
            log: context.log
        )
        .start(on: loops[0])
        let syncs = SyncWorker(
            store: context.store, live: context.live, figures: context.syncFigures, clock: context.clock,
            log: context.log
        ) { [syncs = context.syncs] id, order throws(StoreError) in try await syncs.run(id, order) }
        syncs.start(on: loops[loops.count - 1])
        context.log.write(
            .info, "listening",
            [
                ("address", .text(configuration.listen.host)), ("port", .number(Int(port))),
                ("loops", .number(loops.count - 1)),
            ])
        return BridgeService(server: server, loops: loops, context: context, syncs: syncs, port: port)
    }
}

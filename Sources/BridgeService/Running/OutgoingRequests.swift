internal import BridgeCore
internal import Connectors
internal import EventLoop
internal import HTTPClient
internal import HTTPMessage
internal import Synchronization

/// Sends a process's requests to other servers, by libcurl on a loop of its own; neither is there before the first one.
final class OutgoingRequests: HTTPSender {
    private let environment: [String: String]
    private let limit: Duration?
    private let clock: any WallClock
    private let log: (any Log)?
    /// The configuration of the moment.
    private let configuration: @Sendable () -> Configuration
    private let state = Mutex(State())

    private struct State {
        var loop: EventLoop?
        var client: HTTPClient?
        var isStopped = false
    }

    /// - Parameters:
    ///   - environment: for the variables that name a proxy.
    ///   - limit: the most that a request may take, whatever it might take by itself.
    init(
        environment: [String: String], limit: Duration? = nil, clock: any WallClock, log: (any Log)?,
        configuration: @escaping @Sendable () -> Configuration
    ) {
        self.environment = environment
        self.limit = limit
        self.clock = clock
        self.log = log
        self.configuration = configuration
    }

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        let client: HTTPClient
        do throws(ServiceError) {
            client = try self.client()
        } catch {
            throw SendError(.local, error.code, error.detail, hint: error.hint)
        }
        guard let limit, limit < request.timeLimit else { return try await client.send(request) }
        var request = request
        request.timeLimit = limit
        return try await client.send(request)
    }

    /// Lets the next request begin with another client: the configuration has changed.
    func renew() { state.withLock { $0.client = nil } }

    /// Ends what is under way.
    func stop() {
        let loop = state.withLock { state in
            defer { state = State(isStopped: true) }
            return state.loop
        }
        loop?.stop()
    }

    private func client() throws(ServiceError) -> HTTPClient {
        // One at a time: opening libcurl takes some milliseconds, once.
        try state.withLock { state throws(ServiceError) in
            if let client = state.client { return client }
            guard !state.isStopped else { throw ServiceError(.internal, "the service has been stopped") }
            do {
                let loop = try state.loop ?? EventLoop(name: "outgoing")
                state.loop = loop
                let client = try HTTPClient(settings(), on: loop)
                state.client = client
                return client
            } catch {
                throw (error as? any ReasonedError).map(ServiceError.init) ?? ServiceError(.internal, "\(error)")
            }
        }
    }

    private func settings() throws(HTTPClientError) -> HTTPClient.Configuration {
        let configuration = configuration()
        var settings = HTTPClient.Configuration(userAgent: "cobrowse-sso", clock: clock, log: log)
        settings.extraRootsFile = configuration.extraRootsFile
        settings.privateHosts = configuration.privateHosts
        settings.allowsInsecureLoopback = configuration.dynamics.environments.allowsInsecureLoopback
        settings.proxies = try ProxySettings(environment: environment)
        return settings
    }
}

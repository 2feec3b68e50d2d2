import Dispatch
package import EventLoop
import Glibc
import Synchronization

/// An HTTP/1.1 server on libevent's evhttp: one on every loop, each with its own socket on the same port.
///
/// evhttp reads and writes; `RequestFraming` in front of it refuses what evhttp would let through. A request costs no
/// task and no lock unless its responder asks for one.
package final class HTTPServer: Sendable {
    private let configuration: Configuration
    private let servers: [LoopServer]
    let shared: SharedState
    private let makeResponder: @Sendable (EventLoop) -> any HTTPResponder

    /// Prepares a server on `loops`, of which there has to be at least one; reads the TLS files.
    ///
    /// - Parameter makeResponder: called once for each loop, on its thread.
    package init(
        _ configuration: Configuration, on loops: [EventLoop],
        makeResponder: @escaping @Sendable (EventLoop) -> any HTTPResponder
    ) throws(HTTPServerError) {
        var tls: TLSContext?
        if let files = configuration.tls { tls = try TLSContext(files) }
        let shared = SharedState(tls: tls)
        self.shared = shared
        self.configuration = configuration
        self.servers = loops.map { LoopServer(loop: $0, configuration: configuration, shared: shared) }
        self.makeResponder = makeResponder
    }

    /// Listens, and serves from now on until `drain`. Once only.
    ///
    /// Ignores SIGPIPE in the whole process and raises its soft limit of open files as far as the connections need.
    /// - Returns: the port.
    /// - Throws: `configuration_invalid` for an address that cannot be used or is taken; `internal`
    ///   when memory is short.
    @discardableResult
    package func start() throws(HTTPServerError) -> UInt16 {
        signal(SIGPIPE, SIG_IGN)
        Self.raiseFileLimit(to: configuration.maximumConnections + configuration.maximumConnections / 8 + 1024)
        var port = configuration.port
        var descriptors: [CInt] = []
        do {
            for index in servers.indices {
                let socket = try ListeningSocket(host: configuration.host, port: port, sharing: index > 0)
                port = socket.port
                descriptors.append(socket.take())
            }
        } catch {
            for descriptor in descriptors { close(descriptor) }
            throw error
        }
        for index in servers.indices {
            do {
                try attach(servers[index], descriptors[index])
            } catch {
                for descriptor in descriptors[(index + 1)...] { close(descriptor) }
                for server in servers[..<index] { server.loop.run { server.drain(within: .init(.zero)) { _ in } } }
                throw error
            }
        }
        return port
    }

    /// Stops accepting, answers every request that has arrived, and closes; at the latest after `limit`.
    ///
    /// Connections that wait to be accepted are accepted first. Responses carry `Connection: close`; idle connections
    /// are closed.
    /// - Returns: how many connections were cut off because the time was up.
    package func drain(within limit: Duration) async -> Int {
        await withTaskGroup(of: Int.self) { group in
            for server in servers {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        server.loop.execute {
                            server.drain(within: Milliseconds.Length(limit)) { continuation.resume(returning: $0) }
                        }
                    }
                }
            }
            return await group.reduce(0, +)
        }
    }

    /// Waits until the loop has taken the socket over or failed to.
    private func attach(_ server: LoopServer, _ descriptor: CInt) throws(HTTPServerError) {
        let failure = Mutex<HTTPServerError?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        server.loop.run { [makeResponder] in
            do throws(HTTPServerError) {
                try server.attach(descriptor, responder: makeResponder(server.loop))
            } catch {
                failure.withLock { $0 = error }
            }
            isDone.signal()
        }
        isDone.wait()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    private static func raiseFileLimit(to wanted: Int) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        guard limit.rlim_cur < UInt(wanted) else { return }
        limit.rlim_cur = min(UInt(wanted), limit.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

extension HTTPServer {
    /// Where certificate and key of a TLS listener are; both PEM, read when the server is made.
    package struct TLS: Sendable {
        /// The server's certificate, then the intermediate ones.
        package var certificateChainFile: String
        /// The key of the first certificate, without a passphrase. A P-256 key costs a fifteenth of an RSA one.
        package var privateKeyFile: String

        package init(certificateChainFile: String, privateKeyFile: String) {
            self.certificateChainFile = certificateChainFile
            self.privateKeyFile = privateKeyFile
        }
    }
}

package import BridgeCore
package import BridgeCrypto
import EventLoop
import HTTPMessage
import HTTPServer

/// The stand-ins behind sockets: one server a site, all on the same loops.
package final class RunningSimulator: Sendable {
    /// What to set faults on and to look into.
    package let simulator: Simulator
    private let servers: [HTTPServer]
    private let loops: [EventLoop]

    /// Where to listen.
    package struct Options: Sendable {
        /// A numeric address or a name of this machine.
        package var host = "127.0.0.1"
        /// That of the control surface; the other sites take the ones after it. 0 lets the system choose each.
        package var port: UInt16 = 0
        /// For https; without it http.
        package var tls: TLSFiles?
        package var loopCount = 1
        package var log: (any Log)?

        package init() {}
    }

    /// Certificate and key, both PEM.
    package struct TLSFiles: Sendable {
        package let certificateFile: String
        package let keyFile: String

        package init(certificateFile: String, keyFile: String) {
            (self.certificateFile, self.keyFile) = (certificateFile, keyFile)
        }
    }

    /// Listens, and answers from now on until `stop`.
    ///
    /// - Throws: `configuration_invalid` for a population, an address or TLS files that cannot be used, `internal`.
    package init(
        _ source: PopulationSource, options: Options = Options(), clock: any WallClock,
        random: any RandomSource = SystemRandomSource()
    ) throws(SimulatorError) {
        let pending = LateSimulator()
        let (loops, listening) = try Self.listen(source.sites, options: options, for: pending)
        do throws(SimulatorError) {
            let scheme = options.tls == nil ? "http" : "https"
            let host = Self.reachable(options.host)
            let sites = SiteMap(source.sites) { "\(scheme)://\(host):\(listening[$0].port)" }
            simulator = try Simulator(source, sites: sites, clock: clock, random: random)
        } catch {
            for loop in loops { loop.stop() }
            throw error
        }
        servers = listening.map(\.server)
        self.loops = loops
        pending.set(simulator)
    }

    /// Answers what has arrived, and closes.
    package func stop() async {
        for server in servers { _ = await server.drain(within: .seconds(5)) }
        for loop in loops { loop.stop() }
    }

    private static func listen(
        _ sites: [Site], options: Options, for simulator: LateSimulator
    ) throws(SimulatorError) -> (loops: [EventLoop], servers: [(server: HTTPServer, port: UInt16)]) {
        guard options.port == 0 || Int(options.port) + sites.count - 1 <= Int(UInt16.max) else {
            throw .invalid("there are no \(sites.count) ports from \(options.port) on")
        }
        var loops: [EventLoop] = []
        do {
            for index in 0..<max(1, options.loopCount) { loops.append(try EventLoop(name: "simulator-\(index)")) }
            var servers: [(server: HTTPServer, port: UInt16)] = []
            for (index, site) in sites.enumerated() {
                let port = options.port == 0 ? 0 : options.port + UInt16(index)
                let server = try HTTPServer(configuration(options, port: port), on: loops) { loop in
                    SimulatorResponder(simulator, site: site, on: loop)
                }
                servers.append((server, try server.start()))
            }
            return (loops, servers)
        } catch {
            for loop in loops { loop.stop() }
            throw (error as? any ReasonedError).map { SimulatorError($0.code, $0.detail, hint: $0.hint) }
                ?? SimulatorError(.internal, "\(error)")
        }
    }

    private static func configuration(_ options: Options, port: UInt16) -> HTTPServer.Configuration {
        var configuration = HTTPServer.Configuration(
            host: options.host, port: port,
            tls: options.tls.map { .init(certificateChainFile: $0.certificateFile, privateKeyFile: $0.keyFile) },
            log: options.log
        ) { refusal in
            HTTPResponse(refusal.status, contentType: "text/plain", body: Array(refusal.detail.utf8))
        }
        configuration.deadlines.answer = .seconds(300)  // faults hang for two minutes
        configuration.limits.requestLine = 16 * 1024
        configuration.limits.head = 32 * 1024
        return configuration
    }

    /// What a client on this machine connects to.
    private static func reachable(_ host: String) -> String {
        switch host {
        case "0.0.0.0", "::": "127.0.0.1"
        default: host.contains(":") ? "[\(host)]" : host
        }
    }
}

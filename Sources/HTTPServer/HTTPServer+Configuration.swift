package import BridgeCore
package import HTTPMessage

extension HTTPServer {
    /// Where to listen, what to allow, how to refuse.
    package struct Configuration: Sendable {
        /// A name or a numeric address, IPv6 without brackets; `::` takes IPv4 too.
        package var host: String
        /// 0 lets the system choose one.
        package var port: UInt16
        package var tls: TLS?
        package var limits = RequestFraming.Limits()
        package var deadlines = Deadlines()
        /// How many connections there may be at once, on all loops together; one more takes the place of the one that
        /// has been idle longest on its loop, or gets a 503 where none is idle.
        package var maximumConnections = 10_000
        /// Renders a refusal; runs on the loop's thread. `Connection: close` is added,
        /// unless it was only the answer that took too long.
        package var renderRefusal: @Sendable (Refusal) -> HTTPResponse
        package var log: (any Log)?

        package init(
            host: String, port: UInt16, tls: TLS? = nil, log: (any Log)? = nil,
            renderRefusal: @escaping @Sendable (Refusal) -> HTTPResponse
        ) {
            self.host = host
            self.port = port
            self.tls = tls
            self.log = log
            self.renderRefusal = renderRefusal
        }
    }

    /// How long a connection may take over something before it is closed. Checked four times a second.
    package struct Deadlines: Sendable {
        /// For the head, from its first byte; on a new connection from its acceptance, with the TLS handshake.
        package var head = Duration.seconds(10)
        /// For head and body together, from the first byte.
        package var request = Duration.seconds(30)
        /// For the responder's work; then the answer is a 503, and what comes later is dropped.
        package var answer = Duration.seconds(30)
        /// For the client to read the response.
        package var response = Duration.seconds(30)
        /// Between a response and the next request.
        package var idle = Duration.seconds(75)
        /// For the client to stop sending after a refusal; closing at once could destroy the refusal on its way.
        package var linger = Duration.seconds(2)
        /// While draining: for a new connection to send the first byte of its request.
        package var drainGrace = Duration.seconds(1)

        package init() {}
    }
}

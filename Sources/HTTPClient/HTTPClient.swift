import BridgeCore
package import EventLoop
import Glibc
package import HTTPMessage

/// Sends requests by libcurl, on one loop: HTTP/1.1 and HTTP/2 over TLS 1.2 or 1.3, on connections that are used again.
///
/// A transfer costs its own request only: it has limits of time and size, an origin that fails again and again is left
/// alone for a while, and so many requests to one origin are under way at once. Where no proxy is used, the address of
/// each connection is judged when it is opened; a proxy resolves names itself, and has to judge them.
package final class HTTPClient: HTTPSender {
    private let loop: EventLoop
    private let origins: OriginTable

    /// A client whose transfers run on the thread of `loop`. Opens libcurl where that has not been done, which takes
    /// some milliseconds.
    ///
    /// - Throws: `configuration_invalid` when libcurl is not installed or another than needed, and when the file of
    ///   extra roots cannot be read; `internal` when memory is short.
    package init(_ configuration: Configuration, on loop: EventLoop) throws(HTTPClientError) {
        let library = try CurlLibrary.shared.get()
        if let file = configuration.extraRootsFile, access(file, R_OK) != 0 {
            throw HTTPClientError(
                .configurationInvalid, "tls__ca_file: \(file): \(String(cString: strerror(errno)).lowercased())")
        }
        let multi = try CurlMulti(on: loop, library, idleLimit: configuration.maximumRequests)
        self.loop = loop
        self.origins = OriginTable(configuration, loop: loop, multi: multi, library)
    }

    deinit {
        // What is left of it belongs to the loop, also its end.
        loop.run { [origins] in origins.close() }
    }

    /// Ends what is under way, closes every connection, and returns when that is done; before the loop is stopped.
    package func close() async {
        await withCheckedContinuation { continuation in
            loop.run { [origins] in
                origins.close()
                continuation.resume()
            }
        }
    }

    package func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        let exchange = Exchange(request, origins)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.run { exchange.begin(continuation) }
            }
        } onCancel: {
            loop.run { exchange.cancel() }
        }
        return try result.get()
    }
}

internal import CEvent
import Glibc
import HTTPMessage

/// Stands guard over one connection of evhttp's: evhttp sees whole requests that the framing has passed, and no others.
///
/// Whatever arrives is looked at in the callback of the input buffer, before evhttp's own. While a request is
/// incomplete its bytes are kept here, so that evhttp finds an empty buffer and waits. Once it is complete they go back
/// into the buffer and evhttp reads them in one go. A refused request is replaced by a minimal one (`stand-in`), which
/// evhttp hands to `handle` like any other; the refusal is the answer to it. Everything happens on the loop's thread,
/// through evhttp's public interface, and alike for plain and TLS connections.
final class Connection: @unchecked Sendable {  // touched on its loop's thread only
    enum Phase {
        /// Waiting for the rest of a request, or for its first byte.
        case reading
        /// evhttp has a whole request that passed, and has not handed it to `handle` yet.
        case passed
        /// The responder works on the request.
        case answering
        /// evhttp writes the response.
        case writing
        /// evhttp has the stand-in of a refused request.
        case refusing
        /// The refusal is being written, or has been; input is thrown away until the client stops.
        case lingering
        case closed
    }

    let server: LoopServer
    let bufferEvent: OpaquePointer  // bufferevent; one reference is ours until `closed`
    let isSecure: Bool
    let acceptedAt = Milliseconds.now
    var evhttp: OpaquePointer?  // evhttp_connection, owned by evhttp; set by `adopt`
    var request: OpaquePointer?  // evhttp_request, while we are the one to answer it
    var inputCallback: OpaquePointer?  // evbuffer_cb_entry

    var phase = Phase.reading
    var deadline: Milliseconds
    /// When the request that is arriving has to be complete.
    var requestDeadline = Milliseconds.never
    var framing: RequestFraming
    /// The bytes of an unfinished request; of a chunked one only the head.
    var held: [UInt8] = []
    /// What arrived behind a complete request, in the same read.
    var surplus: [UInt8] = []
    /// Bytes that have come into the input buffer since the request was passed.
    var unscanned = 0
    var refusal: Refusal?
    var requestID: String?
    /// Tells the answers that take a while from one another.
    var answerNumber = 0
    /// Whether a request has been answered.
    var hasServed = false
    var hasSentContinue = false
    /// Whether evhttp is finishing a response right now.
    var isBetweenRequests = false
    /// How many connections there were with this one, when it was accepted.
    var number = 0
    /// `false` when there was no memory for TLS.
    var isServed = true
    /// Where the server keeps this connection.
    var index = 0

    init(_ bufferEvent: OpaquePointer, isSecure: Bool, server: LoopServer) {
        self.server = server
        self.bufferEvent = bufferEvent
        self.isSecure = isSecure
        self.deadline = acceptedAt + server.spans.head
        self.framing = RequestFraming(limits: server.configuration.limits)
        bufferevent_incref(bufferEvent)
        let context = Unmanaged.passUnretained(self).toOpaque()  // the callback is removed in `closed`
        inputCallback = evbuffer_add_cb(
            input,
            { _, info, context in
                guard let info, let context, info.pointee.n_added > 0 else { return }
                Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().inputArrived(info.pointee.n_added)
            }, context)
    }

    var input: OpaquePointer? { bufferevent_get_input(bufferEvent) }
    var descriptor: CInt { bufferevent_getfd(bufferEvent) }

    /// Learns which connection of evhttp's this is, and hears of its end from now on.
    func adopt(_ evhttp: OpaquePointer) {
        self.evhttp = evhttp
        let context = Unmanaged.passRetained(self)  // released in `closed`
        evhttp_connection_set_closecb(
            evhttp,
            { _, context in
                guard let context else { return }
                let connection = Unmanaged<Connection>.fromOpaque(context).takeRetainedValue()
                connection.closed()
            }, context.toOpaque())
    }

    /// Closes at once. Not from within a callback of the input buffer.
    func close() {
        guard let evhttp else { return }
        evhttp_connection_free(evhttp)  // calls `closed`
    }

    /// Lets go of everything; evhttp is about to free the connection.
    private func closed() {
        phase = .closed
        if let request, evhttp_request_get_connection(request) == nil {
            // The connection failed while the request was ours to answer: evhttp has left it to us.
            evhttp_request_free(request)
        }
        request = nil
        evhttp = nil
        if isSecure { sayGoodbye() }
        release()
        server.remove(self)
    }

    /// Gives the buffer event back.
    func release() {
        if let inputCallback { evbuffer_remove_cb_entry(input, inputCallback) }
        inputCallback = nil
        bufferevent_decref(bufferEvent)
    }

    /// Sends TLS's close_notify, as far as that is possible without waiting.
    func sayGoodbye() {
        guard let ssl = bufferevent_openssl_get_ssl(bufferEvent), SSL_is_init_finished(ssl) == 1 else { return }
        SSL_shutdown(ssl)
        ERR_clear_error()
    }

    /// The numeric address of the peer; IPv4 in its own form also on an IPv6 socket.
    private(set) lazy var remoteAddress = peerAddress()

    private func peerAddress() -> String {
        var address: UnsafeMutablePointer<CChar>?
        var port: UInt16 = 0
        if let evhttp { evhttp_connection_get_peer(evhttp, &address, &port) }
        guard let address else { return "" }
        let text = String(cString: address)
        return text.hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text
    }
}

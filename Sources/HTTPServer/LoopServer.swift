import BridgeCore
internal import CEvent
import EventLoop
import Glibc

/// The part of a server that runs on one loop: an evhttp, its listening socket and its connections.
final class LoopServer: @unchecked Sendable {  // touched on its loop's thread only, once `attach` has run there
    let loop: EventLoop
    let configuration: HTTPServer.Configuration
    let spans: DeadlineLengths
    let shared: SharedState
    var responder: (any HTTPResponder)?
    var isDraining = false
    var requestIDs = RequestIDs()
    var date = HTTPDate()

    var http: OpaquePointer?  // evhttp, owned until `finish`
    var socket: OpaquePointer?  // evhttp_bound_socket, owned by evhttp
    var adoption: OpaquePointer?  // event, owned until `finish`
    var writing: OpaquePointer?  // event, owned until `finish`
    var ticker: LoopTimer?
    var connections: [Connection] = []
    var byDescriptor: [Connection?] = []
    var newcomers: [Connection] = []
    var unwritten: [Connection] = []

    init(loop: EventLoop, configuration: HTTPServer.Configuration, shared: SharedState) {
        self.loop = loop
        self.configuration = configuration
        self.spans = DeadlineLengths(configuration.deadlines)
        self.shared = shared
    }

    /// Begins to serve the connections of `descriptor`, a listening socket that is evhttp's from here on.
    ///
    /// The server keeps itself alive until `finish`. When it throws, the socket is closed.
    func attach(_ descriptor: CInt, responder: any HTTPResponder) throws(HTTPServerError) {
        self.responder = responder
        let context = Unmanaged.passRetained(self)  // released by `finish`
        adoption = event_new(
            loop.base, -1, 0,
            { _, _, context in
                guard let context else { return }
                Unmanaged<LoopServer>.fromOpaque(context).takeUnretainedValue().adoptNewcomers()
            }, context.toOpaque())
        writing = event_new(
            loop.base, -1, 0,
            { _, _, context in
                guard let context else { return }
                Unmanaged<LoopServer>.fromOpaque(context).takeUnretainedValue().writeResponses()
            }, context.toOpaque())
        http = evhttp_new(loop.base)
        // The listener is made here and not by evhttp, of which nobody could tell whether it has closed the socket.
        guard let listener = Self.makeListener(descriptor, on: loop.base) else {
            finish()
            throw .withoutMemory
        }
        if let http, adoption != nil, writing != nil {
            configure(http)
            socket = evhttp_bind_listener(http, listener)
        }
        guard socket != nil else {
            evconnlistener_free(listener)  // closes the socket
            finish()
            throw .withoutMemory
        }
        // Out of descriptors: wait for the next tick instead of failing again and again.
        evconnlistener_set_error_cb(listener, { listener, _ in evconnlistener_disable(listener) })
        ticker = loop.schedule(after: .milliseconds(250), repeats: true) { [unowned self] in tick() }
    }

    /// A listener that owns `descriptor`; without memory for one the socket is closed.
    private static func makeListener(_ descriptor: CInt, on base: OpaquePointer) -> OpaquePointer? {
        let flags = LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_CLOSE_ON_FREE
        if let listener = evconnlistener_new(base, nil, nil, flags, 0, descriptor) { return listener }
        Glibc.close(descriptor)
        return nil
    }

    private func configure(_ http: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        // The framing has checked all of this; should it ever fail, evhttp's limits are the second line.
        evhttp_set_max_headers_size(http, 2 * configuration.limits.head)
        evhttp_set_max_body_size(http, configuration.limits.body)
        let methods =
            EVHTTP_REQ_GET.rawValue | EVHTTP_REQ_HEAD.rawValue | EVHTTP_REQ_POST.rawValue
            | EVHTTP_REQ_PUT.rawValue | EVHTTP_REQ_PATCH.rawValue | EVHTTP_REQ_DELETE.rawValue
            | EVHTTP_REQ_OPTIONS.rawValue
        evhttp_set_allowed_methods(http, UInt16(methods))
        evhttp_set_default_content_type(http, nil)
        evhttp_set_bevcb(
            http,
            { _, context in
                guard let context else { return nil }
                return Unmanaged<LoopServer>.fromOpaque(context).takeUnretainedValue().accept()
            }, context)
        evhttp_set_gencb(
            http,
            { request, context in
                guard let request, let context else { return }
                Unmanaged<LoopServer>.fromOpaque(context).takeUnretainedValue().handle(request)
            }, context)
    }

    var listener: OpaquePointer? { socket.flatMap { evhttp_bound_socket_get_listener($0) } }
}

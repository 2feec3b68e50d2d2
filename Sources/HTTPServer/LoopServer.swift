internal import CEvent
import BridgeCore
import EventLoop
import HTTPMessage
import Glibc
import Synchronization

/// What the loops of a server share.
final class SharedState: Sendable {
    /// Connections of all loops.
    let connections = Atomic<Int>(0)
}

/// The part of a server that runs on one loop: an evhttp, its listening socket and its connections.
final class LoopServer: @unchecked Sendable {  // touched on its loop's thread only, once `attach` has run there
    let loop: EventLoop
    let configuration: HTTPServer.Configuration
    let spans: DeadlineLengths
    let shared: SharedState
    let tls: TLSContext?
    private(set) var responder: (any HTTPResponder)?
    private(set) var isDraining = false
    var requestIDs = RequestIDs()
    var date = HTTPDate()

    private var http: OpaquePointer?  // evhttp, owned until `finish`
    private var socket: OpaquePointer?  // evhttp_bound_socket, owned by evhttp
    private var adoption: OpaquePointer?  // event, owned until `finish`
    private var ticker: LoopTimer?
    private(set) var connections: [Connection] = []
    private var byDescriptor: [Connection?] = []
    private var newcomers: [Connection] = []

    init(loop: EventLoop, configuration: HTTPServer.Configuration, shared: SharedState, tls: TLSContext?) {
        self.loop = loop
        self.configuration = configuration
        self.spans = DeadlineLengths(configuration.deadlines)
        self.shared = shared
        self.tls = tls
    }

    /// Begins to serve the connections of `descriptor`, a listening socket that is evhttp's from here on.
    func attach(_ descriptor: CInt, responder: any HTTPResponder) {
        guard let http = evhttp_new(loop.base) else {
            Glibc.close(descriptor)
            return
        }
        self.http = http
        self.responder = responder
        configure(http)
        let context = Unmanaged.passUnretained(self).toOpaque()  // the server outlives http and the event
        adoption = event_new(loop.base, -1, 0, { _, _, context in
            guard let context else { return }
            Unmanaged<LoopServer>.fromOpaque(context).takeUnretainedValue().adoptNewcomers()
        }, context)
        socket = evhttp_accept_socket_with_handle(http, descriptor)
        // Out of descriptors: wait for the next tick instead of failing again and again.
        evconnlistener_set_error_cb(listener, { listener, _ in evconnlistener_disable(listener) })
        ticker = loop.schedule(after: .milliseconds(250), repeats: true) { [unowned self] in tick() }
    }

    private func configure(_ http: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        // The framing has checked all of this; should it ever fail, evhttp's limits are the second line.
        evhttp_set_max_headers_size(http, 2 * configuration.limits.head)
        evhttp_set_max_body_size(http, configuration.limits.body)
        let methods = EVHTTP_REQ_GET.rawValue | EVHTTP_REQ_HEAD.rawValue | EVHTTP_REQ_POST.rawValue
            | EVHTTP_REQ_PUT.rawValue | EVHTTP_REQ_PATCH.rawValue | EVHTTP_REQ_DELETE.rawValue
            | EVHTTP_REQ_OPTIONS.rawValue
        evhttp_set_allowed_methods(http, UInt16(methods))
        evhttp_set_default_content_type(http, nil)
        evhttp_set_bevcb(http, { _, context in
            guard let context else { return nil }
            return Unmanaged<LoopServer>.fromOpaque(context).takeUnretainedValue().accept()
        }, context)
        evhttp_set_gencb(http, { request, context in
            guard let request, let context else { return }
            Unmanaged<LoopServer>.fromOpaque(context).takeUnretainedValue().handle(request)
        }, context)
    }

    private var listener: OpaquePointer? { socket.flatMap { evhttp_bound_socket_get_listener($0) } }
}

// Connections.
extension LoopServer {
    /// Makes the buffer event of a connection that evhttp has accepted.
    private func accept() -> OpaquePointer? {
        let secure = tls.flatMap { $0.makeBufferEvent(on: loop.base) }
        guard let bufferEvent = secure ?? bufferevent_socket_new(loop.base, -1, 0) else { return nil }
        let connection = Connection(bufferEvent, isSecure: secure != nil, server: self)
        connection.isServed = secure != nil || tls == nil
        connection.number = shared.connections.add(1, ordering: .relaxed).newValue
        newcomers.append(connection)
        // evhttp makes its own part when we return; before anything can happen to the connection, this runs.
        if let adoption { event_active(adoption, EV_TIMEOUT, 0) }
        return bufferEvent
    }

    private func adoptNewcomers() {
        let newcomers = newcomers
        self.newcomers.removeAll(keepingCapacity: true)
        for connection in newcomers { adopt(connection) }
    }

    private func adopt(_ connection: Connection) {
        var context: UnsafeMutableRawPointer?
        bufferevent_getcb(connection.bufferEvent, nil, nil, nil, &context)
        guard let context else {
            // evhttp could not set the connection up and has freed its part.
            connection.release()
            shared.connections.subtract(1, ordering: .relaxed)
            return
        }
        add(connection)
        connection.adopt(OpaquePointer(context))
        let maximum = configuration.maximumConnections
        if !connection.isServed || connection.number > maximum + maximum / 8 + 16 {
            connection.close()  // no time for a word
        } else if connection.number > maximum {
            connection.refuse(Refusal(.serviceUnavailable, "there are too many connections"))
            bufferevent_trigger(connection.bufferEvent, Int16(EV_READ), 0)
        }
    }

    private func add(_ connection: Connection) {
        connection.index = connections.count
        connections.append(connection)
        let descriptor = Int(connection.descriptor)
        if descriptor >= byDescriptor.count {
            byDescriptor.append(contentsOf: repeatElement(nil, count: descriptor + 64 - byDescriptor.count))
        }
        byDescriptor[descriptor] = connection
    }

    /// Forgets a connection that is being closed.
    func remove(_ connection: Connection) {
        byDescriptor[Int(connection.descriptor)] = nil
        let last = connections.removeLast()
        if last !== connection {
            last.index = connection.index
            connections[connection.index] = last
        }
        shared.connections.subtract(1, ordering: .relaxed)
    }

    private func handle(_ request: OpaquePointer) {
        guard let evhttp = evhttp_request_get_connection(request) else { return }
        let descriptor = Int(bufferevent_getfd(evhttp_connection_get_bufferevent(evhttp)))
        guard byDescriptor.indices.contains(descriptor), let connection = byDescriptor[descriptor] else {
            // A connection that nobody guards is not served.
            return evhttp_send_error(request, CInt(503), nil)
        }
        connection.handle(request)
    }

    private func tick() {
        if !isDraining, let listener { evconnlistener_enable(listener) }
        closeExpired()
    }

    private func closeExpired() {
        let now = Milliseconds.now
        let expired = connections.filter { $0.deadline < now }
        for connection in expired { connection.expire() }
    }
}

// Ending.
extension LoopServer {
    /// Stops accepting, lets every request that has come finish and then calls `done` with the number of connections
    /// that had to be cut off after `span`.
    func drain(within span: Milliseconds.Length, done: @escaping @Sendable (Int) -> Void) {
        guard !isDraining else { return done(0) }
        isDraining = true
        let end = Milliseconds.now + span
        let drainer = Drainer { [self] in drainStep(until: end) }
        drainer.start(on: loop, done: done)
    }

    /// One step of draining; `nil` as long as there is something to wait for.
    private func drainStep(until end: Milliseconds) -> Int? {
        let now = Milliseconds.now
        closeListener(now: end < now)
        for connection in connections where connection.isIdle(at: now) { connection.close() }
        guard connections.isEmpty && newcomers.isEmpty && socket == nil || end < now else { return nil }
        defer { finish() }
        return connections.count
    }

    /// Closes the listening socket, unless connections wait in it: the loop accepts them before the next step.
    private func closeListener(now: Bool) {
        guard let http, let socket else { return }
        var poll = pollfd(fd: evhttp_bound_socket_get_fd(socket), events: Int16(POLLIN), revents: 0)
        guard now || Glibc.poll(&poll, 1, 0) == 0 else { return }
        evhttp_del_accept_socket(http, socket)
        self.socket = nil
    }

    private func finish() {
        ticker?.cancel()
        ticker = nil
        if let http { evhttp_free(http) }  // closes what is left
        http = nil
        if let adoption { event_free(adoption) }
        adoption = nil
        responder = nil
    }
}

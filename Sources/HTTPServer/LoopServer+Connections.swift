internal import CEvent
import EventLoop
import HTTPMessage
import Synchronization

// Connections.
extension LoopServer {
    /// Makes the buffer event of a connection that evhttp has accepted.
    func accept() -> OpaquePointer? {
        let tls = shared.tls.withLock(\.self)
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

    func adoptNewcomers() {
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
        if connection.isServed, connection.number > maximum, closeLongestIdle() { return }
        if !connection.isServed || connection.number > maximum + maximum / 8 + 16 {
            connection.close()  // no time for a word
        } else if connection.number > maximum {
            connection.refuse(Refusal(.serviceUnavailable, "there are too many connections"))
            bufferevent_trigger(connection.bufferEvent, Int16(EV_READ), 0)
        }
    }

    /// Closes the connection of this loop that has waited longest for its next request; `false` when none waits.
    private func closeLongestIdle() -> Bool {
        // All of them have the same time to wait, so the first to be closed anyway has waited longest.
        let idle = connections.min { $0.endOfIdling < $1.endOfIdling }
        guard let idle, idle.endOfIdling < .never, !idle.hasMoreInput else { return false }
        idle.close()
        return true
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

    func handle(_ request: OpaquePointer) {
        guard let evhttp = evhttp_request_get_connection(request) else { return }
        let descriptor = Int(bufferevent_getfd(evhttp_connection_get_bufferevent(evhttp)))
        guard byDescriptor.indices.contains(descriptor), let connection = byDescriptor[descriptor] else {
            // A connection that nobody guards is not served.
            return evhttp_send_error(request, CInt(503), nil)
        }
        connection.handle(request)
    }

    func tick() {
        if let listener { evconnlistener_enable(listener) }
        closeExpired()
    }

    private func closeExpired() {
        let now = Milliseconds.now
        let expired = connections.filter { $0.deadline < now }
        for connection in expired { connection.expire() }
    }
}

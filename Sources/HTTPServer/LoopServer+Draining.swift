internal import CEvent
import EventLoop
import Glibc

// Ending.
extension LoopServer {
    /// Stops accepting, lets every request that has come finish and then calls `done` with the number of connections
    /// that had to be cut off after `span`.
    func drain(within span: Milliseconds.Length, done: @escaping @Sendable (Int) -> Void) {
        guard !isDraining, responder != nil else { return done(0) }
        isDraining = true
        let end = Milliseconds.now + span
        let drainer = Drainer { [self] in drainStep(until: end) }
        drainer.start(on: loop, done: done)
    }

    /// One step of draining; `nil` as long as there is something to wait for.
    private func drainStep(until end: Milliseconds) -> Int? {
        let now = Milliseconds.now
        adoptNewcomers()
        closeListener(now: end < now)
        for connection in connections where connection.isIdle(at: now) { connection.close() }
        // Out of descriptors it was switched off; what waits in it has to be accepted all the same.
        if let listener { evconnlistener_enable(listener) }
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

    /// Frees everything; the end of draining, and of `attach` when it fails.
    func finish() {
        ticker?.cancel()
        ticker = nil
        if let http { evhttp_free(http) }  // closes what is left
        http = nil
        if let adoption { event_free(adoption) }
        adoption = nil
        if let writing { event_free(writing) }
        writing = nil
        unwritten = []
        responder = nil
        Unmanaged.passUnretained(self).release()  // retained by `attach`
    }
}

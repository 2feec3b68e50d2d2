internal import CEvent

/// What a descriptor is watched for, or is ready for.
package struct SocketReadiness: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Reading would not block; end of stream and errors count.
    package static let read = SocketReadiness(rawValue: 1)
    /// Writing would not block; errors count.
    package static let write = SocketReadiness(rawValue: 2)
}

/// Watches a descriptor of someone else's (libcurl's, libpq's) on a loop. Only on the loop's thread.
///
/// Level-triggered. The owner keeps the watch, and cancels it before it closes the descriptor.
package final class SocketWatch {
    private unowned let loop: EventLoop
    private let descriptor: CInt
    private let ready: (SocketReadiness) -> Void
    private var event: OpaquePointer?  // event, owned

    /// Calls `ready` whenever `descriptor` is ready for something of `interest`.
    package init(
        _ descriptor: CInt, for interest: SocketReadiness, on loop: EventLoop,
        ready: @escaping (SocketReadiness) -> Void
    ) throws(EventLoopError) {
        self.loop = loop
        self.descriptor = descriptor
        self.ready = ready
        try update(to: interest)
    }

    deinit { cancel() }

    /// Watches for `interest` instead; for nothing when it is empty.
    package func update(to interest: SocketReadiness) throws(EventLoopError) {
        cancel()
        guard !interest.isEmpty else { return }
        var flags = EV_PERSIST
        if interest.contains(.read) { flags |= EV_READ }
        if interest.contains(.write) { flags |= EV_WRITE }
        let context = Unmanaged.passUnretained(self).toOpaque()  // the event is freed in `deinit`
        event = event_new(
            loop.base, descriptor, Int16(flags),
            { _, what, context in
                guard let context else { return }
                var readiness: SocketReadiness = []
                if CInt(what) & EV_READ != 0 { readiness.insert(.read) }
                if CInt(what) & EV_WRITE != 0 { readiness.insert(.write) }
                let watch = Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue()
                watch.ready(readiness)
            }, context)
        guard let event else { throw EventLoopError(system: "event_new") }
        guard event_add(event, nil) == 0 else {
            defer { cancel() }
            throw EventLoopError(system: "event_add")
        }
    }

    /// Stops watching; from within `ready` too.
    package func cancel() {
        if let event { event_free(event) }
        event = nil
    }
}

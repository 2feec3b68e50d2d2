internal import CEvent
import Glibc
import Synchronization

/// A thread that waits for sockets, timers and signals, and runs what belongs to them (libevent's `event_base`).
///
/// One loop runs on one core. Whatever is handed to `execute`, and every task whose preferred executor is the loop,
/// runs on its thread, so state that belongs to a loop needs no lock. The base has no locks either: timers, socket
/// watches and `base` itself are for the loop's thread only; `execute` is the way in from everywhere else.
package final class EventLoop: @unchecked Sendable {  // mutable state is behind `jobs`, or the loop thread's own
    /// The name of the thread, as debuggers and `top -H` show it (the system keeps 15 bytes).
    package let name: String
    /// The `event_base`, for modules that bind C libraries to it. Only on the loop's thread.
    package let base: OpaquePointer

    private let wakeDescriptor: CInt
    private let jobs = Mutex(JobQueue())
    private let threadID = Atomic<UInt>(0)
    private let thread = Mutex<pthread_t?>(nil)
    private var wakeEvent: OpaquePointer?  // event, owned
    private var batch: [Job] = []  // what is being run; kept for its storage
    private var isRunningJobs = false

    /// Starts a loop on a thread of its own.
    ///
    /// `stop()` ends the thread; a loop that is let go without it goes on running.
    package init(name: String) throws(EventLoopError) {
        guard let config = event_config_new() else { throw EventLoopError(system: "event_config_new") }
        defer { event_config_free(config) }
        // No locks: nothing but the loop's thread touches the base. The change list folds the several epoll_ctl calls
        // of one request into at most one; it requires that no watched descriptor is a dup of another.
        let flags =
            EVENT_BASE_FLAG_NOLOCK.rawValue | EVENT_BASE_FLAG_IGNORE_ENV.rawValue
            | EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST.rawValue
        event_config_set_flag(config, CInt(flags))
        guard let base = event_base_new_with_config(config) else { throw EventLoopError(system: "event_base_new") }
        let descriptor = eventfd(0, CInt(EFD_CLOEXEC) | CInt(EFD_NONBLOCK))
        guard descriptor >= 0 else {
            let error = EventLoopError(system: "eventfd")
            event_base_free(base)
            throw error
        }
        self.name = name
        self.base = base
        self.wakeDescriptor = descriptor
        try watchWakeDescriptor()
        try startThread()
    }

    deinit {
        if let wakeEvent { event_free(wakeEvent) }
        event_base_free(base)
        close(wakeDescriptor)
    }

    /// Whether the caller runs on the loop's thread.
    package var isCurrent: Bool { threadID.load(ordering: .relaxed) == pthread_self() }

    /// Runs `work` on the loop's thread, soon and after everything handed in before it.
    package func execute(_ work: @escaping @Sendable () -> Void) {
        add(.work(work))
    }

    /// Runs `work` on the loop's thread: at once when that is the current one, otherwise as `execute` does.
    package func run(_ work: @escaping @Sendable () -> Void) {
        if isCurrent { work() } else { execute(work) }
    }

    /// Ends the thread once what was handed in so far has run, and waits for it, unless called on the loop itself.
    ///
    /// Nothing that is handed in later ever runs.
    package func stop() {
        execute { [unowned self] in event_base_loopbreak(base) }
        let handle = thread.withLock { handle in
            defer { handle = nil }
            return handle
        }
        guard let handle else { return }
        if isCurrent {
            pthread_detach(handle)
        } else {
            pthread_join(handle, nil)
        }
    }

    func add(_ job: consuming Job) {
        let isFirst = jobs.withLock { $0.append(job) }
        if isFirst { wake() }
    }

    private func wake() {
        if isCurrent && !isRunningJobs, let wakeEvent {
            event_active(wakeEvent, EV_TIMEOUT, 0)  // no system call; runs before the next wait
        } else {
            // Also for jobs made by jobs: going through the descriptor lets sockets have their turn in between.
            _ = eventfd_write(wakeDescriptor, 1)
        }
    }

    private func runJobs() {
        jobs.withLock { $0.take(into: &batch) }
        isRunningJobs = true
        for job in batch { perform(job) }
        batch.removeAll(keepingCapacity: true)
        isRunningJobs = false
    }
}

// Starting and running the thread.
extension EventLoop {
    private func watchWakeDescriptor() throws(EventLoopError) {
        let context = Unmanaged.passUnretained(self).toOpaque()  // the event is freed in `deinit`
        let event = event_new(
            base, wakeDescriptor, Int16(EV_READ | EV_PERSIST),
            { descriptor, what, context in
                guard let context else { return }
                var count: eventfd_t = 0
                if CInt(what) & EV_READ != 0 { _ = eventfd_read(descriptor, &count) }
                Unmanaged<EventLoop>.fromOpaque(context).takeUnretainedValue().runJobs()
            }, context)
        guard let event else { throw EventLoopError(system: "event_new") }
        wakeEvent = event
        guard event_add(event, nil) == 0 else { throw EventLoopError(system: "event_add") }
    }

    private func startThread() throws(EventLoopError) {
        var handle = pthread_t()
        let context = Unmanaged.passRetained(self)  // the thread's own reference, released when it ends
        let result = pthread_create(
            &handle, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue().serve()
                return nil
            }, context.toOpaque())
        guard result == 0 else {
            context.release()
            throw EventLoopError(system: "pthread_create", number: result)
        }
        thread.withLock { $0 = handle }
    }

    /// What the thread does from its beginning to its end.
    private func serve() {
        threadID.store(pthread_self(), ordering: .relaxed)
        cevent_name_thread(name)
        event_base_loop(base, EVLOOP_NO_EXIT_ON_EMPTY)
        runJobs()
        threadID.store(0, ordering: .relaxed)  // the system gives the number to another thread
    }
}

/// Something to run on a loop's thread.
enum Job {
    /// A closure handed to `EventLoop.execute`.
    case work(@Sendable () -> Void)
    /// A piece of a task, from the Swift runtime.
    case task(UnownedJob)
}

/// What waits to be run on a loop's thread, in order.
struct JobQueue {
    private var jobs: [Job] = []
    private var isWakePending = false

    /// Adds `job`; `true` when the loop has to be woken for it.
    mutating func append(_ job: Job) -> Bool {
        jobs.append(job)
        defer { isWakePending = true }
        return !isWakePending
    }

    /// Hands everything over in exchange for the storage of `batch`, which has to be empty.
    mutating func take(into batch: inout [Job]) {
        swap(&jobs, &batch)
        isWakePending = false
    }
}

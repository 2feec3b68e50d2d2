/// Keeps `async` code on the loop's thread (SE-0417): `Task(executorPreference: loop)`, and actors that name the loop
/// as their executor.
extension EventLoop: TaskExecutor, SerialExecutor {
    package func enqueue(_ job: consuming ExecutorJob) {
        add(.task(UnownedJob(job)))
    }

    package func checkIsolated() {
        // Called by the runtime's own assertions when an actor on this loop assumes that it is isolated.
        precondition(isCurrent, "not on the thread of event loop \(name)")
    }

    /// Runs a job of the queue.
    func perform(_ job: Job) {
        switch job {
        case .work(let work):
            work()
        case .task(let job):
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }
}

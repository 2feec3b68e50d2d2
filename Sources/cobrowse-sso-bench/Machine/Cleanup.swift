internal import Glibc
internal import Synchronization

/// What a run leaves behind unless somebody takes it away: processes and directories. Also when it is interrupted.
enum Cleanup {
    private static let left = Mutex(Left())

    private struct Left {
        var processes: Set<pid_t> = []
        var directories: [String] = []
    }

    /// Cleans up and exits with 130 when the run is interrupted or told to end; called before any thread is started.
    static func onSignals() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)  // for this thread and all it starts, save the one that waits
        var thread = pthread_t()
        pthread_create(&thread, nil, { _ in Cleanup.waitForSignal() }, nil)
    }

    private static func waitForSignal() -> Never {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        var number: Int32 = 0
        sigwait(&signals, &number)
        now()
        exit(130)
    }

    static func stop(_ process: pid_t) {
        left.withLock { _ = $0.processes.insert(process) }
    }

    static func forget(_ process: pid_t) {
        left.withLock { _ = $0.processes.remove(process) }
    }

    static func remove(_ directory: String) {
        left.withLock { $0.directories.append(directory) }
    }

    /// Ends the processes that still run, by their ids, and removes the directories.
    static func now() {
        let (processes, directories) = left.withLock { left in
            defer { (left.processes, left.directories) = ([], []) }
            return (left.processes, left.directories)
        }
        for process in processes { kill(process, SIGTERM) }
        for process in processes { waitForEnd(of: process) }  // what still runs would write into the directories
        for directory in directories { removeTree(directory) }
    }

    /// Waits three seconds, then ends it with SIGKILL. Another thread may have waited for it already.
    private static func waitForEnd(of process: pid_t) {
        let deadline = Monotonic.seconds + 3
        while Monotonic.seconds < deadline {
            if waitpid(process, nil, WNOHANG) != 0 { return }
            usleep(5_000)
        }
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// Links are removed, not followed.
    private static func removeTree(_ path: String) {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name == "." || name == ".." { continue }
                if unlink("\(path)/\(name)") != 0 { removeTree("\(path)/\(name)") }
            }
            closedir(directory)
        }
        rmdir(path)
    }
}

internal import Glibc

/// A lock on a file, held by one process at a time until the value is gone; flock(2).
struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// Locks the file at `path`, which has to be there; `nil` when somebody else holds the lock, or has put another
    /// file there before it was free.
    init?(_ path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var (locked, named) = (stat(), stat())
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, unsafe fstat(descriptor, &locked) == 0,
            unsafe stat(path, &named) == 0, locked.st_ino == named.st_ino, locked.st_dev == named.st_dev
        else {
            Glibc.close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit {
        // Said, not left to close: a child process between fork and exec has a copy of the descriptor, and with it the
        // lock.
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}

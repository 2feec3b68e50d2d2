import AuthService
import BridgeCore
import Glibc
internal import Synchronization

/// Keeps those who use a store apart from the one who replaces its file: a lock on the directory (flock(2)).
///
/// Whoever opens the store shares it, a restore has it alone. It ends with the process, however that ends, and leaves
/// no file behind.
final class StoreLock: Sendable {
    enum Kind {
        /// Of all who read and write.
        case shared
        /// Of the one who replaces the file.
        case exclusive
    }

    private let descriptor: Mutex<Int32?>  // owned

    /// How long those who open a store wait for a restore to end.
    private static let patience = Duration.seconds(5)

    private init(owning descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Takes the lock on the directory of the database at `path`. A shared one waits for a while, an exclusive one
    /// does not. Blocks.
    ///
    /// - Returns: `nil` where others have it.
    /// - Throws: `configuration_invalid` where the directory cannot be opened.
    static func take(_ kind: Kind, for path: String) throws(StoreError) -> StoreLock? {
        let directory = DatabaseFile.directory(of: path)
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StoreError(
                .configurationInvalid, "\(directory) cannot be opened: \(String(cString: strerror(errno)))",
                hint: "give the directory to the user that runs cobrowse-sso")
        }
        let lock = StoreLock(owning: descriptor)
        let end = ContinuousClock.now + (kind == .shared ? patience : .zero)
        let operation = (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB
        while flock(descriptor, operation) != 0 {
            guard ContinuousClock.now < end else { return nil }
            usleep(10_000)
        }
        return lock
    }

    /// Takes a shared lock for as long as a store is open.
    static func share(_ path: String) throws(StoreError) -> StoreLock {
        if let lock = try take(.shared, for: path) { return lock }
        throw StoreError(.internal, "\(path): a restore is replacing the database", hint: "try again when it is done")
    }

    /// Lets go; may be called again.
    func release() {
        descriptor.withLock { descriptor in
            guard let number = descriptor else { return }
            flock(number, LOCK_UN)  // a child process between fork and exec has the descriptor, too
            close(number)
            descriptor = nil
        }
    }
}

internal import BridgeCore
internal import Glibc

/// An `errno` with its text.
struct SystemError: Error, Equatable {
    /// A value of `<errno.h>`.
    let number: Int32

    /// Keeps the number of the call that has just failed.
    static var last: SystemError { SystemError(number: errno) }

    /// Whether the other end of a pipe is gone.
    var isBrokenPipe: Bool { number == EPIPE }

    /// Whether link(2) failed because the file system has no hard links (FAT, some network and host mounts).
    var meansNoHardLinks: Bool { [EPERM, EOPNOTSUPP, ENOSYS].contains(number) }

    /// What happened, lower case: `no such file`.
    var text: String {
        switch number {
        case ENOENT: "no such file"
        case EACCES, EPERM: "permission denied"
        case EISDIR: "is a directory"
        case ENOTDIR: "a part of the path is not a directory"
        case EEXIST: "already exists"
        case ENOSPC: "no space left on device"
        case EDQUOT: "disk quota exceeded"
        case EROFS: "the file system is read-only"
        case EBADF: "it is closed"
        case EIO: "input/output error"
        case ENAMETOOLONG: "the name is too long"
        case ELOOP: "too many symbolic links"
        case EFBIG: "the file would be too large"
        default: "system error \(number)"
        }
    }

    /// The failure to report for a file that cannot be used; `subject` names it.
    func failure(_ subject: String) -> CommandFailure {
        switch number {
        case ENOENT, ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG:
            CommandFailure(.notFound, "\(subject): \(text)", hint: hint, exitStatus: .unreadableInput)
        case EACCES, EPERM, EROFS:
            CommandFailure(.forbidden, "\(subject): \(text)", hint: hint, exitStatus: .unreadableInput)
        default: CommandFailure(.internal, "\(subject): \(text)", hint: hint)
        }
    }

    private var hint: String? {
        switch number {
        case ENOENT, ENOTDIR: "check the path"
        case EISDIR: "name a file in it"
        case EACCES, EPERM: "check owner and mode of the file and of the directories above it"
        case ENOSPC, EDQUOT: "free some space and run the command again"
        default: nil
        }
    }
}

internal import Glibc

/// Standard input, output and error of the process.
enum StandardDescriptors {
    /// Occupies those that are closed, in a way that reading or writing them still fails.
    ///
    /// Otherwise the next file opened would get the number, and results would be written into a key file.
    static func occupy() {
        for (number, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_WRONLY)] where fcntl(number, F_GETFD) == -1 {
            _ = unsafe open("/dev/null", mode)
        }
    }

    /// Waits, and says whether the reader of standard output went away meanwhile, which ends the wait.
    ///
    /// A closed pipe is otherwise noticed by the next write, for which there may be no occasion for days.
    static func readerWentAway(within milliseconds: Int32) -> Bool {
        var output = pollfd(fd: 1, events: 0, revents: 0)
        return unsafe poll(&output, 1, milliseconds) > 0
    }

    /// Whether results go to a terminal.
    static var outputIsTerminal: Bool { isatty(1) == 1 }
}

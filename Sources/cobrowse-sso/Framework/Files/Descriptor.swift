internal import Glibc

/// An open file descriptor, closed at the end of its scope unless it is one of the process's standard three.
struct Descriptor: ~Copyable {
    /// What `open` is asked for.
    enum Mode {
        case read
        /// The same without waiting for somebody to write into a FIFO.
        case readAtOnce
        /// A new file, for its owner alone unless it holds no secret; fails where anything has that name, a symbolic
        /// link included.
        case createNew(isSecret: Bool)
        case directory
    }

    private let number: Int32
    private let isOwned: Bool

    /// Uses a descriptor that somebody else closes.
    init(borrowing number: Int32) {
        self.number = number
        self.isOwned = false
    }

    /// Opens `path` (open(2)).
    init(opening path: String, _ mode: Mode) throws(SystemError) {
        let flags =
            switch mode {
            case .read: O_RDONLY
            case .readAtOnce: O_RDONLY | O_NONBLOCK
            case .createNew: O_WRONLY | O_CREAT | O_EXCL
            case .directory: O_RDONLY | O_DIRECTORY
            }
        let permissions: mode_t = if case .createNew(isSecret: false) = mode { 0o644 } else { 0o600 }
        // A path with a NUL would be cut off there, and name another file.
        guard !path.utf8.contains(0) else { throw SystemError(number: ENOENT) }
        let opened = unsafe open(path, flags | O_CLOEXEC | O_NOCTTY, permissions)
        guard opened >= 0 else { throw .last }
        number = opened
        isOwned = true
    }

    deinit {
        if isOwned { close(number) }
    }

    /// Appends at most `limit` bytes to `buffer` (read(2)).
    ///
    /// - Returns: How many; 0 at the end.
    func read(upTo limit: Int, appendingTo buffer: inout [UInt8]) throws(SystemError) -> Int {
        var count = 0
        try buffer.append(addingCapacity: limit) { free throws(SystemError) in
            try unsafe free.withUnsafeMutableBufferPointer { raw, initialized throws(SystemError) in
                count = try Self.repeating(number, waitingFor: POLLIN) { number in
                    unsafe Glibc.read(number, raw.baseAddress, limit)
                }
                initialized = count
            }
        }
        return count
    }

    /// Writes all of `bytes` (write(2)).
    func write(_ bytes: [UInt8]) throws(SystemError) {
        var offset = 0
        while offset < bytes.count {
            offset += try unsafe bytes.span.extracting(offset...).withUnsafeBufferPointer { raw throws(SystemError) in
                try Self.repeating(number, waitingFor: POLLOUT) { number in
                    unsafe Glibc.write(number, raw.baseAddress, raw.count)
                }
            }
        }
    }

    /// Waits until what was written is on the disk (fsync(2)).
    func synchronize() throws(SystemError) {
        guard fsync(number) == 0 else { throw .last }
    }

    /// Whether it is a regular file, neither a directory nor something that data comes out of.
    func isRegularFile() -> Bool { mode & S_IFMT == S_IFREG }

    /// Whether it is a regular file that its group or everybody may read.
    func isReadableByOthers() -> Bool {
        let mode = mode
        return mode & S_IFMT == S_IFREG && mode & (S_IRGRP | S_IROTH) != 0
    }

    /// Kind and permissions (fstat(2)); 0 where they cannot be told.
    private var mode: mode_t {
        var status = stat()
        return unsafe fstat(number, &status) == 0 ? status.st_mode : 0
    }

    /// Repeats a call that a signal interrupted, and waits where a descriptor shared with others does not block.
    private static func repeating(
        _ number: Int32, waitingFor events: Int32, _ call: (Int32) -> Int
    ) throws(SystemError) -> Int {
        while true {
            let result = call(number)
            if result >= 0 { return result }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var waiting = pollfd(fd: number, events: Int16(events), revents: 0)
                unsafe poll(&waiting, 1, -1)
            default: throw .last
            }
        }
    }
}

internal import Glibc

/// A process that was started here, and is ended by its id.
final class ChildProcess {
    let id: pid_t
    private let output: Int32?
    private let input: Int32?
    private var status: Int32?
    /// The most memory that was resident, in KiB; known once `wait` has returned.
    private(set) var peakKibibytes = 0

    /// Where standard output goes.
    enum Output {
        /// Nowhere, with standard error.
        case null
        /// To this process; standard error goes nowhere.
        case pipe
        /// To the end of a file, with standard error.
        case file(String)
        /// To this process; standard error to the end of a file.
        case pipeAndFile(String)
    }

    /// Starts `program`; the environment and the core are the caller's.
    ///
    /// - Parameter keepsInput: whether standard input is a pipe that closes when this process ends or stops the child.
    init(_ program: String, _ arguments: [String], output: Output, keepsInput: Bool = false) throws(BenchError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var (reading, writing): (Pipe?, Pipe?)
        if keepsInput {
            let pipe = try Pipe()
            posix_spawn_file_actions_adddup2(&actions, pipe.readEnd, 0)
            reading = pipe
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        let null = "/dev/null"
        let (errorFile, isPiped) =
            switch output {
            case .null: (null, false)
            case .pipe: (null, true)
            case .file(let path): (path, false)
            case .pipeAndFile(let path): (path, true)
            }
        posix_spawn_file_actions_addopen(&actions, 2, errorFile, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        if isPiped {
            let pipe = try Pipe()
            posix_spawn_file_actions_adddup2(&actions, pipe.writeEnd, 1)
            writing = pipe
        } else {
            posix_spawn_file_actions_adddup2(&actions, 2, 1)
        }
        id = try Self.spawn(program, arguments, &actions)
        input = reading?.keepWriteEnd()
        self.output = writing?.keepReadEnd()
        Cleanup.stop(id)
    }

    deinit {
        stop()
        if let output { close(output) }
        if let input { close(input) }
    }

    /// Runs `program` to its end and returns what it wrote to standard output.
    ///
    /// - Throws: `wrong` when it does not end with 0.
    static func output(of program: String, _ arguments: [String]) throws(BenchError) -> String {
        let process = try ChildProcess(program, arguments, output: .pipe)
        let text = process.readToEnd()
        let status = process.wait()
        guard status == 0 else {
            throw .wrong("\(([program] + arguments).joined(separator: " ")) ended with status \(status)")
        }
        return text
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ actions: inout posix_spawn_file_actions_t
    ) throws(BenchError) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What is blocked here, for `Cleanup` to wait for, and ignored is not to be there.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var pointers = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var id = pid_t()
        let status = posix_spawn(&id, program, &actions, &attributes, &pointers, environ)
        guard status == 0 else { throw .wrong("\(program) cannot be started: \(systemMessage(status))") }
        return id
    }
}

extension ChildProcess {
    /// Waits for the end: the exit status, or 128 and the signal's number.
    @discardableResult
    func wait() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        var usage = rusage()
        while wait4(id, &raw, 0, &usage) < 0, errno == EINTR {}
        peakKibibytes = usage.ru_maxrss
        return ended(raw)
    }

    /// Ends it with SIGTERM, after five seconds with SIGKILL.
    func stop() {
        guard status == nil else { return }
        kill(id, SIGTERM)
        let deadline = Monotonic.seconds + 5
        var raw: Int32 = 0
        while Monotonic.seconds < deadline {
            if waitpid(id, &raw, WNOHANG) == id {
                ended(raw)
                return
            }
            usleep(5_000)
        }
        kill(id, SIGKILL)
        wait()
    }

    /// Whether it has ended by itself.
    var hasEnded: Bool {
        if status != nil { return true }
        var raw: Int32 = 0
        guard waitpid(id, &raw, WNOHANG) == id else { return false }
        ended(raw)
        return true
    }

    /// The next line of standard output, without its end; `nil` when there is none any more.
    func readLine() -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while let output, read(output, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    /// All of standard output up to its end.
    func readToEnd() -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while let output {
            let count = read(output, &chunk, chunk.count)
            if count <= 0 { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @discardableResult
    private func ended(_ raw: Int32) -> Int32 {
        let code = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
        status = code
        Cleanup.forget(id)
        return code
    }
}

/// A pipe whose ends are closed with it, save the one that is kept.
private final class Pipe {
    private(set) var readEnd: Int32
    private(set) var writeEnd: Int32

    init() throws(BenchError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .wrong("no pipe: \(systemMessage(errno))") }
        (readEnd, writeEnd) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        for end in [readEnd, writeEnd] where end >= 0 { close(end) }
    }

    func keepReadEnd() -> Int32 {
        defer { readEnd = -1 }
        return readEnd
    }

    func keepWriteEnd() -> Int32 {
        defer { writeEnd = -1 }
        return writeEnd
    }
}

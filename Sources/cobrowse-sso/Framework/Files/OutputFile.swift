internal import BridgeCore
internal import Glibc

/// A file to write, readable by its owner alone unless it holds no secret.
///
/// The name appears only when the content is complete and on the disk, so a run that is killed leaves no half file.
struct OutputFile: Sendable {
    let path: String
    /// Whether a file of that name is replaced; a symbolic link is replaced itself, not what it points to.
    let replacesExisting: Bool
    /// Whether others are kept from reading it: mode 0600 instead of 0644 less the umask.
    var isSecret = true

    /// Refuses a name that is taken, before a command does expensive work or writes another file.
    ///
    /// Replacing is for files: as root, renaming onto `/dev/null` would replace the device.
    func check() throws(CommandFailure) {
        guard path != "-" else {
            throw .usage("- is standard input and cannot be written", hint: "give a file name, such as key.pem")
        }
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        guard replacesExisting else { throw existsAlready }
        guard [S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT) else {
            throw CommandFailure(.conflict, "\(path): is not a file", hint: "choose another name")
        }
    }

    /// Writes `bytes` as the whole file.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        try make { (file: borrowing Descriptor, _) throws(CommandFailure) in
            try reporting { () throws(SystemError) in
                try file.write(bytes)
                try file.synchronize()
            }
        }
    }

    /// Lets `body` write the whole file, which it is given empty, and make it durable.
    ///
    /// - Parameter body: is given the open file and its path for as long as it is not finished.
    func make(_ body: (borrowing Descriptor, String) throws(CommandFailure) -> Void) throws(CommandFailure) {
        try check()
        // Signals wait while the temporary file exists, so that it is always removed.
        try withSignalsBlocked { () throws(CommandFailure) in
            let temporary = "\(directory)/.cobrowse-sso.\(Self.uniqueWord).tmp"
            defer { unsafe unlink(temporary) }
            try fill(temporary, body)
            try reporting { () throws(SystemError) in try publish(temporary) }
        }
    }

    private func fill(
        _ temporary: String, _ body: (borrowing Descriptor, String) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        let file: Descriptor
        do throws(SystemError) {
            file = try Descriptor(opening: temporary, .createNew(isSecret: isSecret))
        } catch {
            throw error.failure(path)
        }
        try body(file, temporary)
    }

    private func reporting(_ body: () throws(SystemError) -> Void) throws(CommandFailure) {
        do throws(SystemError) {
            try body()
        } catch {
            throw error.number == EEXIST && !replacesExisting ? existsAlready : error.failure(path)
        }
    }

    private var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private var existsAlready: CommandFailure {
        CommandFailure(.conflict, "\(path): already exists", hint: "choose another name, or replace it with --force")
    }

    private func publish(_ temporary: String) throws(SystemError) {
        if replacesExisting {
            guard unsafe rename(temporary, path) == 0 else { throw .last }
        } else {
            try claim(temporary)
        }
        // Best effort: the content is safe, and some file systems cannot synchronise a directory.
        try? Descriptor(opening: directory, .directory).synchronize()
    }

    /// Gives the temporary file its name unless that is taken: link(2) fails then, rename(2) would replace.
    func claim(_ temporary: String) throws(SystemError) {
        if unsafe link(temporary, path) == 0 {
            unsafe unlink(temporary)
            return
        }
        let failure = SystemError.last
        guard failure.meansNoHardLinks else { throw failure }
        // Without hard links an empty file claims the name first.
        _ = try Descriptor(opening: path, .createNew(isSecret: isSecret))
        guard unsafe rename(temporary, path) == 0 else {
            let failure = SystemError.last
            unsafe unlink(path)
            throw failure
        }
    }

    /// Not the process id, which is the same in every container.
    private static var uniqueWord: String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }
}

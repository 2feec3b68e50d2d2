internal import Glibc

extension DoctorCheck {
    /// The data directory is there and is one.
    static let dataDirectory = DoctorCheck(id: "data-directory") { subject in
        let path = subject.configuration.dataDirectory
        guard let status = FileStatus(path) else {
            return [.yellow("\(path) does not exist", fix: "the service makes it when it starts; check data_dir")]
        }
        guard status.isDirectory else {
            return [.red("\(path) is no directory", fix: "set data_dir to a directory of its own")]
        }
        return [.green("\(path) is there")]
    }

    /// What is the service's own is for nobody else.
    static let fileModes = DoctorCheck(id: "file-modes") { subject in
        let configuration = subject.configuration
        let keys = [configuration.masterKeyFile, configuration.tls?.privateKeyFile].compactMap(\.self)
        var notes = [configuration.dataDirectory, configuration.databaseFile].compactMap { mode(of: $0, group: 0o020) }
        notes += keys.compactMap { mode(of: $0, group: 0o060) }
        notes += owner(of: configuration.databaseFile, in: configuration.dataDirectory)
        return notes.isEmpty ? [.green("directory, database and keys are for the service alone")] : notes
    }

    /// - Parameter group: the bits that the group should not have.
    private static func mode(of path: String, group: UInt32) -> Note? {
        guard let status = FileStatus(path), status.mode & (0o007 | group) != 0 else { return nil }
        let detail = "\(path) has mode 0\(String(status.mode, radix: 8))"
        if status.mode & 0o007 != 0 {
            return .red("\(detail), open to every user", fix: "chmod \(status.mode & group == 0 ? "o" : "go")= \(path)")
        }
        return .yellow("\(detail), open to its group", fix: "chmod g= \(path)")
    }

    private static func owner(of file: String, in directory: String) -> [Note] {
        guard let inner = FileStatus(file), let outer = FileStatus(directory), inner.owner != outer.owner else {
            return []
        }
        return [
            .yellow(
                "\(file) belongs to user \(inner.owner), its directory to user \(outer.owner)",
                fix: "chown --reference=\(directory) \(file)")
        ]
    }
}

/// What the system says about a file.
struct FileStatus {
    /// Permission bits.
    let mode: UInt32
    let owner: UInt32
    let isDirectory: Bool
    /// In bytes.
    let size: Int64

    /// `nil` where there is none, or it cannot be looked at.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        mode = status.st_mode & 0o777
        owner = status.st_uid
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
        size = Int64(status.st_size)
    }
}

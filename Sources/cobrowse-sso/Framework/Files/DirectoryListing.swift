internal import BridgeCore
internal import Glibc

/// The names in a directory that somebody gave in place of a file.
enum DirectoryListing {
    /// Whether `path` is a directory, or a symbolic link to one.
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in the directory at `path` in the order of their bytes, without those that begin with a full stop:
    /// editors, file managers and Kubernetes keep their own things there.
    ///
    /// - Parameter limit: how many are read; one more tells that there are more.
    /// - Throws: `forbidden`, `not_found` as for a file; `configuration_invalid` for a name that is not UTF-8.
    static func names(of path: String, limit: Int) throws(CommandFailure) -> [String] {
        guard let directory = unsafe opendir(path) else { throw SystemError.last.failure(path) }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while names.count <= limit {
            errno = 0
            guard let entry = unsafe readdir(directory) else { break }
            guard let name = unsafe withUnsafePointer(to: &entry.pointee.d_name, text) else {
                throw CommandFailure(
                    .configurationInvalid, "\(path): a name in it is not UTF-8", hint: "rename it",
                    exitStatus: .unreadableInput)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        guard errno == 0 else { throw SystemError.last.failure(path) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func text<Name>(of name: UnsafePointer<Name>) -> String? {
        unsafe String(validatingCString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
    }
}

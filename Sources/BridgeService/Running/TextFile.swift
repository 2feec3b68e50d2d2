internal import Glibc

/// Small files of the operator's: secrets and keys.
package enum TextFile {
    /// The bytes of a file of at most `limit` bytes; `nil` when it cannot be read or is larger.
    package static func bytes(_ path: String, limit: Int = 65_536) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= limit {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        return nil
    }

    /// The first line of a file as text; `nil` when it cannot be read.
    package static func read(_ path: String) -> String? {
        bytes(path).map { bytes in
            String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        }
    }

    /// Makes a file of mode 0600 with these bytes, durable when it returns, unless there is one.
    ///
    /// - Returns: 0, or `errno`: `EEXIST` when the file is there.
    static func create(_ path: String, _ bytes: [UInt8]) -> Int32 {
        // Under its name once it is whole: a crash or another instance must not meet half of it.
        let draft = makeDraftName(of: path)
        let error = write(draft, bytes)
        defer { unsafe unlink(draft) }
        guard error == 0 else { return error }
        guard unsafe link(draft, path) == 0 else { return errno }
        return syncDirectory(of: path)
    }

    /// Gives the file at `target` the further name `path`, whatever had it before; 0, or `errno`.
    static func replaceWithLink(_ path: String, to target: String) -> Int32 {
        let draft = makeDraftName(of: path)
        guard unsafe link(target, draft) == 0 else { return errno }
        defer { unsafe unlink(draft) }
        return move(draft, to: path)
    }

    private static func makeDraftName(of path: String) -> String { "\(path).\(UInt64.random(in: .min ... .max))" }

    /// Removes what `create` and `replaceWithLink` left when they were killed half-way; only for who alone makes the file.
    static func removeDrafts(of path: String) {
        let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let (directory, start) = (cut == path.startIndex ? "." : String(path[..<cut]), "\(path[cut...]).")
        guard let stream = unsafe opendir(directory) else { return }
        defer { unsafe closedir(stream) }
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            guard name.hasPrefix(start), UInt64(name.dropFirst(start.utf8.count)) != nil else { continue }
            unsafe unlink("\(directory)/\(name)")
        }
    }

    /// Renames a file, durable when it returns; 0, or `errno`.
    static func move(_ path: String, to target: String) -> Int32 {
        unsafe rename(path, target) == 0 ? syncDirectory(of: target) : errno
    }

    private static func write(_ path: String, _ bytes: [UInt8]) -> Int32 {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        errno = 0
        guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            return errno == 0 ? EIO : errno
        }
        return 0
    }

    /// Makes the name of a file durable, too.
    private static func syncDirectory(of path: String) -> Int32 {
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 ? 0 : errno
    }

    /// Makes a directory of mode 0700 unless there is one; 0, or `errno`.
    static func makeDirectory(_ path: String) -> Int32 {
        let made = unsafe mkdir(path, 0o700)
        return made == 0 || errno == EEXIST ? 0 : errno
    }
}

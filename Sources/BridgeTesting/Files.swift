internal import Glibc

/// Files and directories by their path.
enum Files {
    /// The content of a file.
    static func read(_ path: String) throws(SystemFailure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure(path) }
        defer { _ = close(descriptor) }
        var content: [UInt8] = []
        while true {
            var count = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialized in
                count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                initialized = max(0, count)
            }
            guard count >= 0 else { throw SystemFailure(path) }
            guard count > 0 else { return content }
            content += chunk
        }
    }

    /// Makes a file, which must not be there yet, with exactly `mode`.
    static func make(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(SystemFailure) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFailure(path) }
        defer { _ = close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { raw in
                unsafe write(descriptor, raw.baseAddress?.advanced(by: written), raw.count - written)
            }
            guard count > 0 else { throw SystemFailure(path) }
            written += count
        }
        guard fchmod(descriptor, mode) == 0 else { throw SystemFailure(path) }
    }

    /// The names of what is directly below a directory, sorted.
    ///
    /// - Parameter onlyFiles: leaves out everything but regular files.
    static func names(in path: String, onlyFiles: Bool = false) throws(SystemFailure) -> [String] {
        guard let directory = unsafe opendir(path) else { throw SystemFailure(path) }
        defer { _ = unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            if onlyFiles, unsafe entry.pointee.d_type != UInt8(DT_REG) { continue }
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { name in
                unsafe String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file, or a directory with all that is in it; what cannot be removed stays.
    static func remove(_ path: String) {
        guard unsafe Glibc.remove(path) != 0, errno == ENOTEMPTY || errno == EEXIST else { return }
        for name in (try? names(in: path)) ?? [] { remove("\(path)/\(name)") }
        _ = unsafe rmdir(path)
    }
}

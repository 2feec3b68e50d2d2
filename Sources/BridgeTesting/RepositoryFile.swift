import Glibc

/// A file of this repository, found from where this source file lies, so that tests run from any directory.
package struct RepositoryFile: Sendable, Hashable {
    /// The path from the root of the repository: `Certificates/salesforce/CobrowseIO.crt`.
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The absolute path.
    package var absolutePath: String { "\(Self.root)/\(path)" }

    /// The content of the file.
    ///
    /// - Throws: `Unreadable`, with the path and the system's reason.
    package func bytes() throws(Unreadable) -> [UInt8] {
        let descriptor = unsafe open(absolutePath, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Unreadable(path: path, errorNumber: errno) }
        defer { _ = close(descriptor) }
        var content: [UInt8] = []
        while true {
            var count = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialized in
                count = unsafe read(descriptor, buffer.baseAddress, buffer.count)
                initialized = max(0, count)
            }
            guard count >= 0 else { throw Unreadable(path: path, errorNumber: errno) }
            guard count > 0 else { return content }
            content += chunk
        }
    }

    /// The names of all regular files directly below the directory `path`, sorted.
    ///
    /// - Throws: `Unreadable`, with the path and the system's reason.
    package static func names(in path: String) throws(Unreadable) -> [String] {
        guard let directory = unsafe opendir("\(root)/\(path)") else {
            throw Unreadable(path: path, errorNumber: errno)
        }
        defer { _ = unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            guard unsafe entry.pointee.d_type == UInt8(DT_REG) else { continue }
            names.append(
                unsafe withUnsafeBytes(of: entry.pointee.d_name) { name in
                    unsafe String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.sorted()
    }

    /// A file that a test needs cannot be read.
    package struct Unreadable: Error, CustomStringConvertible {
        let path: String
        let errorNumber: Int32

        package var description: String {
            unsafe "\(path): \(strerror(errorNumber).map { unsafe String(cString: $0) } ?? "unreadable")"
        }
    }

    /// The root of the repository: this file lies three levels below.
    private static let root: String = {
        let parts = "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()
}

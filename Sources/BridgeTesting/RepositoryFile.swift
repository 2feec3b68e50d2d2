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
    /// - Throws: `SystemFailure`, with the absolute path and the system's reason.
    package func bytes() throws(SystemFailure) -> [UInt8] { try Files.read(absolutePath) }

    /// The names of all regular files directly below the directory `path`, sorted.
    ///
    /// - Throws: `SystemFailure`, with the absolute path and the system's reason.
    package static func names(in path: String) throws(SystemFailure) -> [String] {
        try Files.names(in: "\(root)/\(path)", onlyFiles: true)
    }

    /// The root of the repository: this file lies three levels below.
    private static let root: String = {
        let parts = "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()
}

import BridgeTesting

/// The `openssl` program of the machine, as the judge of what our code makes and reads. Blocks while it runs.
struct OpenSSLProgram {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Makes a file, or makes it anew, and returns its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        directory.remove(name)
        return try directory.file(name, bytes)
    }

    /// The content of a file that a run has written.
    func content(_ name: String) throws -> [UInt8] { try directory.content(of: name) }

    /// The path of a file in the directory, whether it is there or not.
    func path(_ name: String) -> String { directory.path(name) }

    /// Runs `openssl` with `arguments`; standard input is empty, so that nothing is ever asked for.
    func run(_ arguments: String...) throws -> Program.Outcome { try run(arguments) }

    /// Runs `openssl` with `arguments`.
    func run(_ arguments: [String]) throws -> Program.Outcome { try Program("openssl").run(arguments) }
}

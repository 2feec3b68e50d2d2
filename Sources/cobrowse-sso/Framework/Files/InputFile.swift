internal import BridgeCore

/// A file to read, or standard input for `-`.
struct InputFile: Sendable {
    /// Enough for every certificate, keystore, token and document this tool reads.
    static let defaultLimit = 1 << 20

    let path: String
    /// The code for content that cannot be what is expected.
    let malformed: ReasonCode
    /// The descriptor that `-` stands for.
    let standardInput: Int32
    /// Whether anything but a regular file is refused, as what was found in a directory and not named by anybody.
    var isFound = false

    /// How messages name it.
    var name: String { path == "-" ? "standard input" : path.isEmpty ? "\"\"" : path }

    /// All of it, at most `limit` bytes; of endless input no more than that is read.
    func bytes(limit: Int = InputFile.defaultLimit) throws(CommandFailure) -> [UInt8] {
        try contents(of: open(), limit: limit)
    }

    /// All of a file that should hold a key or a password; warns when others than its owner may read it.
    ///
    /// - Parameter isSecret: whether what was read is worth guarding; a certificate given by mistake is not.
    func secretBytes(
        limit: Int = InputFile.defaultLimit, warnings: Messages, isSecret: ([UInt8]) -> Bool = { _ in true }
    ) throws(CommandFailure) -> [UInt8] {
        let content = try content(limit: limit)
        if isSecret(content.bytes) { warn(of: content, warnings) }
        return content.bytes
    }

    /// What a file holds, and whether others may read it too.
    struct Content {
        let bytes: [UInt8]
        /// Whether it is a file that others than its owner may read.
        let isExposed: Bool
    }

    /// All of a file of which only its content tells whether it is worth guarding: see `warn(of:_:)`.
    func content(limit: Int = InputFile.defaultLimit) throws(CommandFailure) -> Content {
        let descriptor = try open()
        let isExposed = path != "-" && descriptor.isReadableByOthers()
        return Content(bytes: try contents(of: descriptor, limit: limit), isExposed: isExposed)
    }

    /// Says that others may read the secret that was in `content`, where they may.
    func warn(of content: Content, _ messages: Messages) {
        guard content.isExposed else { return }
        messages.warning("\(name) is readable by others than its owner", hint: "chmod 600 \(name)")
    }

    /// Its lines, to be read in constant memory.
    func lines(limit: Int = LineReader.defaultLimit) throws(CommandFailure) -> LineReader {
        LineReader(try open(), name: name, malformed: malformed, limit: limit)
    }

    private func open() throws(CommandFailure) -> Descriptor {
        if path == "-" { return Descriptor(borrowing: standardInput) }
        do throws(SystemError) {
            return try Descriptor(opening: path, isFound ? .readAtOnce : .read)
        } catch {
            throw error.failure(name)
        }
    }

    private func contents(of descriptor: borrowing Descriptor, limit: Int) throws(CommandFailure) -> [UInt8] {
        guard !isFound || descriptor.isRegularFile() else {
            let kind = DirectoryListing.isDirectory(path) ? "a directory in a directory" : "not a regular file"
            throw CommandFailure(
                malformed, "\(name) is \(kind)", hint: "take it away, or name what is to be read one by one",
                exitStatus: .unreadableInput)
        }
        var bytes: [UInt8] = []
        do throws(SystemError) {
            // One byte beyond the limit tells "just fits" from "too large".
            while bytes.count <= limit {
                let room = min(limit + 1 - bytes.count, 1 << 16)
                guard try descriptor.read(upTo: room, appendingTo: &bytes) > 0 else { return bytes }
            }
        } catch {
            throw error.failure(name)
        }
        throw CommandFailure(
            malformed, "\(name): larger than \(Self.text(ofSize: limit))", exitStatus: .unreadableInput)
    }

    private static func text(ofSize bytes: Int) -> String {
        if bytes >= 1 << 20, bytes % (1 << 20) == 0 { return "\(bytes >> 20) MiB" }
        if bytes >= 1 << 10, bytes % (1 << 10) == 0 { return "\(bytes >> 10) KiB" }
        return "\(bytes) bytes"
    }
}

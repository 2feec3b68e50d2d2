internal import BridgeCore

/// Reads the files that a password stands in.
enum PasswordFile {
    /// More than anybody types, in bytes.
    private static let limit = 1 << 16
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The password in the file at `path`: its one line without line end and without the mark that Windows puts before
    /// UTF-8.
    ///
    /// - Throws: `password_wrong` for a file of another form, which would open nothing: it is better said here.
    static func read(_ path: String, _ context: CommandContext) throws(CommandFailure) -> Secret {
        let input = context.input(path, malformed: .passwordWrong)
        let bytes = try input.secretBytes(limit: limit, warnings: context.messages)
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw CommandFailure(.passwordWrong, "\(input.name) is UTF-16 text", hint: "save the password as UTF-8")
        }
        let marked = bytes.starts(with: byteOrderMark)
        let secret = Secret(lineOf: marked ? Array(bytes.dropFirst(byteOrderMark.count)) : bytes)
        guard secret.withBytes({ !$0.containsLineEnd }) else {
            throw CommandFailure(
                .passwordWrong, "\(input.name) has more than one line",
                hint: "the password has to stand in the file alone, on one line")
        }
        return secret
    }
}

extension Span<UInt8> {
    fileprivate var containsLineEnd: Bool {
        indices.contains { self[$0] == UInt8(ascii: "\n") || self[$0] == UInt8(ascii: "\r") }
    }
}

internal import BridgeCore

/// What a command works with besides its arguments.
struct CommandContext: Sendable {
    /// All commands, for help and completions.
    let table: CommandTable
    /// Results.
    let output: Output
    /// Warnings.
    let messages: Messages
    /// Whether results are JSON.
    let wantsJSON: Bool
    let environment: Environment
    /// The descriptor that `-` reads.
    let standardInput: Int32

    /// The file an argument names; `-` is standard input.
    ///
    /// - Parameter malformed: The code for content that cannot be what is expected, such as too much of it.
    func input(_ path: String, malformed: ReasonCode = .configurationInvalid) -> InputFile {
        InputFile(path: path, malformed: malformed, standardInput: standardInput)
    }
}

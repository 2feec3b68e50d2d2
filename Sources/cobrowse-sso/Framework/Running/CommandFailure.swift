internal import BridgeCore

/// Why a command ended without a result: what to report and the number to exit with.
struct CommandFailure: ReasonedError, Equatable {
    let code: ReasonCode
    let detail: String
    let hint: String?
    /// The number to exit with; usually the one that belongs to `code`.
    let exitStatus: ExitStatus
    /// What it is made of where several things are wrong at once: each is reported, then the sum of them.
    let causes: [CommandFailure]

    /// A failure of the command line itself; without `exitStatus` the code decides.
    init(
        _ code: ReasonCode, _ detail: String, hint: String? = nil, exitStatus: ExitStatus? = nil,
        causes: [CommandFailure] = []
    ) {
        self.code = code
        self.detail = detail
        self.hint = hint
        self.exitStatus = exitStatus ?? code.exitStatus
        self.causes = causes
    }

    /// What another module reported; a failure that is one already keeps its exit status.
    init(_ error: some ReasonedError) {
        let known = error as? CommandFailure
        self.init(
            error.code, error.detail, hint: error.hint, exitStatus: known?.exitStatus, causes: known?.causes ?? [])
    }

    /// A command line that is wrong: exit status 2, `configuration_invalid` with `--json`.
    static func usage(_ detail: String, hint: String?) -> CommandFailure {
        CommandFailure(.configurationInvalid, detail, hint: hint, exitStatus: .usage)
    }
}

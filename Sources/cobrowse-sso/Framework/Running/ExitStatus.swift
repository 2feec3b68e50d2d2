/// How a run ended, as the number the shell sees.
enum ExitStatus: Int32, Sendable, CaseIterable {
    case success = 0
    case answerIsNo = 1
    case usage = 2
    case unreadableInput = 3
    case keyProblem = 4
    case network = 5
    case remoteRefused = 6
    case configuration = 7
    case `internal` = 8
    /// Ctrl-C. No command returns it: the signal keeps its default effect, which shells report as this number.
    case interrupted = 130
    /// The reader of standard output went away (`... | head`). Nothing is reported, as with other tools, which die of
    /// SIGPIPE; shells give both the same number.
    case readerWentAway = 141
}

extension ExitStatus {
    /// What the number means, for `help exit-codes`.
    var meaning: String {
        switch self {
        case .success: "done, or the answer is yes"
        case .answerIsNo: "the answer is no: a token, a login or a name was refused or not found"
        case .usage: "the command line is wrong"
        case .unreadableInput: "a file or standard input cannot be read, or is malformed"
        case .keyProblem: "a key or certificate is not acceptable, or its password is wrong"
        case .network: "another system cannot be reached or is too busy"
        case .remoteRefused: "another system refused"
        case .configuration: "the configuration is wrong"
        case .internal: "something failed inside cobrowse-sso, or a result could not be written"
        case .interrupted: "interrupted by a signal"
        case .readerWentAway: "the reader of standard output went away"
        }
    }
}

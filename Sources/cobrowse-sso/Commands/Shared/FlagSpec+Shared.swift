internal import AuthService
internal import BridgeCore
internal import BridgeService

extension FlagSpec {
    /// The tenant that most commands work on.
    static let license = option("--license", "L", "license key of the tenant", required: true)
    /// The time to judge by, for tests and for "what if".
    static let now = option("--now", "RFC3339", "the time to judge by", default: "the clock of this machine")
    /// Where a passphrase is read from.
    static let passwordFile = option(
        "--password-file", "F", "file with the passphrase of an encrypted file", kind: .inputFile)

    /// Which store a command works on.
    static let store: [FlagSpec] = [.data, .database]
}

extension ParsedArguments {
    /// The time to judge by: `--now`, or that of the machine.
    func now() throws(CommandFailure) -> Timestamp {
        guard let text = value(of: .now) else { return SystemClock().now }
        guard let time = Timestamp(rfc3339: text) else {
            throw .usage(
                "--now cannot be \(Printable.quoted(text))", hint: "write it like 2026-11-20T09:30:00Z (RFC 3339)")
        }
        return time
    }

    /// The license that `flag` names; a usage failure for a text that cannot be one.
    func license(_ flag: FlagSpec = .license) throws(CommandFailure) -> License {
        try License(checking: try required(flag), from: flag.name)
    }

    /// The seconds that an option like `--expires 15m` means; `standard` where it was not given.
    func duration(
        of flag: FlagSpec, in range: ClosedRange<Int64>, standard: Int64
    ) throws(CommandFailure) -> Int64 {
        guard let text = value(of: flag) else { return standard }
        guard let seconds = DurationText.seconds(text), range.contains(seconds) else {
            let (least, most) = (DurationText.text(range.lowerBound), DurationText.text(range.upperBound))
            throw .usage(
                "\(flag.name) cannot be \(Printable.quoted(text))",
                hint: "a whole number and s, m, h or d, from \(least) to \(most)")
        }
        return seconds
    }
}

extension License {
    /// Takes a word of the command line; `name` is the flag or argument it was given as.
    init(checking text: String, from name: String) throws(CommandFailure) {
        guard let license = License(text) else {
            throw .usage(
                "\(name) cannot be \(Printable.quoted(text))",
                hint: "the license key stands in the account settings of Cobrowse: up to 64 letters, digits, . _ -")
        }
        self = license
    }
}

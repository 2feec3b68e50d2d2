/// Flags of which a command line may hold only one.
struct FlagChoice: Sendable, Hashable {
    let flags: [FlagSpec]
    /// Whether one of them has to be there.
    let isRequired: Bool

    /// At most one of `flags`, exactly one where `required`.
    static func one(of flags: FlagSpec..., required: Bool = false) -> FlagChoice {
        FlagChoice(flags: flags, isRequired: required)
    }

    /// How the choice stands in a usage line: `(--token T | --email E)`, in square brackets where it may be absent.
    var usage: String {
        let words = flags.map(\.usage).joined(separator: " | ")
        return isRequired ? "(\(words))" : "[\(words)]"
    }
}

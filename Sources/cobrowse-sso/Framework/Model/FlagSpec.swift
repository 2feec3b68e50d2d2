/// A flag of a command: a switch, or an option with a value.
struct FlagSpec: Sendable, Hashable {
    /// Where help lists the flag.
    enum Group: Sendable, Hashable {
        /// Among the flags of the command.
        case own
        /// Among those that mean the same everywhere.
        case common
    }

    /// The value that follows an option.
    struct Value: Sendable, Hashable {
        /// Its name in usage lines, in capitals.
        let placeholder: String
        let kind: ValueKind
    }

    /// The name with its two dashes.
    let name: String
    /// What it does, one clause.
    let help: String
    /// The value it takes; `nil` for a switch.
    let value: Value?
    /// What holds without the flag, in words; help shows it, nothing fills it in.
    let defaultText: String?
    let isRequired: Bool
    let group: Group

    /// A flag that is given or not.
    static func toggle(_ name: String, _ help: String, group: Group = .own) -> FlagSpec {
        FlagSpec(
            name: name, help: help, value: nil, defaultText: nil, isRequired: false, group: group)
    }

    /// A flag that is followed by a value, as `--name VALUE` or `--name=VALUE`.
    static func option(
        _ name: String, _ placeholder: String, _ help: String, kind: ValueKind = .text,
        default defaultText: String? = nil, required: Bool = false, group: Group = .own
    ) -> FlagSpec {
        FlagSpec(
            name: name, help: help, value: Value(placeholder: placeholder, kind: kind), defaultText: defaultText,
            isRequired: required, group: group)
    }

    /// The flag with its placeholder: `--license L`.
    var usage: String {
        guard let value else { return name }
        return "\(name) \(value.placeholder)"
    }
}

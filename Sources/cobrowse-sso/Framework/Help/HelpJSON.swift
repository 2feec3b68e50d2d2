internal import BridgeCore

/// The command table as JSON, for tools that want to know what the executable can do.
enum HelpJSON {
    /// Writes `{"commands":[...]}`.
    static func write(_ commands: [CommandSpec], to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("commands")
            writer.array { writer in
                for command in commands { write(command, to: &writer) }
            }
        }
    }

    private static func write(_ command: CommandSpec, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", command.name)
            writer.member("summary", command.summary)
            writer.member("usage", UsageLine(command).text)
            writer.name("arguments")
            writer.array { writer in
                for argument in command.arguments { write(argument, to: &writer) }
            }
            writer.name("flags")
            writer.array { writer in
                for flag in command.flags { write(flag, to: &writer) }
            }
            writer.name("examples")
            writer.array { writer in
                for example in command.examples { writer.string("cobrowse-sso \(example)") }
            }
        }
    }

    private static func write(_ argument: ArgumentSpec, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", argument.name)
            writer.member("help", argument.help)
            writer.member("required", argument.isRequired)
            writer.member("repeating", argument.isRepeating)
            write(argument.kind.allowedValues, to: &writer)
        }
    }

    private static func write(_ flag: FlagSpec, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", flag.name)
            writer.member("value", flag.value?.placeholder)
            writer.member("help", flag.help)
            writer.member("default", flag.defaultText)
            writer.member("required", flag.isRequired)
            write(flag.value?.kind.allowedValues, to: &writer)
        }
    }

    private static func write(_ allowedValues: [String]?, to writer: inout JSONWriter) {
        guard let allowedValues else { return }
        writer.name("allowed")
        writer.array { writer in
            for value in allowedValues { writer.string(value) }
        }
    }
}

/// Runs one command line from its words to the exit status.
struct CommandRunner {
    private let context: CommandContext

    /// The environment of a run; `--json` counts from the first word on, so that usage errors obey it too.
    init(
        table: CommandTable, words: [String], output: any ByteSink, messages: any ByteSink, style: TextStyle,
        environment: Environment, standardInput: Int32
    ) {
        let wantsJSON = words.prefix { $0 != "--" }.contains(FlagSpec.json.name)
        context = CommandContext(
            table: table, output: Output(sink: output, style: style),
            messages: Messages(sink: messages, wantsJSON: wantsJSON), wantsJSON: wantsJSON, environment: environment,
            standardInput: standardInput)
    }

    /// Parses `words`, runs the command and writes its results.
    func run(_ words: [String]) -> ExitStatus {
        do throws(CommandFailure) {
            let status = try perform(CommandParser(table: context.table).parse(words))
            try context.output.flush()
            context.messages.releaseWarnings()
            return status
        } catch {
            return report(error)
        }
    }

    private func perform(_ request: CommandRequest) throws(CommandFailure) -> ExitStatus {
        switch request {
        case .run(let arguments):
            return try arguments.command.run(arguments, context)
        case .help(let page):
            HelpCommand.show(page, context)
            return .success
        case .incomplete(let page, let failure):
            guard !context.wantsJSON else { throw failure }
            context.messages.write(Array(HelpText(table: context.table).text(of: page).utf8))
            return failure.exitStatus
        }
    }

    /// Reports a failure where it belongs: with `--json` the answer "no" is a result, anything else goes to stderr.
    private func report(_ failure: CommandFailure) -> ExitStatus {
        do throws(CommandFailure) {
            try context.output.finishAfterFailure()
            guard failure.exitStatus == .answerIsNo, context.wantsJSON else {
                if failure.exitStatus != .readerWentAway { context.messages.report(failure) }
                return failure.exitStatus
            }
            context.output.json { failure.write(to: &$0) }
            try context.output.flush()
        } catch {
            if error.exitStatus != .readerWentAway { context.messages.report(error) }
            return error.exitStatus
        }
        return failure.exitStatus
    }
}

extension CommandRunner {
    /// Runs the words this process was started with on its own descriptors.
    static func runProcess(_ words: some Sequence<String>) -> ExitStatus {
        let words = Array(words)
        let style = TextStyle.forTerminal(StandardDescriptors.outputIsTerminal, environment: .process)
        let runner = CommandRunner(
            table: .all, words: words, output: DescriptorSink.standardOutput, messages: DescriptorSink.standardError,
            style: style, environment: .process, standardInput: 0)
        return runner.run(words)
    }
}

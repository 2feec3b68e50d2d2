internal import Glibc

/// The program: arguments in, tables out, exit status.
enum BenchRun {
    static func start(_ arguments: [String]) -> Int32 {
        if let role = ChildRole(arguments) { return run(role) }
        do throws(BenchError) {
            let arguments = try BenchArguments(arguments)
            if arguments.isHelpAsked {
                print(BenchArguments.help)
                return 0
            }
            return try measure(arguments)
        } catch {
            complain("error: \(error)")
            complain("hint: cobrowse-sso-bench --help")
            return 2
        }
    }

    private static func run(_ role: ChildRole) -> Int32 {
        do {
            try role.run()
            return 0
        } catch {
            complain("error: \(error)")
            return 1
        }
    }

    private static func measure(_ arguments: BenchArguments) throws(BenchError) -> Int32 {
        _ = Cores.allowed  // before this process is bound to anything
        signal(SIGPIPE, SIG_IGN)
        Cleanup.onSignals()
        defer { Cleanup.now() }
        if let unrest = MachineFacts.unrest { complain("warning: \(unrest)") }
        let directory = try TemporaryDirectory()
        var report = Report()
        for subject in Subject.allCases where arguments.subjects.contains(subject) {
            complain("measuring: \(subject.rawValue)")
            do {
                try run(subject, directory, into: &report)
            } catch {
                report.add(subject, error)
            }
        }
        print(arguments.layout.text(report, facts: MachineFacts.lines(directory: directory.path)))
        return report.isGood ? 0 : 1
    }

    private static func run(_ subject: Subject, _ directory: TemporaryDirectory, into report: inout Report) throws {
        switch subject {
        case .token: try TokenBench(directory).run(into: &report)
        case .process: try ProcessBench(directory).run(into: &report)
        case .http: try HTTPBench(directory).run(into: &report)
        case .store: try StoreBench(directory).run(into: &report)
        case .scale: try ScaleBench(directory).run(into: &report)
        case .importing: try ImportBench(directory).run(into: &report)
        case .signIn:
            try SignInBench(directory, .dynamics).run(into: &report)
            try SignInBench(directory, .salesforce).run(into: &report)
        case .sync:
            try SyncBench(directory).run(into: &report)
            try OrgSyncBench(directory).run(into: &report)
        }
    }

    private static func complain(_ text: String) {
        writeLine("cobrowse-sso-bench: \(text)", to: STDERR_FILENO)
    }
}

/// Writes a line past all buffers, so that a reader of the other end has it at once.
func writeLine(_ text: String, to descriptor: Int32) {
    let line = Array("\(text)\n".utf8)
    _ = write(descriptor, line, line.count)
}

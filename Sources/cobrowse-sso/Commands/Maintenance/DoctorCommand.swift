internal import BridgeCore
internal import BridgeService
internal import Glibc

/// `cobrowse-sso doctor`.
enum DoctorCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["doctor"], summary: "Look an installation over and say what to do",
            discussion: """
                Checks settings, file modes, disk, database, master key, clock, signing keys and certificates, with the \
                service running or not, and changes nothing. Exit code 1 says that something is red: it fails, or soon \
                will.
                """,
            flags: [.now, ConfigurationSources.file] + ConfigurationSources.store,
            examples: ["doctor", "doctor --config bridge.conf --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let now = try arguments.now()
        let configuration = Result { () throws(ConfigurationError) in
            try ConfigurationSources.readQuietly(arguments, context)
        }
        let report = try runAsync { () async throws(CommandFailure) in
            await Doctor.examine(configuration, now: now, builtAt: builtAt)
        }
        if context.wantsJSON {
            context.output.json { $0.doctorReport(report) }
        } else {
            show(report, context.output)
        }
        return report.verdict == .red ? .answerIsNo : .success
    }

    private static func show(_ report: DoctorReport, _ output: Output) {
        let width = report.findings.map(\.check.count).max() ?? 0
        for finding in report.findings {
            let verdict = finding.verdict.rawValue.padded(to: 6)
            output.print("\(verdict)  \(finding.check.padded(to: width))  \(Printable.line(finding.detail))")
            if let fix = finding.fix { output.print("\("".padded(to: 8 + width))  fix: \(Printable.line(fix))") }
        }
    }

    /// When this program was written: the time of its file.
    private static var builtAt: Timestamp? {
        var status = stat()
        guard unsafe stat("/proc/self/exe", &status) == 0 else { return nil }
        return Timestamp(seconds: Int64(status.st_mtim.tv_sec))
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

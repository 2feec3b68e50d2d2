internal import BridgeCore

/// A sync by the command, from its start to its end.
struct TimedSync {
    let seconds: Double
    /// MiB at the most.
    let memory: Double

    /// Runs it.
    ///
    /// - Throws: where it fails, or has suspended fewer than expected, or too few accounts could enter.
    init(
        _ program: String, _ arguments: [String], logTo log: String, suspendingAtLeast expected: Int64,
        amongAtLeast accounts: Int64
    ) throws {
        let start = Monotonic.seconds
        let process = try ChildProcess(program, arguments + ["--json"], output: .pipeAndFile(log))
        let answer = process.readToEnd()
        let status = process.wait()
        seconds = Monotonic.seconds - start
        memory = Double(process.peakKibibytes) / 1024
        guard status == 0, let report = try? JSONValue(parsing: answer.utf8),
            report["suspended"]?.integerValue ?? -1 >= expected, report["accounts"]?.integerValue ?? 0 >= accounts
        else { throw BenchError.wrong("the sync ended with \(status): \(TextLog.lastLine(log))") }
    }
}

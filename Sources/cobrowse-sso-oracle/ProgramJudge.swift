internal import BridgeTesting

/// What the `openssl` of this machine prints, asked for many files with one start of a shell.
struct ProgramJudge {
    private static let filesPerRun = 200

    /// The verdicts on `cases`, in their order. Blocks.
    static func verdicts(on cases: [[UInt8]]) throws -> [Verdict] {
        var verdicts: [Verdict] = []
        while verdicts.count < cases.count {
            verdicts += try run(Array(cases[verdicts.count...].prefix(filesPerRun)))
        }
        return verdicts
    }

    private static func run(_ cases: [[UInt8]]) throws -> [Verdict] {
        let directory = try TemporaryDirectory()
        for (number, bytes) in cases.enumerated() { try directory.file("\(number)", bytes) }
        // In a session of its own there is no terminal to ask for a password.
        let script = """
            cd "$1" && for number in $(seq 0 "$2"); do
                openssl x509 -pubkey -noout -in "$number" > "$number.out" 2> /dev/null && touch "$number.yes"
            done; true
            """
        let outcome = try Program("setsid").run(
            ["--wait", "sh", "-c", script, "sh", directory.path, "\(cases.count - 1)"])
        guard outcome.isSuccess else { throw OracleFailure("openssl cannot be run: \(outcome.text)") }
        let yes = Set(try directory.names.filter { $0.hasSuffix(".yes") })
        return try cases.indices.map { number in
            yes.contains("\(number).yes") ? .key(try directory.content(of: "\(number).out")) : .refused
        }
    }
}

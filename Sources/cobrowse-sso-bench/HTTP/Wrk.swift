/// The load generator: one thread, 64 connections, on the core beside the server's.
struct Wrk {
    /// How the token is sent.
    enum Form: String {
        /// `POST` of the 703 bytes the service reads.
        case body
        /// `GET` with an `Authorization` field, as mod_auth_openidc wants it.
        case bearer
    }

    private let program: String
    private let script: String

    init(_ directory: TemporaryDirectory) throws(BenchError) {
        program = try Tool.wrk.path()
        script = try directory.write(WrkScript.text, to: "wrk.lua")
    }

    /// Sends the tokens of the file `tokens` in turn for `seconds`, or each once.
    ///
    /// - Returns: answered requests a second.
    /// - Throws: `wrong` when a single request failed or was not answered with 2xx.
    func load(_ url: String, _ form: Form, tokens: String, seconds: Int, once: Bool = false) throws -> Double {
        let arguments = [
            "-t1", "-c64", "-d\(seconds)s", "--timeout", "10s", "-s", script, url, "--", form.rawValue, tokens,
            once ? "once" : "repeat",
        ]
        let program = program
        let output = try PinnedThread.run(on: try Cores.load()) { try ChildProcess.output(of: program, arguments) }
        guard let line = output.split(separator: "\n").last(where: { $0.hasPrefix("RESULT ") }) else {
            throw BenchError.wrong("wrk reported no result for \(url)")
        }
        let numbers = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        guard numbers.count == 7, numbers[0] > 0, numbers[1] > 0 else {
            throw BenchError.wrong("no request to \(url) was answered")
        }
        let failures = zip(["refused", "not connected", "not read", "not written", "late"], numbers.dropFirst(2))
        if let (kind, count) = failures.first(where: { $0.1 > 0 }) {
            throw BenchError.wrong("\(fixed(count, 0)) of \(fixed(numbers[0], 0)) requests to \(url) were \(kind)")
        }
        return numbers[0] / (numbers[1] / 1e6)
    }
}

/// The limit of everything here: what `openssl speed` reaches, which does RSA and nothing else.
struct OpenSSLSpeed {
    /// RSA-2048 signatures a second.
    let sign: Double
    /// RSA-2048 verifications a second.
    let verify: Double

    /// Runs for two seconds, a second each, on the caller's core.
    static func run() throws(BenchError) -> OpenSSLSpeed {
        // -elapsed: by the clock on the wall, as everything here; it counts its processor time otherwise.
        let arguments = ["speed", "-elapsed", "-mr", "-seconds", "1", "rsa2048"]
        let text = try ChildProcess.output(of: Tool.openssl.path(), arguments)
        // -mr: `+F2:<index>:<bits>:<signatures a second>:<verifications a second>`, as of OpenSSL 3.0.
        for line in text.split(separator: "\n") where line.hasPrefix("+F2:") {
            let fields = line.split(separator: ":")
            guard fields.count >= 5, let sign = Double(fields[3]), let verify = Double(fields[4]) else { break }
            return OpenSSLSpeed(sign: sign, verify: verify)
        }
        throw .wrong("openssl speed -mr printed no figures for rsa2048")
    }

    /// The mean of two runs.
    static func mean(_ first: OpenSSLSpeed, _ second: OpenSSLSpeed) -> OpenSSLSpeed {
        OpenSSLSpeed(sign: (first.sign + second.sign) / 2, verify: (first.verify + second.verify) / 2)
    }
}

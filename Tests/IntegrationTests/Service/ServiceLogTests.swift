import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Testing

@Suite("The log of the service", .blocking)
struct ServiceLogTests {
    @Test("says when it listens, whom it refuses and why")
    func lines() async throws {
        try await ServiceUnderTest.run { test in
            #expect(
                test.log.lines == [#"info listening {"address":"127.0.0.1","port":\#(test.service.port),"loops":2}"#])
            let token = try TokenMaker().token(["exp": "1800000000"])
            let field = "Authorization: Bearer \(token)"
            _ = try test.send("GET", "/api/1/sso/authorize", fields: [field, "X-Request-Id: r-7"])
            let line = try #require(test.log.lines.last)
            #expect(line.hasPrefix(#"info login_refused {"requestId":"r-7","code":"token_expired","detail":"exp is "#))
            let agent = "Authorization: Bearer \(try TokenMaker().token())"
            _ = try test.send("GET", "/api/1/sso/authorize?role=administrator", fields: [agent, "X-Request-Id: r-8"])
            #expect(test.log.lines.last?.contains(#""requestId":"r-8","code":"role_missing""#) == true)
        }
    }

    @Test("and the answers hold no token, no signature, no key and no secret")
    func secrets() async throws {
        try await ServiceUnderTest.run { test in
            let tokens = try Self.tokens()
            var answers: [String] = []
            for token in tokens + tokens {
                for response in [try test.verify(token), try test.authorize(token)] { answers.append(response.text) }
                answers.append(try test.send("POST", "/api/1/sso/verify", body: token).text)
                answers.append(try test.send("POST", "/api/1/sso/verify", body: "{\"token\":\"\(token)").text)
                answers.append(try test.send("POST", "/api/1/sso/verify", body: #"{"tokn":"\#(token)"}"#).text)
                answers.append(try test.send("GET", "/api/1/sso/authorize", fields: ["Authorization: \(token)"]).text)
                answers.append(try test.send("GET", "/api/1/sso/authorize?token=\(token)").text)
                answers.append(try test.send("GET", "/\(token)").text)
            }
            let written = test.log.lines + answers
            #expect(written.count > 150)
            let texts = Set(written)
            for secret in try tokens.flatMap(Self.pieces) + Self.keys(test.configuration) {
                for text in texts where text.contains(secret) { Issue.record("\(secret) in \(text)") }
            }
        }
    }

    /// Good ones and bad ones of every kind.
    private static func tokens() throws -> [String] {
        let maker = try TokenMaker()
        let good = try maker.token()
        let parts = good.split(separator: ".").map(String.init)
        return [
            good, try maker.token(["role": "\"administrator\""]), try TokenMaker(.other).token(),
            try maker.token(["exp": "1800000000"]), try maker.token(["iss": "\"nobody\""]),
            try maker.token(header: #"{"alg":"HS256"}"#), try maker.token(["aud": "\"x\""]),
            try maker.token(["salesforce": #"{"emailVerified":false}"#]), try maker.token(["sub": "\"x\""]),
            "\(parts[0]).\(parts[1]).\(parts[2].dropLast(4))AAAA", "\(parts[0]).\(parts[1])", "\(good).\(parts[2])",
            "\(parts[0]).\(parts[2]).\(parts[1])", "\(parts[2])",
        ]
    }

    /// Every run of 20 characters of what follows the last dot of a token.
    private static func pieces(of token: String) -> [String] {
        let signature = Array(token.split(separator: ".").last ?? "")
        guard signature.count >= 20 else { return [] }
        return stride(from: 0, through: signature.count - 20, by: 1).map { String(signature[$0..<$0 + 20]) }
    }

    /// What is in the master key file and in the private keys, in the forms in which it might be written.
    private static func keys(_ configuration: Configuration) throws -> [String] {
        let master = try #require(TextFile.bytes(configuration.masterKeyFile))
        let pem = String(decoding: try KeyFixture.cobrowse.privateKeyFile.bytes(), as: UTF8.self)
        return [Hex.encode(master), Base64URL.encode(master), "PRIVATE KEY", "\(master)"]
            + pem.split(separator: "\n").filter { !$0.hasPrefix("--") }.map(String.init)
    }
}

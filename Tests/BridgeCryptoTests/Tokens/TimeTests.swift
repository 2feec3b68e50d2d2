import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The times of a token")
struct TimeTests {
    /// Times as JSON, relative to now where they are `now+N`, and the verdict.
    struct Times: Sendable, CustomTestStringConvertible {
        let issuedAt: String
        let expiresAt: String
        let notBefore: String?
        let ceiling: Int64
        let code: ReasonCode?

        init(
            iat issuedAt: String = "now-10", exp expiresAt: String = "now+890", nbf notBefore: String? = nil,
            ceiling: Int64 = 86_400, _ code: ReasonCode? = nil
        ) {
            (self.issuedAt, self.expiresAt, self.notBefore) = (issuedAt, expiresAt, notBefore)
            (self.ceiling, self.code) = (ceiling, code)
        }

        var testDescription: String {
            "iat \(issuedAt), exp \(expiresAt), nbf \(notBefore ?? "absent"), ceiling \(ceiling)"
        }
    }

    static let times: [Times] = [
        Times(), Times(exp: "now+1"), Times(exp: "now", .tokenExpired), Times(exp: "now-1", .tokenExpired),
        Times(exp: "now+0.5", .tokenExpired), Times(exp: "now+1.5"), Times(exp: "now-0.5", .tokenExpired),
        Times(exp: "0", .tokenExpired), Times(exp: "-1", .tokenExpired), Times(exp: "-1e300", .tokenExpired),
        Times(iat: "now", exp: "now+1"), Times(iat: "now+60"), Times(iat: "now+61", .tokenNotYetValid),
        Times(iat: "now+60.5", .tokenNotYetValid), Times(iat: "now+59.5"), Times(iat: "1e300", .tokenNotYetValid),
        Times(iat: "now+9007199254740991", .tokenNotYetValid),
        Times(nbf: "now"), Times(nbf: "now-1000000000"), Times(nbf: "now+60"), Times(nbf: "now+61", .tokenNotYetValid),
        Times(nbf: "now+60.001", .tokenNotYetValid), Times(nbf: "-5"), Times(nbf: "1e300", .tokenNotYetValid),
        Times(iat: "now+60", exp: "now+61"), Times(iat: "now+60", exp: "now+60", .claimInvalid),
        Times(iat: "now+60", exp: "now+1", .claimInvalid),
        Times(iat: "now", exp: "now+86400"), Times(iat: "now", exp: "now+86401", .tokenLifetimeExceeded),
        Times(iat: "now-86399", exp: "now+1"), Times(iat: "now-86400", exp: "now+1", .tokenLifetimeExceeded),
        Times(iat: "now-0.5", exp: "now+86400.5"),
        Times(iat: "0", .tokenLifetimeExceeded), Times(iat: "-1", .tokenLifetimeExceeded),
        Times(iat: "-1e300", .tokenLifetimeExceeded), Times(exp: "1e300", .tokenLifetimeExceeded),
        Times(exp: "1800000890000", .tokenLifetimeExceeded), Times(exp: "18446744073709551616", .tokenLifetimeExceeded),
        Times(exp: "9007199254740991", .tokenLifetimeExceeded),
        Times(exp: "9223372036854775807", .tokenLifetimeExceeded),
        Times(iat: "-9007199254740991", exp: "9007199254740991", .tokenLifetimeExceeded),
        Times(iat: "1800000000000", exp: "1800000890000", .tokenNotYetValid),
        Times(iat: "now-10", exp: "now+890", ceiling: 900),
        Times(iat: "now-10", exp: "now+891", ceiling: 900, .tokenLifetimeExceeded),
        Times(iat: "now", exp: "now+1", ceiling: 0),
        Times(iat: "now", exp: "now+2", ceiling: 0, .tokenLifetimeExceeded),
        Times(iat: "now", exp: "now+86401", ceiling: .max, .tokenLifetimeExceeded),
        Times(iat: "now", exp: "now+2", ceiling: .min, .tokenLifetimeExceeded),
    ]

    @Test("are judged to the second", arguments: times)
    func judged(_ times: Times) throws {
        let token = try TokenMaker().token([
            "iat": seconds(times.issuedAt), "exp": seconds(times.expiresAt), "nbf": times.notBefore.map(seconds),
        ])
        let rules = TokenRules(lifetimeCeiling: times.ceiling)
        let keys = try KeyFixture.cobrowse.keySet
        #expect(try refusal(of: token.utf8, keys: keys, rules: rules)?.code == times.code)
        // What has no milliseconds is the same all through the second.
        let later = Timestamp(milliseconds: TokenMaker.now.milliseconds + 999)
        #expect(try refusal(of: token.utf8, keys: keys, rules: rules, now: later)?.code == times.code)
    }

    @Test("cost no RSA operation when they are wrong, and the reason is theirs")
    func beforeSignature() throws {
        let token = try TokenMaker(.other).token(["exp": "1"])
        #expect(try refusal(of: token.utf8, keys: TokenKeySet([], issuer: nil))?.code == .tokenExpired)
    }

    @Test("come out in the words of the refusal")
    func words() throws {
        let keys = try KeyFixture.cobrowse.keySet
        let expired = try refusal(of: TokenMaker().token(["exp": "1799999999"]).utf8, keys: keys)
        #expect(expired?.detail == "exp is 2027-01-15T07:59:59Z, 1 s before now")
        let early = try refusal(of: TokenMaker().token(["nbf": "1800000061"]).utf8, keys: keys)
        #expect(early?.detail == "nbf is 2027-01-15T08:01:01Z, 61 s after now")
        let milliseconds = try refusal(of: TokenMaker().token(["exp": "1800000890000"]).utf8, keys: keys)
        #expect(milliseconds?.hint?.contains("not milliseconds") == true)
        for exponent in ["1e300", "-1e300"] {
            for claim in ["exp", "iat", "nbf"] {
                let extreme = try refusal(of: Self.token(claim, exponent).utf8, keys: keys)
                #expect(extreme?.detail.isEmpty != true)
            }
        }
    }

    @Test("of a verified token are those of its claims")
    func claims() throws {
        let token = try verified(TokenMaker().token(), keys: KeyFixture.cobrowse.keySet)
        #expect(token.issuedAt == Timestamp(seconds: 1_799_999_990))
        #expect(token.expiresAt == Timestamp(seconds: 1_800_000_890))
    }

    @Test("can be judged without keys")
    func checkTimes() throws {
        let token = try UnverifiedToken(TokenMaker().token())
        #expect(throws: Never.self) { try token.checkTimes(now: TokenMaker.now) }
        let refusal = #expect(throws: TokenRefusal.self) {
            try token.checkTimes(now: Timestamp(seconds: 1_800_000_890))
        }
        #expect(refusal?.code == .tokenExpired)
    }

    private static func token(_ claim: String, _ value: String) throws -> String {
        try TokenMaker().token(KeyValuePairs(dictionaryLiteral: (claim, value)))
    }

    /// `now+N` as a number.
    private func seconds(_ text: String) -> String {
        guard text.hasPrefix("now") else { return text }
        let offset = text.dropFirst(3)
        if let whole = Int64(offset.isEmpty ? "0" : offset) { return "\(TokenMaker.now.seconds + whole)" }
        return "\(Double(TokenMaker.now.seconds) + (Double(offset) ?? .nan))"
    }
}

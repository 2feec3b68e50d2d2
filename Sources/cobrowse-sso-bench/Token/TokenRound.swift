internal import AuthService

/// One round of the token measurements, in operations a second.
struct TokenRound {
    /// The mean of the run before and the run after `verify` and `sign`.
    let openssl: OpenSSLSpeed
    let verify: Double
    let desk: Double
    let sign: Double
    /// Full verify once more, in turn with what is compared to it.
    let uncached: Double
    let cached: Double
    let expired: Double
    let deskUncached: Double
    let deskCached: Double
    let deskExpired: Double
    let deskForeign: Double
    let claims: Double
    let decoder: Double
    let decision: Double
    let traced: Double
}

/// What one thread needs for a round.
struct TokenThread {
    private let tokens: VerifyWork
    private let desk: DeskWork
    private let claims: ClaimsWork
    private let decisions: DecisionWork

    init(_ tenant: TestTenant, _ service: LoginService) throws {
        tokens = try VerifyWork(tenant)
        desk = try DeskWork(tenant, service)
        claims = try ClaimsWork(tenant)
        decisions = DecisionWork(tenant)
    }

    /// About eight seconds.
    func round() throws -> TokenRound {
        let before = try OpenSSLSpeed.run()
        let verify = try rate(seconds: 1, tokens.verify)
        let desk = try rate(seconds: 0.5, self.desk.admit)
        let sign = try rate(seconds: 1, tokens.sign)
        let openssl = OpenSSLSpeed.mean(before, try OpenSSLSpeed.run())
        return TokenRound(
            openssl: openssl, verify: verify, desk: desk, sign: sign,
            uncached: try rate(seconds: 0.4, tokens.verify), cached: try rate(seconds: 0.3, tokens.verifyCached),
            expired: try rate(seconds: 0.3, tokens.refuseExpired),
            deskUncached: try rate(seconds: 0.4, self.desk.admit),
            deskCached: try rate(seconds: 0.3, self.desk.admitCached),
            deskExpired: try rate(seconds: 0.3, self.desk.refuseExpired),
            deskForeign: try rate(seconds: 0.3, self.desk.refuseForeign),
            claims: try rate(seconds: 0.3, claims.check), decoder: try rate(seconds: 0.3, claims.decode),
            decision: try rate(seconds: 0.3, decisions.decide), traced: try rate(seconds: 0.3, decisions.trace))
    }
}

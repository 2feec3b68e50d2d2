internal import AuthService
internal import BridgeCore

/// Counts refusals and writes down refused logins: the same whatever way they came.
struct RefusedLogins: Sendable {
    let logins: LoginService
    let limiter: RefusalLimiter
    let log: any Log

    /// Writes the decision about a refused login down, unless there were too many of them.
    ///
    /// - Parameter tenant: whose own caller has brought the token: the refusal counts for the tenant alone, since many
    ///   tenants may call from one address, as orgs of Salesforce do.
    /// - Returns: its id; `nil` where nothing was decided.
    /// - Throws: after too many refusals of one address or license; nothing is written then.
    func writeDown(
        _ refusal: LoginRefusal, of token: [UInt8] = [], from caller: Caller, broughtBy tenant: License? = nil,
        now: Timestamp
    ) async throws(TooManyRefusals) -> String? {
        if refusal.code != .internal, let tenant {
            try count(address: nil, license: tenant, now: now)
        } else if refusal.code != .internal {
            try check(caller, now: now)
            let known = refusal.license
            try count(caller, license: known == nil ? await logins.license(ofRefused: token) : known, now: now)
        }
        let written = await logins.writeDown(refusal, of: token, requestID: caller.requestID, now: now)
        if let failure = written.failure {
            log.write(
                .error, "decision_not_written",
                [("requestId", .text(caller.requestID)), ("detail", .text(failure.detail))])
        }
        return written.decisionID
    }

    /// Turns away whoever has been refused too often, before work that is worth nothing if they are refused again.
    func check(_ caller: Caller, now: Timestamp) throws(TooManyRefusals) {
        if let wait = limiter.wait(address: caller.address, now: now) { throw TooManyRefusals(retryAfter: wait) }
    }

    /// Counts a refusal.
    ///
    /// - Parameter license: of the tenant it was for; `nil` where there is none.
    func count(_ caller: Caller, license: License?, now: Timestamp) throws(TooManyRefusals) {
        try count(address: caller.address, license: license, now: now)
    }

    private func count(address: String?, license: License?, now: Timestamp) throws(TooManyRefusals) {
        if let wait = limiter.refused(address: address, license: license?.value, now: now) {
            throw TooManyRefusals(retryAfter: wait)
        }
    }
}

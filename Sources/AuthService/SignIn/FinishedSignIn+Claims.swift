internal import BridgeCore
internal import BridgeCrypto

extension FinishedSignIn {
    /// - Parameters:
    ///   - account: as it is by now: what was lowered since the decision is not given any more.
    ///   - seconds: how long the token lives, unless something ends before that.
    func claims(of account: Account, lasting seconds: Int64) -> AgentClaims {
        let issuedAt = Timestamp(seconds: time.seconds)
        return AgentClaims(
            license: license.value, email: email.value, displayName: displayName,
            role: min(role, account.role) == .administrator ? .administrator : .agent, policy: policy,
            issuedAt: issuedAt,
            expiresAt: issuedAt.tokenEnd(after: seconds, notAfter: validUntil),
            additional: AccountClaims.members(of: accountID, decidedBy: decisionID))
    }
}

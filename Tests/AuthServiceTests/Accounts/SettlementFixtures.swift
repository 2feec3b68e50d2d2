import AuthService
import BridgeCore
import BridgeCrypto
import Testing

extension EmailAddress {
    static func test(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }
}

extension Account {
    /// An active agent whose last login was at `now`.
    static func test(_ id: String, _ email: String, proof: EmailProof) throws -> Account {
        Account(
            id: id, license: .test, email: try .test(email), emailProof: proof, displayName: nil, role: .agent,
            createdAt: now, lastLoginAt: now)
    }
}

extension LoginAttempt {
    /// A login of `identity`, of the address alone for `nil`, `seconds` after `now`.
    static func test(
        _ identity: Identity?, _ address: String, proof: EmailProof, role: Role = .agent, seconds: Int64 = 10,
        newAccountID: String = "acc_new"
    ) throws -> LoginAttempt {
        let email = try EmailAddress.test(address)
        let time = now.adding(seconds: seconds)
        return LoginAttempt(
            license: .test,
            grant: Grant(
                identity: identity ?? .address(email, of: .test), email: email, proof: proof, displayName: nil,
                role: role, rule: nil, validUntil: nil),
            time: time, newAccountID: newAccountID,
            draft: DecisionDraft(
                id: try RecordID.make("dec_", at: time), source: .token, requestID: nil,
                facts: LoginFacts(email: address, displayName: nil, claimedRole: .absent, origin: .signer),
                trace: FullTrace()))
    }
}

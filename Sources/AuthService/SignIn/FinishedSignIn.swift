package import BridgeCore

/// A person whom a decision about a browser sign-in let in, and who has no token yet.
package struct FinishedSignIn: Sendable, Hashable {
    package let license: License
    package let accountID: String
    package let email: EmailAddress
    package let displayName: String?
    /// What the decision gave.
    package let role: Role
    /// That of the rule that decided.
    package let policy: JSONValue?
    /// The decision, which is also the `jti` of the token.
    package let decisionID: String
    /// When the person came; the token is issued as of then.
    package let time: Timestamp
    /// When something ends that the decision was made for; `nil` for never.
    package let validUntil: Timestamp?

    package init(_ admission: Admission<LiveLogin>) {
        let account = admission.account
        license = account.license
        accountID = account.id
        email = account.email
        displayName = account.displayName
        role = account.role
        policy = admission.grant.rule?.policy?.document
        decisionID = admission.decisionID
        time = admission.evidence.issuedAt
        validUntil = admission.grant.validUntil
    }
}

extension FinishedSignIn {
    /// The text that `init(_:of:)` reads; nothing in it is secret.
    var json: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("accountId", accountID)
            writer.member("email", email.value)
            if let displayName { writer.member("displayName", displayName) }
            writer.member("role", role.rawValue)
            if let policy {
                writer.name("policy")
                writer.value(policy)
            }
            writer.member("decisionId", decisionID)
            writer.member("time", time.milliseconds)
            if let validUntil { writer.member("validUntil", validUntil.milliseconds) }
        }
        return writer.bytes
    }

    /// Reads what was kept; `nil` for what no version of this wrote.
    init?(_ json: [UInt8], of license: License) {
        guard let value = try? JSONValue(parsing: json), let accountID = value["accountId"]?.stringValue,
            let email = value["email"]?.stringValue.flatMap({ EmailAddress($0) }),
            let role = value["role"]?.stringValue.flatMap(Role.init(rawValue:)),
            let decisionID = value["decisionId"]?.stringValue, let time = value["time"]?.integerValue
        else { return nil }
        self.license = license
        self.accountID = accountID
        self.email = email
        displayName = value["displayName"]?.stringValue
        self.role = role
        policy = value["policy"]
        self.decisionID = decisionID
        self.time = Timestamp(milliseconds: time)
        validUntil = value["validUntil"]?.integerValue.map { Timestamp(milliseconds: $0) }
    }
}

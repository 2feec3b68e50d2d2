package import BridgeCore
package import BridgeCrypto

/// The policy that a login ends with.
package enum AdmittedPolicy: Sendable {
    /// What the token brings along, as its JSON text.
    case token([UInt8])
    case rule(JSONValue)

    /// What the token brings along; otherwise what the rule gives that let the person in; `nil` where neither has one.
    package init?(_ admission: Admission<VerifiedToken>) {
        if let text = admission.token.policy {
            self = .token(text)
        } else if let policy = admission.grant.rule?.policy {
            self = .rule(policy.document)
        } else {
            return nil
        }
    }
}

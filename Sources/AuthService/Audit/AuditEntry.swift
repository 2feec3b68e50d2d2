package import BridgeCore

/// One line of the audit trail: a change or a decision, who made it, and what was there before and after.
///
/// Stores append it in the transaction of the change itself, so that neither is there without the other.
package struct AuditEntry: Sendable {
    package let time: Timestamp
    package let actor: Actor
    /// What was done, a noun and a verb: `key.import`, `account.disable`, `tenant.apply`, `login.deny`.
    package let action: String
    /// The tenant it is about; `nil` for the instance.
    package let license: License?
    /// The id or the address of the account it is about.
    package var account: String?
    /// Why something was refused.
    package var code: ReasonCode?
    package var decisionID: String?
    /// What was there before and after; secrets are left out by whoever makes the entry.
    package var before: JSONValue?
    package var after: JSONValue?

    package init(
        _ action: String, by actor: Actor, at time: Timestamp, license: License?, account: String? = nil,
        code: ReasonCode? = nil, decisionID: String? = nil, before: JSONValue? = nil, after: JSONValue? = nil
    ) {
        self.time = time
        self.actor = actor
        self.action = action
        self.license = license
        self.account = account
        self.code = code
        self.decisionID = decisionID
        self.before = before
        self.after = after
    }
}

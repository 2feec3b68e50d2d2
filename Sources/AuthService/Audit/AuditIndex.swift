package import BridgeCore

/// What a store finds an audit entry by: the members of its line that lists are filtered by, kept beside the line.
package struct AuditIndex: Sendable, Hashable {
    /// To the millisecond; the line has whole seconds.
    package let time: Timestamp
    package let license: String?
    package let actor: String
    package let action: String
    package let account: String?
    package let code: String?

    package init(
        time: Timestamp, license: String?, actor: String, action: String, account: String?, code: String?
    ) {
        self.time = time
        self.license = license
        self.actor = actor
        self.action = action
        self.account = account
        self.code = code
    }

    /// That of an entry that is written.
    package init(_ entry: AuditEntry) {
        self.init(
            time: entry.time, license: entry.license?.value, actor: entry.actor.name, action: entry.action,
            account: entry.account, code: entry.code?.rawValue)
    }
}

package import BridgeCore

extension RulePreview.Change {
    /// Writes `{"email","accountId","change","before","after"}`.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("email", email.value)
            writer.member("accountId", accountID)
            writer.member("change", kind.rawValue)
            writer.member("before", before.description)
            writer.member("after", after.description)
        }
    }
}

extension RulePreview.Counts {
    /// Writes the counts as an object.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("accounts", accounts)
            writer.member("gains", gains)
            writer.member("losses", losses)
            writer.member("newAdministrators", newAdministrators)
            writer.member("newAgents", newAgents)
            writer.member("administrators", administrators)
            writer.member("unknown", unknown)
            writer.member("disabled", disabled)
        }
    }
}

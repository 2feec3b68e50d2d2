internal import BridgeCore

extension Decision {
    /// The document that is stored and shown: `{"id","license","time","outcome","code","role","rule","email","source",
    /// "keyId","accountId","detail","hint","fixedBy","checks":[{"name","outcome","detail"}],"facts"}`; what does not apply is
    /// `null` or left out.
    package var document: String {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("id", id)
            writer.member("license", license.value)
            writer.member("time", time.description)
            writeOutcome(to: &writer)
            writer.member("email", email)
            writer.member("source", source.rawValue)
            if let requestID { writer.member("requestId", requestID) }
            if let keyID { writer.member("keyId", keyID) }
            writer.name("checks")
            writer.array { writer in
                for check in checks {
                    writer.object { writer in
                        writer.member("name", check.name.rawValue)
                        writer.member("outcome", check.outcome.rawValue)
                        writer.member("detail", check.detail)
                    }
                }
            }
            if let facts {
                writer.name("facts")
                facts.write(to: &writer)
            }
        }
        return writer.text
    }

    private func writeOutcome(to writer: inout JSONWriter) {
        switch outcome {
        case .allowed(let role, let rule, let accountID):
            writer.member("outcome", "allow")
            writer.member("code", nil as String?)
            writer.member("role", role.rawValue)
            writer.name("rule")
            if let rule { rule.write(to: &writer) } else { writer.null() }
            writer.member("accountId", accountID)
        case .denied(let code, let detail, let hint, let fixedBy):
            writer.member("outcome", "deny")
            writer.member("code", code.rawValue)
            writer.member("role", nil as String?)
            writer.name("rule")
            writer.null()
            writer.member("detail", detail)
            writer.member("hint", hint)
            writer.member("fixedBy", (fixedBy ?? code.fixer(facts?.origin, source)).rawValue)
        }
    }
}

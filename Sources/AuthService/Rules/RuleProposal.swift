package import BridgeCore

/// Rules and rule tests to try out beside those of a tenant: a whole tenant document, or only what is to be tried.
package struct RuleProposal: Sendable, Hashable {
    /// The tenant a whole document is of.
    package let license: License?
    /// `nil` for the tenant's own.
    package let rules: [Rule]?
    /// `nil` for the tenant's own.
    package let ruleTests: [RuleTest]?

    /// Reads a tenant document, or `{"rules":[...],"ruleTests":[...]}` with at least one of the two.
    package init(_ value: JSONValue) throws(DocumentError) {
        if value["license"] != nil {
            let document = try TenantDocument(value)
            license = document.license
            rules = document.settings.rules
            ruleTests = document.settings.ruleTests
            return
        }
        let object = try DocumentObject(value, at: "", names: ["rules", "ruleTests"])
        guard !object.names.isEmpty else { throw DocumentError(at: "rules", "is missing") }
        license = nil
        rules = object.names.contains("rules") ? try Rule.all(object.array("rules"), at: "rules") : nil
        ruleTests =
            object.names.contains("ruleTests") ? try RuleTest.all(object.array("ruleTests"), at: "ruleTests") : nil
    }
}

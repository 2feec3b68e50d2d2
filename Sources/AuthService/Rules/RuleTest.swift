package import BridgeCore

/// A person made up by an administrator, and what the tenant's rules have to make of them.
///
/// A document whose tests fail is not applied, so whoever changes a rule learns at once whom it was there for.
package struct RuleTest: Sendable, Hashable {
    /// What messages call it; no two of a document have the same.
    package let name: String
    package let facts: Facts
    /// What has to come out.
    package let expectation: RuleOutcome

    /// What the CRM would say of the person, as JSON with its members in a fixed order.
    package enum Facts: Sendable, Hashable {
        /// The members of a token's `salesforce` claim.
        case salesforce(JSONValue)
        /// `isEnabled`, `isPerson`, `emailApproved`, `securityRoles`, `teams`.
        case dynamics(JSONValue)
    }

    package init(name: String, facts: Facts, expectation: RuleOutcome) {
        self.name = name
        self.facts = facts
        self.expectation = expectation
    }
}

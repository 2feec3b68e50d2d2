package import BridgeCore

/// A document whose own rules fail its rule tests, so that nothing was changed: `configuration_invalid`.
package struct FailedRuleTests: ReasonedError {
    package let code = ReasonCode.configurationInvalid
    /// Those that fail; one at least.
    package let failures: [RuleTestResult]
    /// How many there are.
    package let count: Int

    package var detail: String { "\(failures.count) of \(count) rule tests fail; nothing was changed" }
    package var hint: String? { "correct the rules, or what the tests expect" }
}

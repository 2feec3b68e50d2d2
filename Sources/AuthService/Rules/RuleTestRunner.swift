package import BridgeCore
internal import BridgeCrypto

/// Runs rule tests: what the rules, and everything else the one decision looks at, make of people who were made up.
package struct RuleTestRunner: Sendable {
    private let policy: AccessPolicy

    /// - Parameter rules: those of the document, or of the tenant.
    package init(rules: [Rule], of license: License) {
        // Whom the operator lets in is not the tenant's matter: no address is refused here.
        policy = AccessPolicy(license: license, rules: RuleSet(rules), addresses: .none)
    }

    /// The results, in the order of the tests.
    package func run(_ tests: [RuleTest], now: Timestamp) -> [RuleTestResult] {
        tests.map { run($0, now: now) }
    }

    private func run(_ test: RuleTest, now: Timestamp) -> RuleTestResult {
        do throws(AccessDenial) {
            let facts = LoginFacts(
                email: "rule-test@example.com", displayName: nil, claimedRole: .absent, origin: try origin(test))
            let grant = try policy.decide(facts, now: now)
            let detail = grant.rule.map { "\($0.match.words) gives \($0.role.rawValue)" }
            return RuleTestResult(test: test, actual: .role(grant.role), detail: detail ?? "")
        } catch {
            return RuleTestResult(test: test, actual: .denial(error.code), detail: error.detail)
        }
    }

    /// The document was read with the same functions, so facts that cannot be read were never in one.
    private func origin(_ test: RuleTest) throws(AccessDenial) -> LoginFacts.Origin {
        do throws(DocumentError) {
            switch test.facts {
            case .salesforce(let value):
                return .salesforce(try FactsForm.salesforceFacts(value, at: ""))
            case .dynamics(let value): return .dynamics(try DynamicsFacts(value, at: ""))
            }
        } catch {
            throw AccessDenial(.claimInvalid, error.detail)
        }
    }
}

/// What a rule test came to.
package struct RuleTestResult: Sendable, CustomStringConvertible {
    package let test: RuleTest
    package let actual: RuleOutcome
    /// The deciding rule, or why the person was refused.
    package let detail: String

    package var isPassed: Bool { actual == test.expectation }

    /// `"supervisors": expected administrator, got agent (salesforce profile "Support" gives agent)`.
    package var description: String {
        "\(quoted(test.name)): expected \(test.expectation), got \(actual) (\(detail))"
    }
}

extension JSONWriter {
    /// Writes the members that every answer about a rule test has.
    package mutating func ruleTestResult(_ result: RuleTestResult) {
        member("name", result.test.name)
        member("expect", result.test.expectation.description)
        member("actual", result.actual.description)
        member("passed", result.isPassed)
        member("detail", result.detail)
    }

    /// Writes results as an array.
    package mutating func ruleTestResults(_ results: [RuleTestResult]) {
        array { writer in
            for result in results { writer.object { $0.ruleTestResult(result) } }
        }
    }
}

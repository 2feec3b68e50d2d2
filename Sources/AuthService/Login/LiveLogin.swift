package import BridgeCore

/// A login by way of a connection: what the person's CRM said just now, or how far the way there led.
package struct LiveLogin: LoginEvidence {
    package let source: Decision.Source
    /// When the person came.
    package let issuedAt: Timestamp
    /// What is known of the person; `nil` where nothing is.
    package let facts: LoginFacts?
    /// Every step that was taken on the way, the failed one last.
    package let steps: [Check]
    /// Why the way ended before anybody could decide; `nil` where it did not.
    private let end: AccessDenial?
    /// Why the facts say nothing of the person's roles; `nil` where they do.
    private let missingRoles: AccessDenial?

    /// A login that is decided by `facts`.
    ///
    /// - Parameter missingRoles: why the roles could not be read, in the words of whoever tried; the decision takes them
    ///   where it would say no more than that they are not known.
    package init(
        _ facts: LoginFacts, source: Decision.Source, steps: [Check], missingRoles: AccessDenial? = nil,
        at time: Timestamp
    ) {
        self.init(source, facts, steps, end: nil, missingRoles: missingRoles, time)
    }

    /// A login that ended on its way, at `step`.
    ///
    /// - Parameters:
    ///   - facts: what was known by then.
    ///   - steps: the steps before it, which passed.
    package init(
        endedBy denial: AccessDenial, at step: Check.Name, knowing facts: LoginFacts?, source: Decision.Source,
        steps: [Check], at time: Timestamp
    ) {
        self.init(
            source, facts, steps + [Check(step, .failed, denial.detail)], end: denial, missingRoles: nil, time)
    }

    private init(
        _ source: Decision.Source, _ facts: LoginFacts?, _ steps: [Check], end: AccessDenial?,
        missingRoles: AccessDenial?, _ time: Timestamp
    ) {
        self.source = source
        self.facts = facts
        self.steps = steps
        self.end = end
        self.missingRoles = missingRoles
        issuedAt = time
    }

    package var keyID: String? { nil }
    package var email: String? { facts?.email }

    package func facts(for tenant: TenantState) -> LoginFacts? { facts }

    package func steps(for tenant: TenantState, at now: Timestamp) -> [Check] { steps }

    package func decide(
        by tenant: TenantState, at now: Timestamp, trace: inout some DecisionTrace
    ) throws(AccessDenial) -> Grant {
        if let end { throw end }
        guard let facts else { throw AccessDenial(.userUnknown, "nothing is known of the person") }
        do throws(AccessDenial) {
            return try tenant.access.decide(facts, now: now, trace: &trace)
        } catch {
            throw error.code == .rolesUnavailable ? missingRoles ?? error : error
        }
    }

    package func refusal(ofGoneTenant error: StoreError) -> LoginRefusal { .failure(error) }
}

package import BridgeCore

/// A login by way of a connection: what the person's CRM said just now, or how far the way there led.
package struct LiveLogin: LoginEvidence {
    package let source: Decision.Source
    /// When the person came.
    package let issuedAt: Timestamp
    /// What is known of the person; `nil` where nothing is.
    package let facts: LoginFacts?
    /// Every step that was taken so far, the failed one last.
    package let steps: [Check]
    /// What it has come to already; `nil` where the facts are still to decide.
    private let outcome: Result<Grant, AccessDenial>?

    /// A login that `facts` are to decide.
    ///
    /// - Parameter steps: those that led to the facts.
    package init(_ facts: LoginFacts, source: Decision.Source, steps: [Check], at time: Timestamp) {
        self.init(source, facts, steps, nil, time)
    }

    /// A login about which the tenant's `AccessPolicy` has decided, by whoever had to ask for more facts meanwhile.
    ///
    /// - Parameter steps: those that led to the facts, and those of the decision.
    package init(
        decided outcome: Result<Grant, AccessDenial>, by facts: LoginFacts?, source: Decision.Source, steps: [Check],
        at time: Timestamp
    ) {
        self.init(source, facts, steps, outcome, time)
    }

    /// A login that ended on its way, at `step`, before anything could be decided.
    ///
    /// - Parameters:
    ///   - facts: what was known by then.
    ///   - steps: the steps before it, which passed.
    package init(
        endedBy denial: AccessDenial, at step: Check.Name, knowing facts: LoginFacts? = nil, source: Decision.Source,
        steps: [Check] = [], at time: Timestamp
    ) {
        self.init(source, facts, steps + [Check(step, .failed, denial.detail)], .failure(denial), time)
    }

    private init(
        _ source: Decision.Source, _ facts: LoginFacts?, _ steps: [Check], _ outcome: Result<Grant, AccessDenial>?,
        _ time: Timestamp
    ) {
        self.source = source
        self.facts = facts
        self.steps = steps
        self.outcome = outcome
        issuedAt = time
    }

    package var keyID: String? { nil }
    package var email: String? { facts?.email }

    package func facts(for tenant: TenantState) -> LoginFacts? { facts }

    package func steps(for tenant: TenantState, at now: Timestamp) -> [Check] { steps }

    package func decide(
        by tenant: TenantState, at now: Timestamp, trace: inout some DecisionTrace
    ) throws(AccessDenial) -> Grant {
        switch (outcome, facts) {
        case (.success(let grant), _): return grant
        case (.failure(let denial), let facts?): return try tenant.access.unmatched(denial, facts, now: now)
        case (.failure(let denial), nil): throw denial
        case (nil, let facts?): return try tenant.access.decideBeforeAccount(facts, now: now, trace: &trace)
        case (nil, nil): throw AccessDenial(.userUnknown, "nothing is known of the person")
        }
    }

    package func refusal(ofGoneTenant error: StoreError) -> LoginRefusal { .failure(error) }
}

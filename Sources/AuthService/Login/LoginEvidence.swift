package import BridgeCore
package import BridgeCrypto

/// What a login came with, as far as deciding, settling and writing it down have to know.
package protocol LoginEvidence: Sendable {
    /// The way in.
    var source: Decision.Source { get }
    /// When it was issued: what was revoked as of earlier does not cover it.
    var issuedAt: Timestamp { get }
    /// The thumbprint of the key that signed it; `nil` where none did.
    var keyID: String? { get }
    /// The address as it was given; `nil` where none was.
    var email: String? { get }

    /// What it says of the person; `nil` where an earlier decision has that.
    func facts(for tenant: TenantState) -> LoginFacts?
    /// The steps that were taken before anything was decided, for the trace.
    func steps(for tenant: TenantState, at now: Timestamp) -> [Check]
    /// Decides by what the tenant has, but for the account.
    ///
    /// - Throws: as `AccessPolicy.decideBeforeAccount`.
    func decide(
        by tenant: TenantState, at now: Timestamp, trace: inout some DecisionTrace
    ) throws(AccessDenial) -> Grant
    /// Why somebody is refused whose tenant was removed meanwhile, in the words of this way in.
    func refusal(ofGoneTenant error: StoreError) -> LoginRefusal
}

extension LoginEvidence {
    /// Every step that leads to the grant, or to its refusal: decided once more, with somebody listening.
    func trace(for tenant: TenantState, at now: Timestamp) -> FullTrace {
        var trace = FullTrace()
        for step in steps(for: tenant, at: now) { trace.note(step) }
        _ = try? decide(by: tenant, at: now, trace: &trace)
        return trace
    }
}

extension VerifiedToken: LoginEvidence {
    package var source: Decision.Source { .token }
    package var keyID: String? { keyThumbprint }
    package var email: String? { subject }

    package func facts(for tenant: TenantState) -> LoginFacts? {
        tenant.account(namedBy: self) == nil ? LoginFacts(self) : nil
    }

    package func steps(for tenant: TenantState, at now: Timestamp) -> [Check] { [tenant.check(of: self, at: now)] }

    package func decide(
        by tenant: TenantState, at now: Timestamp, trace: inout some DecisionTrace
    ) throws(AccessDenial) -> Grant {
        if let claims = tenant.account(namedBy: self) { return try tenant.access.decide(claims, trace: &trace) }
        return try tenant.access.decideBeforeAccount(LoginFacts(self), now: now, trace: &trace)
    }

    package func refusal(ofGoneTenant error: StoreError) -> LoginRefusal { .token(.issuerUnknown(issuer)) }
}

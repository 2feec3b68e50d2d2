package import BridgeCore

extension AccessPolicy {
    /// Decides as `decide` does, but leaves whoever fails at the rules alone to the settlement of the account: rules that
    /// were changed must not lock out a tenant's last administrator.
    ///
    /// - Throws: as `decide`, without `role_missing`: there is a grant, and why nobody but the last administrator gets
    ///   in with it.
    package func decideBeforeAccount(
        _ facts: LoginFacts, now: Timestamp, trace: inout some DecisionTrace
    ) throws(AccessDenial) -> Grant {
        do throws(AccessDenial) {
            return try decide(facts, now: now, trace: &trace)
        } catch {
            return try unmatched(error, facts, now: now)
        }
    }

    /// The grant of somebody who was refused with `denial`, if it was for the rules alone, which are asked last.
    ///
    /// - Throws: `denial`, where it was for anything else.
    package func unmatched(
        _ denial: AccessDenial, _ facts: LoginFacts, now: Timestamp
    ) throws(AccessDenial) -> Grant {
        guard denial.code == .roleMissing, let email = EmailAddress(facts.email) else { throw denial }
        return grant(facts, email: email, proof: facts.proof, .agent, nil, now: now, unmatched: denial)
    }
}

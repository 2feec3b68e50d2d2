package import BridgeCore

extension AccessPolicy {
    /// What a sync makes of what it has read about a person: what a login would end in. An address of which the org does not
    /// say whether it is verified decides nothing; `SyncDoubts.address` says so.
    package func syncOutcome(_ facts: LoginFacts, now: Timestamp) -> RuleOutcome {
        do throws(AccessDenial) {
            return .role(try decide(facts, now: now).role)
        } catch {
            guard error.code == .emailUnverified, let rest = facts.withoutDoubtOfAddress else {
                return .denial(error.code)
            }
            return syncOutcome(rest, now: now)
        }
    }

    /// Decides as `syncOutcome` does, and says why.
    package func decideSynced(
        _ facts: LoginFacts, now: Timestamp, trace: inout FullTrace
    ) -> Result<Grant, AccessDenial> {
        do throws(AccessDenial) {
            return .success(try decide(facts, now: now, trace: &trace))
        } catch {
            guard error.code == .emailUnverified, let rest = facts.withoutDoubtOfAddress else {
                return .failure(error)
            }
            trace.letPass(.emailProof)
            var after = FullTrace()
            let outcome = decideSynced(rest, now: now, trace: &after)
            for check in after.checks.drop(while: { $0.name != .emailProof }).dropFirst() { trace.note(check) }
            return outcome
        }
    }
}

extension LoginFacts {
    /// The facts with an address that is verified, where an org does not say whether it is; `nil` where it does, and for one
    /// that leads nowhere.
    fileprivate var withoutDoubtOfAddress: LoginFacts? {
        guard case .salesforce(var salesforce) = origin, salesforce.emailVerified == nil,
            !salesforce.isInvalidated(email)
        else { return nil }
        salesforce.emailVerified = true
        var facts = self
        facts.origin = .salesforce(salesforce)
        return facts
    }
}

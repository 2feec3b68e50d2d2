package import BridgeCore

/// What was not read of a person that a login might end otherwise by: it takes nothing, and gives nothing back.
package struct SyncDoubts: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// A rule of a higher role asks for what was not read.
    package static let role = SyncDoubts(rawValue: 1)
    /// Whether the user is frozen, and with that whether somebody who was inactive is not any more.
    package static let standing = SyncDoubts(rawValue: 2)
    /// Whether the address is verified.
    package static let address = SyncDoubts(rawValue: 4)

    /// Whether it is not known that a way in may be opened again that was closed for `code`.
    func keepsClosed(_ code: ReasonCode) -> Bool {
        contains(.address) || contains(.standing) && code == .userInactive
    }
}

extension AccessPolicy {
    /// What is in doubt where `facts` give `outcome`.
    package func doubts(about facts: LoginFacts, _ outcome: RuleOutcome) -> SyncDoubts {
        guard case .salesforce(let salesforce) = facts.origin else { return [] }
        var doubts: SyncDoubts = []
        if let role = outcome.role, mayGiveMore(than: role, salesforce) { doubts.insert(.role) }
        if salesforce.isFrozen == nil { doubts.insert(.standing) }
        if salesforce.emailVerified == nil { doubts.insert(.address) }
        return doubts
    }

    /// What the rules alone make of it, as `outcome(of:now:)`; `roles_unavailable` also where what was not read might be
    /// worth a higher role.
    package func certainOutcome(of facts: SalesforceFacts, now: Timestamp) -> RuleOutcome {
        let outcome = outcome(of: facts, now: now)
        guard let role = outcome.role, mayGiveMore(than: role, facts) else { return outcome }
        return .denial(.rolesUnavailable)
    }
}

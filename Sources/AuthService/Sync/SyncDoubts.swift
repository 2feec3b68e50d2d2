package import BridgeCore

/// What was not read of a person that a login might end otherwise by: it takes nothing, and gives nothing back.
package struct SyncDoubts: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Whether the user is frozen, and with that whether somebody who was inactive is not any more.
    package static let standing = SyncDoubts(rawValue: 1)

    /// Whether it is not known that a way in may be opened again that was closed for `code`.
    func keepsClosed(_ code: ReasonCode) -> Bool { contains(.standing) && code == .userInactive }
}

extension AccessPolicy {
    /// What is in doubt where that much is known.
    package func doubts(about facts: LoginFacts, _ outcome: RuleOutcome) -> SyncDoubts {
        guard case .salesforce(let salesforce) = facts.origin else { return [] }
        var doubts: SyncDoubts = []
        if salesforce.isFrozen == nil { doubts.insert(.standing) }
        return doubts
    }
}

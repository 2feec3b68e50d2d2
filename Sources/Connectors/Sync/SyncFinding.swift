internal import AuthService
internal import BridgeCore

/// Somebody about whom something has to be done by what was read in bulk.
struct SyncFinding {
    let person: SyncedPerson
    let key: PersonKey
    /// What a login would end in.
    let outcome: RuleOutcome
    /// What that may be otherwise by.
    var doubts: SyncDoubts = []
    /// What was read; `nil` where that does not suffice for a decision.
    let facts: LoginFacts?
    /// When the row was modified last; `nil` where it was not read.
    let modifiedAt: Timestamp?

    /// What is to be done; `nil` for nothing, and where the person has to be asked about.
    var step: SyncStep? { person.step(by: outcome, doubting: doubts) }

    /// Whether it is about roles or teams.
    var isAboutRoles: Bool {
        switch step {
        case .suspend(let code): code == .roleMissing
        case .lower: true
        case .restore: person.suspendedFor == .roleMissing
        case nil: true
        }
    }

    /// Whether what was read suffices to decide.
    var isDecidable: Bool { facts != nil || outcome == .denial(.userUnknown) }

    /// Whether the account would be suspended, and not one of several ways in alone.
    var suspendsAccount: Bool { !person.hasOtherWay && step?.code != nil }
}

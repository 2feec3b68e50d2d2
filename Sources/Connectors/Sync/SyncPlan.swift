internal import AuthService
internal import BridgeCore

/// What a sync is about to do, when everything has been read.
struct SyncPlan {
    let changes: [PlannedChange]
    let counts: SyncCounts
    /// How many would most likely be suspended who could not be asked about this time, by why.
    let expectedSuspensions: [ReasonCode: Int]
    /// How many of those who can enter are administrators.
    let administratorCount: Int
    /// What was read for it.
    let source: any SyncSource
    /// What it was decided by.
    let basis: SyncBasis
    /// What is remembered once it is done.
    let success: SyncState.Success
}

/// A change with the person as they were when it was decided.
struct PlannedChange {
    let person: SyncedPerson
    let key: PersonKey
    let step: SyncStep
    let change: SyncChange

    var isSuspension: Bool { step.code != nil }

    /// What the person would lose; `nil` for nothing.
    var loss: SyncShare.Loss? {
        switch step {
        case .suspend(let code): .access(code)
        case .lower: .administration
        case .restore: nil
        }
    }

    /// Whether it follows from what the person has of what rules ask for.
    var isForRoles: Bool {
        switch step {
        case .suspend(let code): code == .roleMissing
        case .lower, .restore: true
        }
    }

    /// Whether it is still to be done by what was read anew; `nil` for what is not shown.
    func holds(by roles: SyncRoles?) -> Bool {
        roles.map { person.step(by: $0.outcome, doubting: $0.doubts) == step } ?? false
    }
}

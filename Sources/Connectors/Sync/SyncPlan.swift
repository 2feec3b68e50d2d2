internal import AuthService

/// What a sync is about to do, when everything has been read.
struct SyncPlan {
    let changes: [PlannedChange]
    let counts: SyncCounts
    /// How many would most likely be suspended who could not be asked about this time.
    let expectedSuspensions: Int
    /// What it was decided by.
    let basis: SyncBasis
    /// What is remembered once it is done.
    let success: SyncState.Success
}

/// A change with the person as they were when it was decided.
struct PlannedChange {
    let person: SyncedPerson
    let step: SyncStep
    let change: SyncChange

    var isSuspension: Bool { step.code != nil }
}

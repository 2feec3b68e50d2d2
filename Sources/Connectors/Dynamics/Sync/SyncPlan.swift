internal import AuthService

/// What a sync is about to do, when everything has been read.
struct SyncPlan {
    let changes: [PlannedChange]
    let counts: SyncCounts
    /// How many would most likely be suspended who could not be asked about this time.
    let postponedSuspensions: Int
    /// What is remembered once it is done.
    let success: SyncState.Success
    let cursor: String?
}

/// A change with the person as they were when it was decided.
struct PlannedChange {
    let person: SyncedPerson
    let step: SyncStep
    let change: SyncChange

    var isSuspension: Bool { step.code != nil }

    var item: SyncReport.Item {
        SyncReport.Item(accountID: person.account.id, email: person.account.email, step: step)
    }
}

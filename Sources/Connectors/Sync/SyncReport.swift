package import AuthService
internal import BridgeCore

/// What came of a sync.
package struct SyncReport: Sendable {
    package enum Outcome: Sendable {
        case done
        /// Too many would lose the same (`SyncShare`), and wait until somebody says that it is meant; others do not.
        case stopped
        /// Something could not be read, and nothing was changed; or what was to be changed could not be stored.
        case failed(ConnectorError)
        /// Connection or rules were changed while they were read, and what was left to do was left to the next one.
        case outdated
        /// Its process ends. What had been written stays, and nothing else is remembered of it.
        case interrupted
        /// It is not time yet.
        case notDue
        /// Somebody else is at it.
        case busy
    }

    package let id: ConnectionID
    package let outcome: Outcome
    package let isFull: Bool
    package let counts: SyncCounts
    /// Whom it concerned, in the order in which it was done.
    package let items: [Item]
    /// What waits until somebody says that it is meant.
    package let held: [Item]
    /// How long each that was taken something could do more than the CRM let them, in milliseconds at the most.
    package let delays: [Int64]
    /// Last administrators of the tenant who stayed what they are.
    package let kept: [Account]
    /// What is known of clones of permission sets; `nil` where nobody looked.
    package let clones: CloneReport?

    /// What was done about an account, or would be.
    package struct Item: Sendable {
        package let accountID: String
        package let email: EmailAddress
        package let step: SyncStep

        init(_ effect: SyncEffect) {
            accountID = effect.after.id
            email = effect.after.email
            step = effect.step
        }
    }

    init(
        _ id: ConnectionID, _ outcome: Outcome, isFull: Bool = false, counts: SyncCounts = SyncCounts(),
        items: [Item] = [], held: [Item] = [], delays: [Int64] = [], kept: [Account] = [], clones: CloneReport? = nil
    ) {
        self.id = id
        self.outcome = outcome
        self.isFull = isFull
        self.counts = counts
        self.items = items
        self.held = held
        self.delays = delays
        self.kept = kept
        self.clones = clones
    }
}

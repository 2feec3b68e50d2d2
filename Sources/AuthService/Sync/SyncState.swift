package import BridgeCore

/// What is remembered of a connection's syncs, across restarts and for every instance on the store.
package struct SyncState: Sendable, Hashable {
    /// The version of the connection that was synced: another one may lead elsewhere.
    package var connectionVersion: Int64
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    package var outcome: Outcome
    package var isFull: Bool
    package var counts: SyncCounts
    /// What the last sync that came to its end has left; `nil` where none has.
    package var success: Success?
    /// When the environment is asked again that asked to be left alone.
    package var retryAt: Timestamp?
    /// Behind whom it is gone on with those that are asked about one by one.
    package var cursor = SyncCursor()
    /// What is known of clones of permission sets; `nil` where nobody looked.
    package var clones: CloneReport?
    /// The budget, with what was sent of it by the end, by any process.
    package var budget: SyncBudget.Memory?

    /// How the last sync ended.
    package enum Outcome: Sendable, Hashable {
        case done
        /// Too many would have lost the same (`SyncShare`), and have not.
        case stopped
        /// Something could not be read, and nothing was changed.
        case failed(code: ReasonCode, detail: String, hint: String?)

        /// As documents and metrics name it.
        package var name: String {
            switch self {
            case .done: "done"
            case .stopped: "stopped"
            case .failed: "failed"
            }
        }
    }

    /// How far things were read.
    package struct Success: Sendable, Hashable {
        /// When the last sync that came to its end began.
        package var at: Timestamp
        /// When the last one of everybody began.
        package var fullAt: Timestamp
        /// Up to when modified rows are known.
        package var readTo: Timestamp
        /// When roles were looked at, and what that cost.
        package var rolesAt: Timestamp
        package var roleRequests: Int

        package init(
            at: Timestamp, fullAt: Timestamp, readTo: Timestamp, rolesAt: Timestamp, roleRequests: Int
        ) {
            self.at = at
            self.fullAt = fullAt
            self.readTo = readTo
            self.rolesAt = rolesAt
            self.roleRequests = roleRequests
        }
    }

    package init(
        connectionVersion: Int64, startedAt: Timestamp, finishedAt: Timestamp, outcome: Outcome, isFull: Bool,
        counts: SyncCounts, success: Success?, retryAt: Timestamp? = nil,
        cursor: SyncCursor = SyncCursor(), clones: CloneReport? = nil, budget: SyncBudget.Memory? = nil
    ) {
        self.connectionVersion = connectionVersion
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.outcome = outcome
        self.isFull = isFull
        self.counts = counts
        self.success = success
        self.retryAt = retryAt
        self.cursor = cursor
        self.clones = clones
        self.budget = budget
    }

    /// Whether the connection is still what was synced.
    package func isOf(_ connection: Connection) -> Bool { connectionVersion == connection.version }
}

/// Behind whom it is gone on with the people who are asked about one by one: their subjects.
package struct SyncCursor: Sendable, Hashable {
    /// Of those about whom something seems to have to be done.
    package var findings: String?
    /// Of those who have what they have by what is stored of Entra's groups.
    package var doubtful: String?

    package init(findings: String? = nil, doubtful: String? = nil) {
        self.findings = findings
        self.doubtful = doubtful
    }
}

/// What a sync has seen and done.
package struct SyncCounts: Sendable, Hashable {
    /// Rows of people that were read.
    package var people = 0
    /// Accounts that could enter through the connection when it began.
    package var accounts = 0
    package var suspended = 0
    package var lowered = 0
    package var restored = 0
    /// Accounts that would lose something with too many others, and wait until somebody says that it is meant.
    package var held = 0
    /// Last administrators who stayed what they are.
    package var kept = 0
    /// People who could not be asked about this time, and whose turn comes with the next ones.
    package var postponed = 0
    /// People with access of whom the CRM does not show everything that decides; counted where everybody is read, and
    /// remembered until then.
    package var notShown = 0

    /// What to do about those.
    package static let hintOfNotShown =
        "a Salesforce administrator gives the integration user View All Users, and Manage Multi-Factor Authentication in API"

    package init() {}
}

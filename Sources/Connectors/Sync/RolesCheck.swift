internal import AuthService

/// Looks once more at people about whom something is to be done for what they have: sets of a while ago take nothing from
/// somebody who has just got another one, and give nothing back.
struct RolesCheck {
    /// What is to be done by what has been looked at so far.
    private(set) var changes: [PlannedChange]
    private let source: any SyncSource
    /// Who has not been looked at yet.
    private var waiting: [PersonKey]

    /// How many are looked at before it is known whether there are too many at all.
    private static let firstCount = 200

    init(_ plan: SyncPlan) {
        changes = plan.changes
        source = plan.source
        waiting = plan.changes.filter(\.isForRoles).map(\.key)
    }

    /// Looks at the first of them; where it is not as it seemed of one, the others are left to the next sync, too.
    ///
    /// - Returns: how many are left to it.
    mutating func begin() async throws -> Int {
        let refuted = try await look(atMost: Self.firstCount)
        guard refuted > 0, !waiting.isEmpty else { return refuted }
        let left = Set(waiting)
        waiting = []
        changes.removeAll { left.contains($0.key) }
        return refuted + left.count
    }

    /// Looks at the others.
    ///
    /// - Returns: how many are left to the next sync.
    mutating func finish() async throws -> Int { try await look(atMost: .max) }

    /// Leaves out changes that are not to be done now.
    mutating func leaveOut(_ isHeld: (PlannedChange) -> Bool) {
        let left = Set(changes.filter(isHeld).map(\.key))
        changes.removeAll { left.contains($0.key) }
        waiting.removeAll { left.contains($0) }
    }

    /// Drops what is not to be done any more, and says how many that were.
    private mutating func look(atMost count: Int) async throws -> Int {
        let keys = Array(waiting.prefix(count))
        waiting.removeFirst(keys.count)
        guard !keys.isEmpty, let roles = try await source.rolesAnew(of: keys) else { return 0 }
        let (asked, before) = (Set(keys), changes.count)
        changes.removeAll { asked.contains($0.key) && !$0.holds(by: roles[$0.key]) }
        return before - changes.count
    }
}

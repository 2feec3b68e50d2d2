internal import Synchronization

/// What was found out about an org, for as long as a session of its integration user is kept.
package final class OrgTraits: Sendable {
    private let isWithoutRevocation = Atomic<Bool>(false)

    package init() {}

    /// Whether the org is known to have no column `PermissionSetAssignment.IsRevoked`.
    var lacksRevocation: Bool { isWithoutRevocation.load(ordering: .relaxed) }

    /// Takes note that a query was answered as soon as it did without that column.
    func noteWithoutRevocation() { isWithoutRevocation.store(true, ordering: .relaxed) }
}

internal import BridgeCore

/// What memory holds of one tenant; touched under the directory's lock only.
final class KeptTenant {
    /// `nil` where it has to be read again.
    private(set) var state: TenantState?
    /// Stay when the state has to be read again: a million of them take longer to read than all the rest.
    private(set) var revocations: KeptRevocations

    init(_ state: TenantState, _ revocations: KeptRevocations) {
        self.state = state
        self.revocations = revocations
    }

    /// Takes in what was read.
    func replace(_ state: TenantState, _ revocations: KeptRevocations) {
        retire()
        self.state = state
        self.revocations = revocations
    }

    /// Has everything read again but the revocations that are known, and calls back what was answered.
    func retire() {
        state?.retire()
        state = nil
    }

    /// Calls back what was answered; what was read stays.
    func callBack() {
        let renewed = state?.renewed()
        retire()
        state = renewed
    }
}

/// The revocations of a tenant, as far as they have been read.
struct KeptRevocations: Sendable {
    let set: RevocationSet
    /// Those up to this number are in `set` (`NumberedRevocation`).
    var number: Int64
    /// When the tenant was made they are of: one of the same name that was made later starts without any.
    let tenantCreatedAt: Timestamp
}

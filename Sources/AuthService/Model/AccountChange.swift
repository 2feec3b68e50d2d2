internal import BridgeCore

/// What a person changes about an account by name, decided where it is stored.
package struct AccountChange: Sendable, Hashable {
    package let before: Account
    package let after: Account
    /// What is taken back besides: of a disabled account the tokens from before, which would otherwise be valid again
    /// once it is enabled, and those with an address that is given free, which would make it a new account.
    package let revocations: [Revocation]

    /// - Parameters:
    ///   - patch: what is to be different; a role holds until the next login decides anew.
    ///   - stamp: who makes the change and when.
    /// - Throws: `conflict` where the address of an account is to be given free that stays active.
    package init(_ account: Account, _ patch: AccountPatch, _ stamp: AuditStamp) throws(StoreError) {
        before = account
        var changed = account
        changed.status = patch.status ?? account.status
        changed.role = patch.role ?? account.role
        if patch.releasesAddress {
            guard changed.status == .disabled else { throw .addressInUse(of: account) }
            changed.releaseAddress()
        }
        after = changed
        var revocations: [Revocation] = []
        let isDisabled = account.status == .active && changed.status == .disabled
        // The tokens out there would give the old role back with the next request.
        let isLowered = changed.role < account.role
        if isDisabled || isLowered { revocations.append(Revocation(.account, account.id, issuedBefore: stamp.time)) }
        if changed.email != account.email {
            revocations.append(Revocation(.email, account.email.value, issuedBefore: stamp.time))
        }
        self.revocations = revocations
    }

    /// Whether what a sync has taken is given back: the identities that it suspended are not any more, until the next one.
    package var endsSuspension: Bool { before.status != .active && after.status == .active }

    /// Whether anything is different afterwards.
    package var changesAnything: Bool { before != after }

    /// Whether the tenant has an active administrator less afterwards.
    package var takesAdministrator: Bool { before.isActiveAdministrator && !after.isActiveAdministrator }

    /// Why the change is refused where it takes the last one.
    package var lastAdministratorRefusal: StoreError {
        StoreError(
            .conflict, "\(before.email) is the last active administrator of \(before.license)",
            hint: "make somebody else an administrator first, or say that it is meant: --yes")
    }

    /// `account.disable`, `account.enable`, or `account.change` where the role is another; `account.release` where the
    /// address is given free.
    package func entry(_ stamp: AuditStamp) -> AuditEntry {
        let action =
            before.email != after.email
            ? "account.release"
            : before.role != after.role
                ? "account.change" : after.status == .disabled ? "account.disable" : "account.enable"
        var entry = AuditEntry(
            action, stamp, license: before.license, before: before.changeable, after: after.changeable)
        entry.account = before.id
        return entry
    }
}

extension StoreError {
    fileprivate static func addressInUse(of account: Account) -> StoreError {
        StoreError(
            .conflict, "the address of \(account.id) cannot be given free: the account is active",
            hint: "disable it in the same step: somebody else will have the address")
    }
}

extension Account {
    /// Whether the account can administer its tenant.
    package var isActiveAdministrator: Bool { role == .administrator && status == .active }

    /// What people and syncs change about it, as the audit trail shows it.
    var changeable: JSONValue {
        .object([
            JSONMember(name: "email", value: .string(email.value)),
            JSONMember(name: "role", value: .string(role.rawValue)),
            JSONMember(name: "status", value: .string(status.rawValue)),
        ])
    }
}

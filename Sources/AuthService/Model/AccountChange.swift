internal import BridgeCore

/// What a person changes about an account by name, decided where it is stored.
package struct AccountChange: Sendable, Hashable {
    package let before: Account
    package let after: Account
    /// What disabling takes back besides: tokens from before would otherwise be valid again once the account is
    /// enabled. `nil` for every other change.
    package let revocation: Revocation?

    /// - Parameters:
    ///   - status: the one it is to have; `nil` leaves it.
    ///   - role: the one it is to have, until its next login decides anew; `nil` leaves it.
    ///   - stamp: who makes the change and when.
    package init(_ account: Account, status: Account.Status?, role: Role?, _ stamp: AuditStamp) {
        before = account
        var changed = account
        changed.status = status ?? account.status
        changed.role = role ?? account.role
        after = changed
        let isDisabled = account.status == .active && changed.status == .disabled
        // The tokens out there would give the old role back with the next request.
        let isLowered = changed.role < account.role
        revocation = isDisabled || isLowered ? Revocation(.account, account.id, issuedBefore: stamp.time) : nil
    }

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

    /// `account.disable`, `account.enable`, or `account.change` where the role is another.
    package func entry(_ stamp: AuditStamp) -> AuditEntry {
        let action =
            before.role != after.role
            ? "account.change" : after.status == .disabled ? "account.disable" : "account.enable"
        var entry = AuditEntry(
            action, stamp, license: before.license, before: before.changeable, after: after.changeable)
        entry.account = before.id
        return entry
    }
}

extension Account {
    /// Whether the account can administer its tenant.
    package var isActiveAdministrator: Bool { role == .administrator && status == .active }

    fileprivate var changeable: JSONValue {
        .object([
            JSONMember(name: "email", value: .string(email.value)),
            JSONMember(name: "role", value: .string(role.rawValue)),
            JSONMember(name: "status", value: .string(status.rawValue)),
        ])
    }
}

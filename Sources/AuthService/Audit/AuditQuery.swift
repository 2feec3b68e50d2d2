package import BridgeCore

/// Which audit entries are asked for; what is `nil` does not matter.
package struct AuditQuery: Sendable, Hashable {
    /// Entries at this time or later.
    package var since: Timestamp?
    /// Entries before this time.
    package var until: Timestamp?
    /// The actor's whole name: `cli:root`, `token:tok_...`.
    package var actor: String?
    package var account: AccountNames?
    package var code: ReasonCode?
    package var license: License?
    /// The whole action: `key.import`.
    package var action: String?

    /// The names entries may call one account by.
    package struct AccountNames: Sendable, Hashable {
        /// What was asked for: an id or an address.
        package let name: String
        /// The other one of the two, where it is known.
        package let otherName: String?

        package init(_ name: String, or otherName: String? = nil) {
            self.name = name
            self.otherName = otherName
        }
    }

    package init() {}

    /// Whether the entry filed under `index` is asked for.
    package func matches(_ index: AuditIndex) -> Bool {
        if let since, index.time < since { return false }
        if let until, index.time >= until { return false }
        if let actor, index.actor != actor { return false }
        if let code, index.code != code.rawValue { return false }
        if let license, index.license != license.value { return false }
        if let action, index.action != action { return false }
        guard let account else { return true }
        return index.account.map { $0 == account.name || $0 == account.otherName } ?? false
    }
}

extension AuditQuery.AccountNames {
    /// The names of the account that `text`, an address or an id, speaks of.
    ///
    /// An account that is gone, and one of no tenant in particular, has the name that was given and no other.
    package static func find(
        _ text: String, of license: License?, in store: any AccountStore
    ) async throws(StoreError) -> AuditQuery.AccountNames {
        guard let email = EmailAddress(text) else {
            let account = try await find(license) { license throws(StoreError) in
                try await store.account(id: text, of: license)
            }
            return AuditQuery.AccountNames(text, or: account?.email.value)
        }
        let account = try await find(license) { license throws(StoreError) in
            try await store.account(email, of: license)
        }
        return AuditQuery.AccountNames(email.value, or: account?.id)
    }

    private static func find(
        _ license: License?, _ look: (License) async throws(StoreError) -> Account?
    ) async throws(StoreError) -> Account? {
        guard let license else { return nil }
        return try await look(license)
    }
}

/// The order entries are listed in.
package enum AuditOrder: Sendable, Hashable, CaseIterable {
    case oldestFirst, newestFirst
}

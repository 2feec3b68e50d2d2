internal import AuthService
internal import BridgeCore

extension DoctorCheck {
    /// The clock is not behind what is known to have happened.
    ///
    /// A clock that is ahead shows itself by certificates that have ended.
    static let clock = DoctorCheck(id: "clock") { subject in
        let now = subject.now
        // Another machine's clock may have been a little ahead when it wrote.
        let limit = now.adding(seconds: 60)
        var notes: [Note] = []
        if let builtAt = subject.builtAt, builtAt > limit {
            notes.append(.red("the clock says \(now), but this program was built on \(builtAt)", fix: setClock))
        }
        do throws(StoreError) {
            let latest = try await latestTime(subject)
            if let latest, latest > limit {
                notes.append(.red("the clock says \(now), but the store was written to on \(latest)", fix: setClock))
            }
        } catch {
            notes.append(.red(error))
        }
        return notes.isEmpty ? [.green("the clock says \(now), after all that is known to have happened")] : notes
    }

    private static let setClock = "set the clock of the machine, for example with systemctl start systemd-timesyncd"

    private static func latestTime(_ subject: DoctorSubject) async throws(StoreError) -> Timestamp? {
        guard let store = subject.store else { return nil }
        var latest = try await store.signingKeys().map(\.createdAt).max()
        try await forEachTenant(of: store) { tenant, keys in
            for time in [tenant.createdAt] + keys.map(\.importedAt) { latest = max(latest ?? time, time) }
        }
        return latest
    }
}

/// Calls `body` for every tenant with its keys, page by page.
func forEachTenant(
    of store: any Store, _ body: (Tenant, [TrustedKey]) -> Void
) async throws(StoreError) {
    try await forEachTenant(of: store) { tenant async throws(StoreError) in
        body(tenant, try await store.keys(of: tenant.license))
    }
}

/// Runs `body` for each tenant, page by page.
func forEachTenant(
    of store: any Store, _ body: (Tenant) async throws(StoreError) -> Void
) async throws(StoreError) {
    var last: License?
    while true {
        let tenants = try await store.tenants(after: last, limit: 500)
        for tenant in tenants { try await body(tenant) }
        guard tenants.count == 500 else { return }
        last = tenants.last?.license
    }
}

internal import AuthService
internal import BridgeCore

/// Applies a document to a store, or says what that would do.
struct TenantApplication: Sendable {
    let document: TenantDocument
    /// Whether a tenant that is not there is added.
    let isCreating: Bool
    let isDryRun: Bool
    let time: Timestamp

    /// What was, or would be, done.
    struct Outcome: Sendable {
        let isNew: Bool
        /// Against what was there; for a new tenant, against what a new one starts with.
        let changes: [TenantChange]
        /// The version of the tenant afterwards; `nil` where a dry run cannot know it.
        let version: Int64?
    }

    private var newTenant: Tenant {
        Tenant(license: document.license, name: document.name, createdAt: time, settings: document.settings)
    }

    /// What a dry run says where there is no store yet.
    var onNothing: Outcome {
        let start = TenantDocument(license: document.license, name: nil, settings: .initial)
        return Outcome(
            isNew: true, changes: TenantChange.all(from: start, to: document), version: isDryRun ? nil : 1)
    }

    /// All or nothing; `conflict` where somebody else changes the tenant at the same time.
    func run(on store: any Store) async throws(StoreError) -> Outcome {
        guard let tenant = try await store.tenant(document.license) else { return try await add(to: store) }
        let changes = TenantChange.all(from: TenantDocument(tenant), to: document)
        guard !isDryRun, !changes.isEmpty else {
            return Outcome(isNew: false, changes: changes, version: changes.isEmpty ? tenant.version : nil)
        }
        let version = try await store.update(
            changed(tenant), expectedVersion: tenant.version,
            audit: AuditEntry(
                "tenant.apply", by: .commandLine, at: time, license: document.license,
                before: TenantDocument(tenant).value, after: document.value))
        return Outcome(isNew: false, changes: changes, version: version)
    }

    private func changed(_ tenant: Tenant) -> Tenant {
        var tenant = tenant
        tenant.name = document.name
        tenant.settings = document.settings
        return tenant
    }

    private func add(to store: any Store) async throws(StoreError) -> Outcome {
        guard isCreating else {
            do throws(StoreError) {
                _ = try await store.existingTenant(document.license)
            } catch {
                throw StoreError(error.code, error.detail, hint: "\(error.hint ?? ""), or repeat with --create")
            }
            throw .staleTenant(document.license, version: 1)  // somebody has added it just now
        }
        if !isDryRun { try await store.insert(newTenant) }
        return onNothing
    }
}

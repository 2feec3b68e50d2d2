internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// Makes a tenant what a document says for whoever knows what is there, and for nobody else.
struct TenantUpdate {
    private let call: AdministrationCall

    init(_ call: AdministrationCall) {
        self.call = call
    }

    /// Puts `document` in the place of what `tenant`, which was read in this request, has.
    ///
    /// - Returns: the new version; the one that is there where nothing is different.
    /// - Throws: 428 without `If-Match`, 412 for another version, `FailedRuleTests`.
    func write(_ document: TenantDocument, over tenant: Tenant) async throws -> Int64 {
        guard let condition = call.condition else { throw Self.missingCondition }
        try Self.check(condition, tenant)
        var application = try application(of: document)
        // The version that was read, also for `*`: what was checked is what is replaced.
        application.expectedVersion = tenant.version
        do {
            return try await run(application) ?? tenant.version
        } catch let error as StoreError {
            throw error.code == .conflict ? Self.stale(error.detail) : error
        }
    }

    /// Removes `tenant`, which was read in this request: with a condition, the version it was read in.
    ///
    /// - Throws: 412 for another version.
    func remove(_ tenant: Tenant) async throws {
        try Self.check(call.condition, tenant)
        let entry = AuditEntry(
            "tenant.remove", call.stamp, license: tenant.license, before: TenantDocument(tenant).value)
        do throws(StoreError) {
            // Looked at again where it is removed: somebody may write it meanwhile.
            let isBound = call.condition.map { $0 != .any } ?? false
            try await call.store.remove(
                tenant.license, expectedVersion: isBound ? tenant.version : nil, audit: entry)
        } catch {
            throw error.code == .conflict ? Self.stale(error.detail) : error
        }
        call.directory.remove(tenant.license)
        // It is gone; rows that this leaves, housekeeping removes.
        _ = try? await call.store.removeRemains(of: tenant.license)
    }

    /// The same for settings alone.
    func write(_ settings: TenantSettings, over tenant: Tenant) async throws -> Int64 {
        try await write(
            TenantDocument(license: tenant.license, name: tenant.name, settings: settings), over: tenant)
    }

    /// Adds the tenant of `document`, which is not there, as its first version.
    func add(_ document: TenantDocument) async throws -> Int64 {
        guard call.condition == nil else { throw Self.stale("there is no tenant \(document.license)") }
        var application = try application(of: document)
        application.isCreating = true
        return try await run(application) ?? 1
    }

    private func application(of document: TenantDocument) throws(FailedRuleTests) -> TenantApplication {
        try TenantApplication(of: document, by: call.stamp.actor, at: call.now)
    }

    private func run(_ application: TenantApplication) async throws -> Int64? {
        let outcome = try await application.run(on: call.store)
        if !outcome.changes.isEmpty || outcome.isNew { call.directory.invalidate(outcome.license) }
        for warning in outcome.warnings {
            call.services.log.write(
                .warning, "tenant_warning",
                [
                    ("requestId", .text(call.caller.requestID)), ("license", .text(outcome.license.value)),
                    ("detail", .text(warning)),
                ])
        }
        return outcome.version
    }

    /// Refuses a condition that the tenant does not meet; none is met by every tenant.
    static func check(_ condition: VersionCondition?, _ tenant: Tenant) throws(RequestRefusal) {
        if let condition, !condition.allows(tenant.version) {
            throw stale("the tenant \(tenant.license) has version \(tenant.version) by now")
        }
    }

    private static func stale(_ detail: String) -> RequestRefusal {
        RequestRefusal(
            .preconditionFailed, .conflict, "If-Match: \(detail)",
            hint: "read the document again, make the change in it, and send that with its ETag")
    }

    private static var missingCondition: RequestRefusal {
        RequestRefusal(
            .preconditionRequired, .configurationInvalid, "If-Match: is missing, and there is a document already",
            hint: "send the ETag of the document that was changed, or * to overwrite whatever is there")
    }
}

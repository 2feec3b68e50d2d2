internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// Writes a changed tenant for whoever knows what is there, and for nobody else.
struct TenantUpdate {
    private let call: AdministrationCall

    init(_ call: AdministrationCall) {
        self.call = call
    }

    /// Writes `changed` in the place of `tenant`, which was read in this request.
    ///
    /// - Returns: the new version; the one that is there where nothing is different.
    /// - Throws: 428 without `If-Match`, 412 for another version, `FailedRuleTests`.
    func write(_ changed: Tenant, over tenant: Tenant) async throws -> Int64 {
        guard let condition = call.condition else { throw Self.missingCondition }
        try Self.check(condition, tenant)
        try runTests(of: changed)
        guard changed != tenant else { return tenant.version }
        let entry = tenant.applyEntry(changed, by: call.stamp.actor, at: call.now)
        do throws(StoreError) {
            // The version that was read, also for `*`: what was checked is what is replaced.
            let version = try await call.store.update(changed, expectedVersion: tenant.version, audit: entry)
            call.forget()
            return version
        } catch {
            throw error.code == .conflict ? Self.stale(error.detail) : error
        }
    }

    /// Runs the tenant's rule tests against its own rules.
    func runTests(of tenant: Tenant) throws(FailedRuleTests) {
        let tests = tenant.settings.ruleTests
        let failures = RuleTestRunner(rules: tenant.settings.rules, of: tenant.license).run(tests, now: call.now)
            .filter { !$0.isPassed }
        guard failures.isEmpty else { throw FailedRuleTests(failures: failures, count: tests.count) }
    }

    /// Refuses a condition that the tenant does not meet; none is met by every tenant.
    static func check(_ condition: VersionCondition?, _ tenant: Tenant) throws(RequestRefusal) {
        if let condition, !condition.allows(tenant.version) {
            throw stale("the tenant \(tenant.license) has version \(tenant.version) by now")
        }
    }

    /// 412 for a tenant that is not there.
    static func staleNothing(_ license: License) -> RequestRefusal { stale("there is no tenant \(license)") }

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

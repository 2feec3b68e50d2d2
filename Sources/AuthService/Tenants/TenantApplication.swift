package import BridgeCore

/// Makes a tenant what a document says, or tells what that would change; the same for every way in.
///
/// There is none for a document whose rule tests fail: making one runs them.
package struct TenantApplication: Sendable {
    package let document: TenantDocument
    /// Whether a tenant that is not there is added.
    package var isCreating = false
    /// The version the document was made from; `nil` for whatever is there.
    package var expectedVersion: Int64?
    package var isDryRun = false
    private let actor: Actor
    private let time: Timestamp

    /// Runs the rule tests of `document` with its own rules, as they are at `time`.
    ///
    /// - Throws: the tests that fail, where there are any.
    package init(of document: TenantDocument, by actor: Actor, at time: Timestamp) throws(FailedRuleTests) {
        let settings = document.settings
        let failures = RuleTestRunner(rules: settings.rules, of: document.license)
            .run(settings.ruleTests, now: time).filter { !$0.isPassed }
        guard failures.isEmpty else { throw FailedRuleTests(failures: failures, count: settings.ruleTests.count) }
        self.document = document
        self.actor = actor
        self.time = time
    }

    /// What was, or would be, done.
    package struct Outcome: Sendable {
        package let license: License
        package let isNew: Bool
        /// Against what was there; for a new tenant, against what a new one starts with.
        package let changes: [TenantChange]
        /// The version of the tenant afterwards; `nil` where a dry run cannot know it.
        package let version: Int64?
        package let ruleTestCount: Int
        /// What should be known of it though it was done.
        package let warnings: [String]
        package let isDryRun: Bool
    }

    /// All or nothing; where nothing changes nothing is written, and the version stays.
    ///
    /// - Throws: `not_found` for a tenant that is not there and not to be added; `conflict` where it has another
    ///   version than expected, or somebody else changes it at the same time.
    package func run(on store: any TenantStore & DecisionStore) async throws(StoreError) -> Outcome {
        guard let tenant = try await store.tenant(document.license) else { return try await add(to: store) }
        if let expectedVersion, expectedVersion != tenant.version {
            throw .staleTenant(document.license, version: tenant.version)
        }
        let before = TenantDocument(tenant)
        let changes = TenantChange.all(from: before, to: document)
        let warnings = try await warnings(of: changes, store)
        guard !isDryRun, !changes.isEmpty else {
            return outcome(changes, version: changes.isEmpty ? tenant.version : nil, warnings)
        }
        let entry = AuditEntry(
            "tenant.apply", by: actor, at: time, license: document.license, before: before.value,
            after: document.value)
        let version = try await store.update(changed(tenant), expectedVersion: tenant.version, audit: entry)
        return outcome(changes, version: version, warnings)
    }

    private func warnings(
        of changes: [TenantChange], _ store: any DecisionStore
    ) async throws(StoreError) -> [String] {
        guard changes.contains(where: { $0.place == "rules" }) else { return [] }
        let administrators = try await store.latestDecisionsOfAdministrators(
            of: document.license, limit: AdministratorsLeft.limit)
        let left = AdministratorsLeft(by: document.settings.rules, of: document.license, now: time)
        return [left.warning(administrators)].compactMap(\.self)
    }

    /// What `run` comes to where there is no store yet.
    package var outcomeOnNothing: Outcome { outcomeOfAdding(version: 1) }

    private func outcomeOfAdding(version: Int64) -> Outcome {
        let start = TenantDocument(license: document.license, name: nil, settings: .initial)
        return outcome(
            TenantChange.all(from: start, to: document), isNew: true, version: isDryRun ? nil : version)
    }

    private func outcome(
        _ changes: [TenantChange], isNew: Bool = false, version: Int64?, _ warnings: [String] = []
    ) -> Outcome {
        Outcome(
            license: document.license, isNew: isNew, changes: changes, version: version,
            ruleTestCount: document.settings.ruleTests.count, warnings: warnings, isDryRun: isDryRun)
    }

    private func changed(_ tenant: Tenant) -> Tenant {
        var tenant = tenant
        tenant.name = document.name
        tenant.settings = document.settings
        return tenant
    }

    private func add(to store: any TenantStore) async throws(StoreError) -> Outcome {
        guard isCreating, expectedVersion == nil else {
            throw StoreError(.notFound, "there is no tenant \(document.license)")
        }
        if isDryRun { return outcomeOnNothing }
        let tenant = Tenant(
            license: document.license, name: document.name, createdAt: time, settings: document.settings)
        return outcomeOfAdding(version: try await store.insert(tenant, audit: AuditStamp(actor, at: time)))
    }
}

import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("Applying a tenant document")
struct TenantApplicationTests {
    private static func document(_ members: String = "") throws -> TenantDocument {
        try TenantDocument(parsing: #"{"license":"acme-test","tokenLifetime":"8h","rules":[]\#(members)}"#.utf8)
    }

    private static func application(of document: TenantDocument) throws(FailedRuleTests) -> TenantApplication {
        try TenantApplication(of: document, by: Actor("cli:test"), at: now)
    }

    /// A store with the tenant as `tenant create` makes it.
    private static func store() async throws -> InMemoryStore {
        let store = InMemoryStore()
        try await store.insert(Tenant(license: .test, name: nil, createdAt: now), audit: AuditStamp(.bridge, at: now))
        return store
    }

    private static func code(_ body: () async throws -> Void) async -> ReasonCode? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? StoreError)?.code
        }
    }

    @Test("writes what changes, once")
    func once() async throws {
        let store = try await Self.store()
        let application = try Self.application(of: try Self.document())
        let first = try await application.run(on: store)
        #expect(first.version == 2)
        #expect(first.changes.map(\.place) == ["tokenLifetime"] + Array(repeating: "rules", count: 4))
        let again = try await application.run(on: store)
        #expect(again.version == 2)
        #expect(again.changes.isEmpty)
        let stored = try await store.tenant(.test)
        #expect(stored.map(TenantDocument.init) == application.document)
        #expect(stored?.createdAt == now)
    }

    @Test("changes nothing in a dry run, and says what it would")
    func dryRun() async throws {
        let store = try await Self.store()
        var application = try Self.application(of: try Self.document())
        application.isDryRun = true
        let outcome = try await application.run(on: store)
        #expect(outcome.version == nil)
        #expect(outcome.changes.count == 5)
        #expect(try await store.tenant(.test)?.version == 1)
    }

    @Test("tells who comes with an old version, also where nothing would change")
    func stale() async throws {
        let store = try await Self.store()
        _ = try await Self.application(of: try Self.document()).run(on: store)
        for text in ["", #","handOff":"token""#] {
            for isDryRun in [false, true] {
                var late = try Self.application(of: try Self.document(text))
                late.expectedVersion = 1
                late.isDryRun = isDryRun
                let application = late
                let code = await Self.code { _ = try await application.run(on: store) }
                #expect(code == .conflict)
            }
        }
        var current = try Self.application(of: try Self.document(#","handOff":"token""#))
        current.expectedVersion = 2
        #expect(try await current.run(on: store).version == 3)
    }

    @Test("adds a tenant only when told to, and none that somebody has seen before")
    func creating() async throws {
        let store = InMemoryStore()
        var application = try Self.application(of: try Self.document())
        let plain = application
        let refused = await Self.code { _ = try await plain.run(on: store) }
        #expect(refused == .notFound)
        application.isCreating = true
        application.expectedVersion = 1
        let removedMeanwhile = application
        let gone = await Self.code { _ = try await removedMeanwhile.run(on: store) }
        #expect(gone == .notFound)
        application.expectedVersion = nil
        application.isDryRun = true
        #expect(try await application.run(on: store).isNew)
        #expect(try await store.tenant(.test) == nil)
        application.isDryRun = false
        let outcome = try await application.run(on: store)
        #expect(outcome.isNew && outcome.version == 1)
        #expect(try await store.tenant(.test).map(TenantDocument.init) == application.document)
    }

    @Test("is not made of a document whose own rules fail its tests, which are named")
    func ruleTests() throws {
        let tests = #"""
            ,"ruleTests":[{"name":"a","dynamics":{"teams":[],"securityRoles":[]},"expect":"role_missing"},
            {"name":"b","dynamics":{"teams":["T"],"securityRoles":[]},"expect":"agent"}]
            """#
        let document = try Self.document(tests)
        let error = #expect(throws: FailedRuleTests.self) { _ = try Self.application(of: document) }
        let failed = try #require(error)
        #expect(failed.failures.map(\.test.name) == ["b"])
        #expect(failed.failures.first?.actual == .denial(.roleMissing))
        #expect(failed.count == 2)
        #expect(failed.code == .configurationInvalid)
    }
}

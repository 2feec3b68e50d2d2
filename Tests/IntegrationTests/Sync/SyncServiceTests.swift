import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Glibc
import Simulators
import Testing

/// The whole of it over sockets: the service reads the stand-in by libcurl.
@Suite("A service that keeps accounts in step", .serialized, .blocking)
struct SyncServiceTests {
    private static let id = License(TokenMaker.license).map { ConnectionID(.dynamics, of: $0) }

    /// Runs `body` with a service that syncs every second, and a connection that people came through.
    private static func run(
        _ names: [String], _ body: (ServiceUnderTest, Simulator) async throws -> Void
    ) async throws {
        let running = try RunningSimulator(.builtIn(bridgeURL: "https://sso.example"), clock: SystemClock())
        let simulator = running.simulator
        var settings = ["sync__interval": "1s"]
        for setting in BridgeSettings(simulator, certificateFile: nil).settings {
            settings[setting.name] = setting.value
        }
        do {
            try await ServiceUnderTest.run(settings, clock: SystemClock()) { test in
                try await ServiceUnderTest.withStore(test.configuration) { store in
                    try await connect(store, simulator)
                    for name in names { try await signIn(name, store, simulator) }
                }
                try await body(test, simulator)
            }
        } catch {
            await running.stop()
            throw error
        }
        await running.stop()
    }

    /// The operator's client serves the connection.
    private static func connect(_ store: any Store, _ simulator: Simulator) async throws {
        let now = SystemClock().now
        let client = try GUID(simulator.clientID("bridge") ?? "").unwrapped("client")
        let connection = Connection(
            try id.unwrapped("id"),
            .dynamics(
                DynamicsSettings(
                    tenantID: try tenant(simulator), clientID: nil,
                    environmentURL: simulator.sites[.dataverse("contoso")])), credential: nil, createdAt: now
        )
        .validated(.init(testedAt: now, clientID: client.value, organizationID: nil))
        _ = try await store.put(connection, over: nil, audit: .test)
    }

    private static func tenant(_ simulator: Simulator) throws -> GUID {
        try GUID(simulator.tenantID("contoso") ?? "").unwrapped("tenant")
    }

    private static func signIn(_ name: String, _ store: any Store, _ simulator: Simulator) async throws {
        let now = SystemClock().now
        let email = try EmailAddress.example("\(name)@contoso.example")
        let identity = Identity(
            connection: "dynamics:default", organization: try tenant(simulator).value,
            subject: try simulator.objectID(name).unwrapped(name))
        let attempt = LoginAttempt(
            license: try .example(TokenMaker.license),
            grant: Grant(
                identity: identity, email: email, proof: .dataverseApproved, displayName: nil,
                role: name == "ann" ? .administrator : .agent, rule: nil, validUntil: nil),
            time: now, newAccountID: try RecordID.make("acc_", at: now),
            draft: DecisionDraft(
                id: try RecordID.make("dec_", at: now), source: .dynamics, requestID: nil, facts: nil,
                trace: FullTrace()))
        _ = try await store.settle(attempt).outcome.get()
    }

    private static func token(_ name: String) throws -> String {
        let now = SystemClock().now.seconds
        return try TokenMaker().token([
            "sub": "\"\(name)@contoso.example\"", "iat": "\(now - 1)", "exp": "\(now + 800)",
        ])
    }

    /// Asks until the answer is another than `before`; half a minute stands against a hang.
    private static func change(of before: String, _ ask: () throws -> String) throws -> String {
        let deadline = ContinuousClock.now + .seconds(30)
        var answer = before
        while answer == before, ContinuousClock.now < deadline {
            usleep(50_000)
            answer = try ask()
        }
        return answer
    }

    private static func lastSync(_ test: ServiceUnderTest) async throws -> SyncState? {
        try await ServiceUnderTest.withStore(test.configuration) { store in
            try await store.syncState(of: try id.unwrapped("id"))
        }
    }

    @Test("takes account and tokens, says how long it took, and gives back what it took")
    func worker() async throws {
        try await Self.run(["ann", "ben", "bea", "toni"]) { test, simulator in
            let token = try Self.token("ben")
            #expect(try test.verify(token).verdict == "200")
            try simulator.changePerson("ben", #"{"environments":{"contoso":{"disabled":true}}}"#)
            let refused = try Self.change(of: "200") { try test.verify(token).verdict }
            #expect(refused == "403 account_disabled" || refused == "403 token_revoked", "\(refused)")
            #expect(try test.verify(try Self.token("ben")).verdict == "403 account_disabled")
            #expect(try test.verify(try Self.token("bea")).verdict == "200")
            // The store says so a moment before the sync that wrote it does.
            let count = "cobrowse_sso_deprovision_seconds_count "
            let counted = try Self.change(of: count + "0") {
                try test.send("GET", "/metrics").text.split(separator: "\n").first { $0.hasPrefix(count) }
                    .map(String.init) ?? ""
            }
            #expect(counted == count + "1")
            try simulator.changePerson("ben", #"{"environments":{"contoso":{"disabled":false}}}"#)
            // Not the first token: what was issued until then stays revoked.
            #expect(
                try Self.change(of: "403 account_disabled") { try test.verify(try Self.token("ben")).verdict }
                    != "403 account_disabled")
        }
    }

    @Test("shares the work with another instance: what is done is done once")
    func twoInstances() async throws {
        try await Self.run(["ann", "ben", "bea", "toni"]) { test, simulator in
            let other = try await test.startAnother()
            let token = try Self.token("ben")
            try simulator.changePerson("ben", #"{"environments":{"contoso":{"roles":[]}}}"#)
            #expect(try Self.change(of: "200") { try test.verify(token).verdict }.hasPrefix("403"))
            await other.stop()
            let lines = try await ServiceUnderTest.withStore(test.configuration) { store in
                try await store.auditRecords(after: 0, limit: 999).map(\.line)
            }
            #expect(lines.count { $0.contains(#""action":"account.suspend""#) } == 1)
        }
    }

    @Test("says once what keeps it from reading, and goes on when that is over")
    func trouble() async throws {
        try await Self.run(["ann", "ben", "bea", "toni"]) { test, simulator in
            try simulator.set("dataverse.0x80040220", times: nil, matching: "/systemusers")
            try simulator.changePerson("ben", #"{"environments":{"contoso":{"disabled":true}}}"#)
            let failed = try Self.change(of: "0") { "\(test.log.lines.count { $0.contains("sync_failed") })" }
            #expect(failed == "1")
            #expect(try test.verify(try Self.token("ben")).verdict == "200")
            simulator.clearFaults()
            let token = try Self.token("ben")
            #expect(try Self.change(of: "200") { try test.verify(token).verdict }.hasPrefix("403"))
            #expect(test.log.lines.count { $0.contains("sync_failed") } == 1)
            #expect(test.log.lines.contains { $0.contains("synced") && $0.contains("suspended") })
        }
    }
}

@Suite("The doctor's check of connections that are synced", .blocking)
struct SyncDoctorTests {
    @Test(
        "finds those that have stopped, and those out of step for three intervals",
        arguments: [
            (nil, 0, []), (nil, 181, ["yellow"]), (.done, 180, ["green"]), (.done, 181, ["yellow"]),
            (.stopped, 10, ["red"]), (.failed(code: .upstreamThrottled, detail: "x", hint: nil), 10, ["green"]),
            (.failed(code: .upstreamThrottled, detail: "x", hint: nil), 500, ["yellow"]),
        ] as [(SyncState.Outcome?, Int64, [String])])
    func check(outcome: SyncState.Outcome?, age: Int64, expected: [String]) async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            try await ServiceUnderTest.addTenant(to: configuration)
            let (now, guid) = (TokenMaker.now, try GUID(FakeMicrosoft.client).unwrapped("GUID"))
            let then = now.adding(seconds: -age)
            let id = ConnectionID(.dynamics, of: try .example(TokenMaker.license))
            let settings = DynamicsSettings(tenantID: guid, clientID: guid, environmentURL: FakeMicrosoft.url)
            try await ServiceUnderTest.withStore(configuration) { store in
                let put = try await store.put(
                    Connection(id, .dynamics(settings), credential: nil, createdAt: then), over: nil, audit: .test)
                guard let outcome else { return }
                _ = try await store.beginSync(of: id, by: "a", until: now, at: then)
                try await store.endSync(
                    of: id, by: "a",
                    SyncState(
                        connectionVersion: put.version, startedAt: then, finishedAt: then, outcome: outcome,
                        isFull: true, counts: SyncCounts(),
                        success: .init(at: then, fullAt: then, readTo: then, rolesAt: then, roleRequests: 0)))
            }
            let report = await Doctor.examine(.success(configuration), now: now, builtAt: nil)
            let found = report.findings.filter { $0.check == "sync" }
            #expect(found.map(\.verdict.rawValue) == (expected.isEmpty ? ["green"] : expected), "\(found)")
        }
    }
}

import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("A store of connections")
struct ConnectionConformance {
    private static let time = Timestamp(milliseconds: 1_700_000_000_123)

    private static func guid(_ number: UInt8) throws -> GUID {
        try #require(GUID("00000000-0000-4000-8000-0000000000" + Hex.encode([number])))
    }

    private static func id(_ name: String, of license: String = "one") throws -> ConnectionID {
        ConnectionID(.dynamics, try #require(ConnectionName(name)), of: try .example(license))
    }

    /// A connection that uses every member; `mark` and `end` are its credential's.
    private static func connection(
        _ name: String = "default", of license: String = "one", to host: String? = nil, mark: String = "m",
        endingAt end: Int64? = 1, box: [UInt8] = [0, 1, 2]
    ) throws -> Connection {
        Connection(
            try id(name, of: license),
            .dynamics(
                DynamicsSettings(
                    tenantID: try guid(1), clientID: try guid(2),
                    environmentURL: "https://\(host ?? name).crm4.dynamics.com", readAs: .agent,
                    mailboxApproval: .notUsed, assertionAlgorithm: .rs256)),
            credential: StoredCredential(
                box: box, secret: .init(endsAt: end.map { Timestamp(milliseconds: $0) }, mark: mark, setAt: time)),
            validation: .init(testedAt: time, clientID: try guid(2).value, organizationID: try guid(3).value),
            consent: .granted(at: time), createdAt: time, updatedAt: time.adding(seconds: 1), version: 0)
    }

    /// One with the operator's client, which nobody has tested.
    private static func bare(_ name: String, of license: String = "one") throws -> Connection {
        Connection(
            try id(name, of: license),
            .dynamics(
                DynamicsSettings(
                    tenantID: try guid(1), clientID: nil, environmentURL: "https://\(name).crm.dynamics.com")),
            credential: nil, createdAt: time)
    }

    /// One with a certificate.
    private static func certified(_ name: String) throws -> Connection {
        try connection(name).edited(
            .dynamics(
                DynamicsSettings(tenantID: guid(1), clientID: guid(2), environmentURL: "https://\(name).example")),
            credential: StoredCredential(
                box: [9], secret: nil, key: .init(endsAt: Timestamp(milliseconds: 5), mark: "c", setAt: time),
                certificatePEM: "PEM\n"),
            at: time)
    }

    /// One to Salesforce, whose secret and key have marks and ends of their own.
    private static func salesforce(
        _ name: String = "org", to org: String = "00D8Z000000btHhUAI", secret: StoredCredential.Part?,
        key: StoredCredential.Part?
    ) throws -> Connection {
        Connection(
            ConnectionID(.salesforce, try #require(ConnectionName(name)), of: try .example("one")),
            .salesforce(
                SalesforceSettings(
                    loginURL: "https://acme.my.salesforce.com", clientID: "3MVG9",
                    integrationUsername: "b@acme.example",
                    organizationID: try #require(SalesforceID(org)))),
            credential: StoredCredential(
                box: [7], secret: secret, key: key, certificatePEM: key?.endsAt == nil ? nil : "PEM\n"),
            validation: .init(testedAt: time, clientID: "3MVG9", organizationID: org), consent: .outstanding,
            createdAt: time, updatedAt: time, version: 0)
    }

    private static func part(_ mark: String, endingAt end: Int64? = nil) -> StoredCredential.Part {
        StoredCredential.Part(endsAt: end.map { Timestamp(milliseconds: $0) }, mark: mark, setAt: time)
    }

    private static func withTenants(
        _ kind: StoreUnderTest, _ body: (any Store) async throws -> Void
    ) async throws {
        try await kind.withStore { store in
            for name in ["one", "two"] { try await store.insert(try .example(name)) }
            try await body(store)
        }
    }

    @Test("gives back what was put in, also after being opened again", arguments: StoreUnderTest.allCases)
    func keeps(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            try await store.insert(try .example("one"))
            var stored: [Connection] = []
            for connection in [try Self.connection(), try Self.bare("apac"), try Self.certified("emea")] {
                let put = try await store.put(connection, over: nil, audit: .test)
                #expect(put.version > 0)
                var expected = connection
                expected.version = put.version
                #expect(put == expected)
                stored.append(put)
            }
            await store.close()
            let again = try await place.open()
            for connection in stored { #expect(try await again.connection(connection.id) == connection) }
            // In order of their names.
            #expect(try await again.connections(of: try .example("one")) == [stored[1], stored[0], stored[2]])
            await again.close()
        }
    }

    @Test(
        "gives back a secret and a key, whichever there is, with what is known of each",
        arguments: StoreUnderTest.allCases)
    func keepsParts(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            var version: Int64?
            for (secret, key) in [
                (Self.part("s"), Self.part("k")), (nil, Self.part("k", endingAt: 7)),
                (Self.part("s", endingAt: 6), nil),
                (Self.part("s", endingAt: 6), Self.part("k", endingAt: 7)),
            ] {
                let put = try await store.put(
                    try Self.salesforce(secret: secret, key: key), over: version, audit: .test)
                #expect(put.credential?.secret == secret && put.credential?.key == key)
                #expect(try await store.connection(put.id) == put)
                version = put.version
            }
        }
    }

    @Test("refuses two connections of a tenant to one org", arguments: StoreUnderTest.allCases)
    func oneOrg(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            _ = try await store.put(try Self.salesforce("a", secret: Self.part("s"), key: nil), over: nil, audit: .test)
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.put(
                    try Self.salesforce("b", secret: Self.part("t"), key: nil), over: nil, audit: .test)
            }
            _ = try await store.put(
                try Self.salesforce("b", to: "00D000000000001", secret: Self.part("t"), key: nil), over: nil,
                audit: .test)
        }
    }

    @Test("keeps connections of several names and tenants apart (S4-31, S4-32)", arguments: StoreUnderTest.allCases)
    func apart(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            for connection in [
                try Self.connection("emea"), try Self.connection("apac"), try Self.connection("emea", of: "two"),
            ] {
                _ = try await store.put(connection, over: nil, audit: .test)
            }
            #expect(try await store.connections(of: .example("one")).map(\.id.name.value) == ["apac", "emea"])
            #expect(try await store.connections(of: .example("two")).map(\.id.name.value) == ["emea"])
            #expect(try await store.connections(of: .example("three")).isEmpty)
            #expect(try await store.connection(try Self.id("apac", of: "two")) == nil)
            #expect(
                try await store.connection(
                    ConnectionID(.salesforce, try #require(ConnectionName("emea")), of: try .example("one"))) == nil)
        }
    }

    @Test("replaces what was read, and nothing that came since (S2-20)", arguments: StoreUnderTest.allCases)
    func replaces(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            let first = try await store.put(try Self.connection(), over: nil, audit: .test)
            let second = try await store.put(try Self.connection(mark: "n"), over: first.version, audit: .test)
            #expect(second.version > first.version)
            for version in [nil, first.version, 0, second.version + 1] {
                await #expect(throws: StoreError(.conflict, "")) {
                    _ = try await store.put(try Self.connection(mark: "o"), over: version, audit: .test)
                }
            }
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.put(try Self.connection("emea"), over: 1, audit: .test)
            }
            #expect(try await store.connections(of: .example("one")) == [second])
        }
    }

    @Test("refuses what cannot be", arguments: StoreUnderTest.allCases)
    func refuses(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            await #expect(throws: StoreError(.notFound, "")) {
                _ = try await store.put(try Self.connection(of: "three"), over: nil, audit: .test)
            }
            _ = try await store.put(try Self.connection("a", to: "same"), over: nil, audit: .test)
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.put(try Self.connection("b", to: "same"), over: nil, audit: .test)
            }
            _ = try await store.put(try Self.connection("b", of: "two", to: "same"), over: nil, audit: .test)
            for number in 1..<Connection.largestCount {
                _ = try await store.put(try Self.bare("n\(number)"), over: nil, audit: .test)
            }
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.put(try Self.bare("more"), over: nil, audit: .test)
            }
        }
    }

    /// One that the operator's client reads, or whose agents do.
    private static func operators(
        _ kind: ConnectionID.Kind, of license: String, isRead: Bool = true, isOwn: Bool = false
    ) throws -> Connection {
        let settings: Connection.Settings =
            switch kind {
            case .dynamics:
                .dynamics(
                    DynamicsSettings(
                        tenantID: try guid(1), clientID: isOwn ? try guid(2) : nil,
                        environmentURL: "https://acme.crm.dynamics.com", readAs: isRead ? .application : .agent))
            case .salesforce:
                .salesforce(
                    SalesforceSettings(
                        loginURL: "https://acme.my.salesforce.com", clientID: isOwn ? "3MVG9own" : nil,
                        integrationUsername: isRead ? "b@acme.example" : nil,
                        organizationID: try #require(SalesforceID("00D8Z000000btHhUAI"))))
            }
        return Connection(
            ConnectionID(kind, of: try .example(license)), settings,
            credential: isOwn ? StoredCredential(box: [3], secret: part("own")) : nil, createdAt: time)
    }

    @Test(
        "has the operator's client read an environment or org for one tenant, and does not say for which (S1-8)",
        arguments: StoreUnderTest.allCases, ConnectionID.Kind.allCases)
    func readForOne(store kind: StoreUnderTest, of system: ConnectionID.Kind) async throws {
        try await Self.withTenants(kind) { store in
            try await store.insert(try .example("holder1"))
            let first = try await store.put(try Self.operators(system, of: "holder1"), over: nil, audit: .test)
            let second = try Self.operators(system, of: "two")
            let error = await #expect(throws: StoreError.self) {
                _ = try await store.put(second, over: nil, audit: .test)
            }
            #expect(error?.code == .conflict && error?.detail.contains("for another tenant") == true)
            let text = "\(error?.detail ?? "") \(error?.hint ?? "")"
            #expect(!text.contains("holder1") && !text.contains("b@acme"), "\(text)")
            #expect(try await store.connection(second.id) == nil)
            // Its own tenant may change it, and whoever proves itself, or reads nothing, takes nothing away.
            let changed = try await store.put(
                try Self.operators(system, of: "holder1"), over: first.version, audit: .test)
            let own = try await store.put(try Self.operators(system, of: "two", isOwn: true), over: nil, audit: .test)
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.put(second, over: own.version, audit: .test)
            }
            let asAgents = try await store.put(
                try Self.operators(system, of: "two", isRead: false), over: own.version, audit: .test)
            _ = try await store.removeConnection(changed.id, expectedVersion: nil, audit: .test)
            _ = try await store.put(second, over: asAgents.version, audit: .test)
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.put(try Self.operators(system, of: "holder1"), over: nil, audit: .test)
            }
        }
    }

    @Test("has one of two that come at once read", arguments: StoreUnderTest.allCases, ConnectionID.Kind.allCases)
    func readForOneAtOnce(store kind: StoreUnderTest, of system: ConnectionID.Kind) async throws {
        try await Self.withTenants(kind) { store in
            let codes = await withTaskGroup(of: ReasonCode?.self) { group in
                for license in ["one", "two"] {
                    group.addTask {
                        do {
                            _ = try await store.put(
                                try Self.operators(system, of: license), over: nil, audit: .test)
                            return nil
                        } catch {
                            return (error as? StoreError)?.code ?? .internal
                        }
                    }
                }
                return await group.reduce(into: [ReasonCode?]()) { $0.append($1) }
            }
            #expect(codes.count { $0 == nil } == 1 && codes.count { $0 == .conflict } == 1, "\(codes)")
            let stored = try await store.connections(of: .example("one")) + store.connections(of: .example("two"))
            #expect(stored.count == 1)
        }
    }

    @Test("removes for good what was read, and its version never comes again", arguments: StoreUnderTest.allCases)
    func removes(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            let first = try await store.put(try Self.connection(), over: nil, audit: .test)
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.removeConnection(first.id, expectedVersion: first.version + 1, audit: .test)
            }
            let removed = try await store.removeConnection(first.id, expectedVersion: first.version, audit: .test)
            #expect(removed == first)
            #expect(try await store.connection(first.id) == nil)
            #expect(try await store.sealedRecords().isEmpty)
            await #expect(throws: StoreError(.notFound, "")) {
                _ = try await store.removeConnection(first.id, expectedVersion: nil, audit: .test)
            }
            let again = try await store.put(try Self.connection(), over: nil, audit: .test)
            #expect(again.version > first.version)
            _ = try await store.removeConnection(first.id, expectedVersion: nil, audit: .test)
        }
    }

    @Test("removes them with their tenant, and not with another", arguments: StoreUnderTest.allCases)
    func tenantGone(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            _ = try await store.put(try Self.connection(), over: nil, audit: .test)
            let kept = try await store.put(try Self.connection(of: "two"), over: nil, audit: .test)
            try await store.remove(
                try .example("one"), audit: AuditEntry("tenant.remove", .test, license: try .example("one")))
            #expect(try await store.connections(of: .example("one")).isEmpty)
            #expect(try await store.connection(try Self.id("default")) == nil)
            #expect(try await store.sealedRecords().map(\.name) == [kept.id.sealedRecordName])
        }
    }

    @Test(
        "leaves history where it was (S2-33 to S2-36), and writes changes into it", arguments: StoreUnderTest.allCases)
    func history(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            let login = try Login.example("ann@example.com", of: "one")
            _ = try await store.record(login)
            let connection = try await store.put(try Self.connection(), over: nil, audit: .test)
            _ = try await store.put(try Self.connection(mark: "n"), over: connection.version, audit: .test)
            _ = try await store.removeConnection(connection.id, expectedVersion: nil, audit: .test)
            #expect(try await store.accounts(of: .example("one"), after: nil, limit: 9).count == 1)
            #expect(try await store.decisions(of: .example("one"), email: nil, before: nil, limit: 9).count == 1)
            let lines = try await store.auditRecords(after: 0, limit: 99).map(\.line)
            #expect(lines.filter { $0.contains(#""action":"connection."#) }.count == 3)
            #expect(!lines.contains { $0.contains("AAEC") || $0.contains("000102") })
        }
    }

    @Test("gives and changes the boxes of credentials, all or none", arguments: StoreUnderTest.allCases)
    func reseals(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            let a = try await store.put(try Self.connection("a", box: [1]), over: nil, audit: .test)
            let b = try await store.put(try Self.connection("b", of: "two", box: [2]), over: nil, audit: .test)
            _ = try await store.put(try Self.bare("c"), over: nil, audit: .test)
            let entry = AuditEntry("masterKey.rotate", .test, license: nil)
            #expect(
                Set(try await store.sealedRecords())
                    == [
                        SealedRecord(name: a.id.sealedRecordName, box: [1]),
                        SealedRecord(name: b.id.sealedRecordName, box: [2]),
                    ])
            await #expect(throws: StoreError(.passwordWrong, "")) {
                _ = try await store.reseal(entry) { record throws(StoreError) in
                    guard record.box == [1] else { throw StoreError(.passwordWrong, "") }
                    return [7]
                }
            }
            #expect(try await store.connection(a.id) == a)
            #expect(try await store.reseal(entry) { $0.box + [0] } == 2)
            let resealed = try await store.connection(a.id)
            #expect(resealed?.credential?.box == [1, 0])
            // The same credential: whoever read the document before may still write it.
            #expect(resealed?.version == a.version)
        }
    }

    @Test(
        "knows which credentials end, first those that end first, with all who share them (S4-7)",
        arguments: StoreUnderTest.allCases)
    func ends(kind: StoreUnderTest) async throws {
        try await Self.withTenants(kind) { store in
            for connection in [
                try Self.connection("a", mark: "x", endingAt: 300), try Self.connection("b", mark: "x", endingAt: nil),
                try Self.connection("c", of: "two", mark: "x", endingAt: 200),
                try Self.connection("d", mark: "y", endingAt: 100),
                try Self.connection("e", mark: "z", endingAt: nil), try Self.certified("f"), try Self.bare("g"),
                try Self.salesforce(secret: Self.part("p", endingAt: 400), key: Self.part("q", endingAt: 50)),
            ] {
                _ = try await store.put(connection, over: nil, audit: .test)
            }
            let all = [
                CredentialEnd(
                    kind: .certificate, mark: "c", endsAt: Timestamp(milliseconds: 5), connections: [try Self.id("f")]),
                CredentialEnd(
                    kind: .certificate, mark: "q", endsAt: Timestamp(milliseconds: 50),
                    connections: [
                        ConnectionID(.salesforce, try #require(ConnectionName("org")), of: try .example("one"))
                    ]),
                CredentialEnd(
                    kind: .secret, mark: "y", endsAt: Timestamp(milliseconds: 100), connections: [try Self.id("d")]),
                CredentialEnd(
                    kind: .secret, mark: "x", endsAt: Timestamp(milliseconds: 200),
                    connections: [try Self.id("a"), try Self.id("b"), try Self.id("c", of: "two")]),
                CredentialEnd(
                    kind: .secret, mark: "p", endsAt: Timestamp(milliseconds: 400),
                    connections: [
                        ConnectionID(.salesforce, try #require(ConnectionName("org")), of: try .example("one"))
                    ]),
            ]
            #expect(try await store.credentialEnds(limit: 9) == all)
            #expect(try await store.credentialEnds(limit: 2) == Array(all.prefix(2)))
            #expect(try await store.credentialEnds(limit: -1).isEmpty)
        }
    }
}

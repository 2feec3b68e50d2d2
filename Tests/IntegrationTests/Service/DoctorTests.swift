import AuthService
import BridgeCore
import BridgeTesting
import FoundationEssentials
import Glibc
import Testing

@testable import BridgeService
@testable import StoreSQLite

@Suite("doctor", .blocking)
struct DoctorTests {
    /// What it finds at the time of the tokens, without what is green: `red master-key`.
    private static func findings(_ configuration: Configuration, now: Timestamp = TokenMaker.now) async -> [String] {
        await Doctor.examine(.success(configuration), now: now, builtAt: nil).findings
            .filter { $0.verdict != .green }.map { "\($0.verdict.rawValue) \($0.check)" }
    }

    private static func withInstallation(_ body: (Configuration) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            try await ServiceUnderTest.addTenant(to: configuration)
            try await ServiceUnderTest.start(configuration).stop()
            try await body(configuration)
        }
    }

    @Test("finds nothing wrong with a sound installation, also while it serves, and every finding has what to do")
    func sound() async throws {
        try await ServiceUnderTest.run { test in
            #expect(await Self.findings(test.configuration).filter { !$0.hasSuffix("disk-space") } == [])
            let later = TokenMaker.now.adding(seconds: 400 * 86_400)
            let report = await Doctor.examine(.success(test.configuration), now: later, builtAt: nil)
            for finding in report.findings { #expect((finding.verdict == .green) == (finding.fix == nil)) }
            #expect(report.findings.contains { $0.check == "signing-keys" && $0.verdict == .yellow })
        }
    }

    @Test("finds modes that let others in, a lost, a wrong and half a master key")
    func keys() async throws {
        try await Self.withInstallation { configuration in
            try #require(chmod(configuration.masterKeyFile, 0o604) == 0)
            #expect(await Self.findings(configuration).contains("red file-modes"))
            try #require(chmod(configuration.masterKeyFile, 0o640) == 0)
            #expect(await Self.findings(configuration).contains("yellow file-modes"))
            for bytes in [[UInt8](repeating: 7, count: 32), [1]] {
                try Data(bytes).write(to: URL(filePath: configuration.masterKeyFile))
                #expect(await Self.findings(configuration).contains("red master-key"))
            }
            unlink(configuration.masterKeyFile)
            #expect(await Self.findings(configuration).contains("red master-key"))
            #expect(access(configuration.masterKeyFile, F_OK) != 0)
        }
    }

    @Test(
        "finds client secrets near their end, or without a known one, and connections untested or not consented to",
        arguments: [
            (70, "consented", []), (50, "consented", ["yellow"]), (9, "consented", ["red"]),
            (-1, "consented", ["red"]), (nil, "consented", ["yellow"]), (70, "new", ["red"]),
            (9, "new", ["red", "red"]), (70, "tested", ["yellow"]), (nil, "tested", ["yellow", "yellow"]),
        ] as [(Int64?, String, [String])])
    func connections(days: Int64?, state: String, expected: [String]) async throws {
        try await Self.withInstallation { configuration in
            let guid = try #require(GUID(FakeMicrosoft.client))
            let id = ConnectionID(.dynamics, of: try .example(TokenMaker.license))
            let keyring = MasterKeyring(masterKeyFile: configuration.masterKeyFile, isInUse: true)
            let credential = try ConnectionCredential.secret(Secret(Array("s3cret".utf8))).sealed(
                for: id, client: guid, endingAt: days.map { TokenMaker.now.adding(seconds: $0 * 86_400) },
                at: TokenMaker.now, by: keyring)
            let settings = DynamicsSettings(tenantID: guid, clientID: guid, environmentURL: FakeMicrosoft.url)
            let new = Connection(id, .dynamics(settings), credential: credential, createdAt: TokenMaker.now)
            let tested = new.validated(.init(testedAt: TokenMaker.now, clientID: guid.value, organizationID: nil))
            try await ServiceUnderTest.withStore(configuration) { store in
                let states = ["new": new, "tested": tested, "consented": tested.consented(at: TokenMaker.now)]
                _ = try await store.put(try #require(states[state]), over: nil, audit: .test)
            }
            let found = await Self.findings(configuration).filter { $0.hasSuffix(" connections") }
            #expect(found == expected.map { "\($0) connections" })
            try Data([UInt8](repeating: 7, count: 32)).write(to: URL(filePath: configuration.masterKeyFile))
            let report = await Doctor.examine(.success(configuration), now: TokenMaker.now, builtAt: nil)
            let masterKey = report.findings.first { $0.check == "master-key" }
            #expect(masterKey?.detail.contains(id.sealedRecordName) == true)
        }
    }

    @Test(
        "finds certificates of Salesforce connections near their end or unknown, and no fault in a secret without one",
        arguments: [
            (70, true, []), (50, true, ["yellow"]), (9, true, ["red"]), (nil, true, ["yellow"]), (70, false, ["red"]),
        ] as [(Int64?, Bool, [String])])
    func salesforceConnections(days: Int64?, isTested: Bool, expected: [String]) async throws {
        try await Self.withInstallation { configuration in
            let id = ConnectionID(.salesforce, of: try .example(TokenMaker.license))
            let part = { (days: Int64?, mark: String) in
                StoredCredential.Part(
                    endsAt: days.map { TokenMaker.now.adding(seconds: $0 * 86_400) }, mark: mark, setAt: TokenMaker.now)
            }
            let keyring = MasterKeyring(masterKeyFile: configuration.masterKeyFile, isInUse: true)
            let credential = StoredCredential(
                box: try keyring.seal(Secret([1]), for: id.sealedRecordName), secret: part(nil, "s"),
                key: part(days, "k"),
                certificatePEM: days == nil ? nil : "PEM")
            let settings = SalesforceSettings(
                loginURL: FakeOrg.login, clientID: FakeOrg.clientID, integrationUsername: FakeOrg.username,
                organizationID: try #require(SalesforceID(FakeOrg.organization)))
            let new = Connection(id, .salesforce(settings), credential: credential, createdAt: TokenMaker.now)
            let tested = new.validated(
                .init(testedAt: TokenMaker.now, clientID: FakeOrg.clientID, organizationID: FakeOrg.organization))
            try await ServiceUnderTest.withStore(configuration) { store in
                _ = try await store.put(isTested ? tested : new, over: nil, audit: .test)
            }
            let report = await Doctor.examine(.success(configuration), now: TokenMaker.now, builtAt: nil)
            let found = report.findings.filter { $0.check == "connections" }
            #expect(found.filter { $0.verdict != .green }.map { "\($0.verdict)" } == expected)
            #expect(found.compactMap(\.fix).allSatisfy { $0.contains("cobrowse-sso salesforce save") })
        }
    }

    @Test("finds a clock that is behind the store or the program")
    func clock() async throws {
        try await Self.withInstallation { configuration in
            let early = TokenMaker.now.adding(seconds: -3_600)
            #expect(await Self.findings(configuration, now: early).contains("red clock"))
            let report = await Doctor.examine(
                .success(configuration), now: TokenMaker.now, builtAt: TokenMaker.now.adding(seconds: 3_600))
            #expect(report.findings.contains { $0.check == "clock" && $0.verdict == .red })
        }
    }

    @Test(
        "finds certificates near their end, unless another key lasts",
        arguments: [
            (70, nil, []), (50, nil, ["yellow"]), (9, nil, ["red"]), (-1, nil, ["red"]), (-1, 90, ["yellow"]),
            (-1, 5, ["red", "red"]), (9, 90, ["yellow"]),
        ] as [(Int64, Int64?, [String])])
    func certificates(days: Int64, otherDays: Int64?, expected: [String]) async throws {
        try await Self.withInstallation { configuration in
            let start = TokenMaker.now.adding(seconds: -9_000_000)
            let ends = [days, otherDays].compactMap(\.self).map { TokenMaker.now.adding(seconds: $0 * 86_400) }
            try await ServiceUnderTest.withStore(configuration) { store in
                try await store.insert(
                    Tenant(license: try .example("second"), name: nil, createdAt: start))
                _ = try await store.insert(
                    try ends.enumerated().map { index, end in
                        TrustedKey(
                            id: "key\(index)", license: try .example("second"), alias: nil, declaredKeyID: nil,
                            publicKey: [], certificate: [], notBefore: start, notAfter: end, importedAt: start)
                    })
            }
            let found = await Self.findings(configuration).filter { $0.hasSuffix("tenant-certificates") }
            #expect(found == expected.map { "\($0) tenant-certificates" })
        }
    }

    @Test("finds a damaged database, a newer and an older one, which it does not migrate")
    func database() async throws {
        try await Self.withInstallation { configuration in
            let path = configuration.databaseFile
            let sound = try Data(contentsOf: URL(filePath: path))
            var damaged = sound
            // The root of a table that is read by nobody who opens the store, then all but the first two pages.
            let root = Int(
                try SQLiteConnection(path).integer("SELECT rootpage FROM sqlite_schema WHERE name = 'decisions'"))
            for (range, check) in [
                ((root - 1) * 4_096..<root * 4_096, "integrity"), (8_192..<sound.count, "schema"),
            ] {
                for index in range { damaged[index] = 0x55 }
                try damaged.write(to: URL(filePath: path))
                let found = await Self.findings(configuration)
                #expect(found.contains("red \(check)"), "\(found)")
            }
            try sound.write(to: URL(filePath: path))
            try SQLiteConnection(path).execute("PRAGMA user_version = 99")
            #expect(await Self.findings(configuration).contains("red schema"))
            unlink(path)
            try makeVersion1(path)
            #expect(await Self.findings(configuration).contains("yellow schema"))
            #expect(try StoreFile(path).schema().found == 1)
        }
    }

    @Test("makes nothing where there is nothing")
    func nothing() async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            let report = await Doctor.examine(.success(configuration), now: TokenMaker.now, builtAt: nil)
            #expect(report.verdict == .yellow)
            #expect(try contents(of: directory).isEmpty)
        }
    }

    @Test("has every problem of the configuration")
    func configuration() async throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration.read(file: ("f", "a=1\nlog__level=x\n"))
        }
        let report = await Doctor.examine(.failure(error), now: TokenMaker.now, builtAt: nil)
        #expect(report.findings.map(\.check) == ["configuration", "configuration"])
        #expect(report.verdict == .red)
    }
}

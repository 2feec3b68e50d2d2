import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import FoundationEssentials
import Glibc
import Synchronization
import Testing

@testable import StoreSQLite

@Suite(
    "A disk that is full or read-only", .blocking, .serialized,
    .enabled(if: SmallDisk.isAvailable, "needs root, to mount a small file system"))
struct SmallDiskTests {
    private static func login(_ address: String, at time: Timestamp) throws -> Login {
        Login(
            license: try .example(TokenMaker.license), email: try .example(address), displayName: nil, role: .agent,
            time: time, newAccountID: try RecordID.make("acc_", at: time))
    }

    private static func waitForLine(_ prefix: String, _ log: CollectingLog) -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if log.lines.contains(where: { $0.hasPrefix(prefix) }) { return true }
            usleep(10_000)
        }
        return false
    }

    private static func emails(_ configuration: Configuration) async throws -> [String] {
        try await ServiceUnderTest.withStore(configuration) { store in
            try await store.accounts(of: try .example(TokenMaker.license), after: nil, limit: 100).map(\.email.value)
        }
    }

    @Test("keeps out who is new, and nobody who is known; with room again all is as before")
    func full() async throws {
        let disk = try SmallDisk()
        let settings = ["data_dir": disk.path + "/data"]
        try await ServiceUnderTest.run(settings) { test in
            try await ServiceUnderTest.withStore(test.configuration) { store in
                let earlier = TokenMaker.now.adding(seconds: -9_000)
                _ = try await store.record(try Self.login("carol@example.com", at: earlier))
            }
            let (ann, bob) = (try TokenMaker().token(), try TokenMaker().token(["sub": "\"bob@example.com\""]))
            let carol = try TokenMaker().token(["sub": "\"carol@example.com\""])
            #expect(try test.verify(ann).verdict == "200")

            disk.fill()
            for _ in 0..<3 { #expect(try test.verify(bob).verdict == "500 internal") }
            #expect(test.log.lines.contains { $0.hasPrefix("error login_refused ") && $0.contains("disk is full") })
            #expect(Self.waitForLine("error store_unwritable ", test.log))
            for _ in 0..<3 {
                #expect(try test.verify(ann).verdict == "200")
                #expect(try test.verify(carol).verdict == "200")
                #expect(try test.authorize(ann).status == 204)
            }
            let tenant = Tenant(license: try .example("other"), name: nil, createdAt: TokenMaker.now)
            let refusal = await code {
                try await ServiceUnderTest.withStore(test.configuration) { store in _ = try await store.insert(tenant) }
            }
            #expect(refusal != nil)
            #expect(throws: StoreError.self) {
                try StoreFile(test.configuration.databaseFile).copy(to: disk.path + "/copy.db")
            }
            #expect(try StoreFile(test.configuration.databaseFile).damages().isEmpty)

            disk.free()
            #expect(try test.verify(bob).verdict == "200")
            #expect(Self.waitForLine("info store_writable ", test.log))
            let names = try await Self.emails(test.configuration).map { $0.prefix { $0 != "@" } }
            #expect(names == ["ann", "bob", "carol"])
            #expect(try StoreFile(test.configuration.databaseFile).damages().isEmpty)
        }
    }

    @Test("that fills up under many first logins has exactly those that were answered")
    func halfWritten() async throws {
        let disk = try SmallDisk(size: "1m")
        let path = disk.path + "/bridge.db"
        let store = try SQLiteStore.open(at: path)
        try await store.insert(try .example())
        let logins = try (0..<6_000).map { try Login.example("a\($0)@example.com", id: $0) }
        // A small transaction may still fit after one that did not: what counts is that one was told why.
        let wasFull = Atomic(false)
        let codes = await concurrently(6_000) { number in
            await code {
                do {
                    _ = try await store.record(logins[number])
                } catch let error as StoreError {
                    if error.detail.contains("full") { wasFull.store(true, ordering: .relaxed) }
                    throw error
                }
            }
        }
        #expect(Set(codes) == [nil, .internal] || Set(codes) == [.internal])
        let wasTold = wasFull.load(ordering: .relaxed)
        #expect(wasTold)
        let answered = Set(zip(logins, codes).filter { $0.1 == nil }.map(\.0.newAccountID))
        let stored = try await store.accounts(of: try .example(), after: nil, limit: 10_000)
        #expect(Set(stored.map(\.id)) == answered)
        await store.close()
        #expect(try StoreFile(path).damages().isEmpty)
    }

    @Test("without room for a restore leaves the store as it was")
    func restore() async throws {
        let disk = try SmallDisk()
        try await withTemporaryDirectory { directory in
            let file = StoreFile(disk.path + "/bridge.db")
            await (try SQLiteStore.open(at: file.path)).close()
            try Data().write(to: URL(filePath: directory + "/copy.db"))
            try file.copy(to: directory + "/copy.db")
            let bytes = try contents(of: disk.path)["bridge.db"]
            disk.fill()
            let backup = StoreFile(directory + "/copy.db")
            #expect(await code { _ = try file.replace(with: backup, keepingOldAs: "before") } == .internal)
            disk.free()
            #expect(try contents(of: disk.path) == ["bridge.db": try #require(bytes)])
        }
    }

    @Test("that is read-only is said by name, and serves again without repair")
    func readOnly() async throws {
        let disk = try SmallDisk()
        let settings = ["data_dir": disk.path + "/data"]
        let configuration = try ServiceUnderTest.configuration(in: disk.path, settings)
        try await ServiceUnderTest.addTenant(to: configuration)
        try await ServiceUnderTest.start(configuration).stop()
        try disk.makeReadOnly(true)
        let error = await #expect(throws: ServiceError.self) { try await ServiceUnderTest.start(configuration).stop() }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.detail.contains("Read-only file system") == true)
        try disk.makeReadOnly(false)
        let service = try await ServiceUnderTest.start(configuration)
        let client = try RawClient(port: service.port)
        let token = try TokenMaker().token()
        client.send(ServiceUnderTest.request("POST", "/api/1/sso/verify", body: #"{"token":"\#(token)"}"#))
        #expect(try client.response().status == 200)
        await service.stop()
    }
}

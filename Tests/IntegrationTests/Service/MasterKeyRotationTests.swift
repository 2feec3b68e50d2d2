import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Glibc
import Testing

@testable import BridgeService

@Suite("An exchange of the master key", .blocking)
struct MasterKeyRotationTests {
    private static let now = TokenMaker.now
    private static let actor = Actor("cli:test")

    private static func rotate(_ configuration: Configuration) async throws -> MasterKeyRotation.Outcome {
        try await ServiceUnderTest.withStore(configuration) { store in
            try await MasterKeyRotation.run(store, masterKeyFile: configuration.masterKeyFile, by: actor, now: now)
        }
    }

    /// Whether everything in the store can be opened with what lies at `path`.
    private static func opens(_ configuration: Configuration) async throws -> Bool {
        try await ServiceUnderTest.withStore(configuration) { store in
            let keys = try MasterKeyFile.open(configuration.masterKeyFile, isInUse: true)
            let records = try await store.sealedRecords()
            #expect(!records.isEmpty)
            return records.allSatisfy { (try? keys.open($0.box, for: $0.name)) != nil }
        }
    }

    @Test("leaves the service running, and nothing sealed with the old key")
    func running() async throws {
        try await ServiceUnderTest.run { test in
            let path = test.configuration.masterKeyFile
            let old = try #require(TextFile.bytes(path))
            let chest = try SigningKeyChest(masterKeyFile: path, isInUse: true)  // as the service has it in memory
            for _ in 0..<2 {
                let outcome = try await Self.rotate(test.configuration)
                #expect(outcome.recordCount == 1 && !outcome.isResumed)
                let stored = try await ServiceUnderTest.withStore(test.configuration) { try await $0.signingKeys() }
                try chest.check(stored)
                #expect(try test.send("GET", "/.well-known/jwks.json").status == 200)
            }
            let new = try #require(TextFile.bytes(path))
            #expect(new.count == 32 && new != old)
            #expect(TextFile.bytes("\(path).next") == nil)
            let oldKey = try #require(MasterKey(old))
            let records = try await ServiceUnderTest.withStore(test.configuration) { try await $0.sealedRecords() }
            for record in records {
                #expect(throws: CryptoError.self) { try oldKey.open(record.box, for: record.name) }
            }
            try await test.restart()
            #expect(try test.send("GET", "/healthz").status == 200)
            let lines = test.log.lines
            #expect(!lines.contains { $0.contains("master_key_rotation_unfinished") })
        }
    }

    @Test("a chest that has opened nothing yet follows it")
    func stale() async throws {
        try await ServiceUnderTest.run { test in
            let chest = try SigningKeyChest(masterKeyFile: test.configuration.masterKeyFile, isInUse: true)
            _ = try await Self.rotate(test.configuration)
            _ = try await Self.rotate(test.configuration)
            let stored = try await ServiceUnderTest.withStore(test.configuration) { try await $0.signingKeys() }
            #expect(try chest.privateKey(of: try #require(stored.first)).publicKey.thumbprint == stored.first?.id)
            // What a process seals that does not know of the exchange yet can be opened all the same.
            let late = try chest.makeKey(for: .next, now: Self.now)
            try SigningKeyChest(masterKeyFile: test.configuration.masterKeyFile, isInUse: true).check([late])
        }
    }

    @Test("that was interrupted hinders nobody, and is finished by doing it again", arguments: 0..<3)
    func interrupted(step: Int) async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            try await ServiceUnderTest.start(configuration).stop()
            let path = configuration.masterKeyFile
            let next = try MasterKeyFile.make(MasterKeyFile.next(path))
            if step >= 1 {
                let keys = try MasterKeyFile.open(path, isInUse: true)
                try await ServiceUnderTest.withStore(configuration) { store in
                    let entry = AuditEntry("masterKey.rotate", by: Self.actor, at: Self.now, license: nil)
                    _ = try await store.reseal(entry) { record throws(StoreError) in
                        (try? keys.rewrap(record.box, for: record.name, under: next)) ?? []
                    }
                }
            }
            if step >= 2 { #expect(TextFile.replaceWithLink(MasterKeyFile.previous(path), to: path) == 0) }
            #expect(try await Self.opens(configuration))
            let log = CollectingLog()
            try await ServiceUnderTest.start(configuration, log: log).stop()
            #expect(log.lines.contains { $0.hasPrefix("warning master_key_rotation_unfinished ") })
            let report = await Doctor.examine(.success(configuration), now: Self.now, builtAt: nil)
            let finding = try #require(report.findings.first { $0.check == "master-key" })
            #expect(finding.verdict == .yellow && finding.fix == "cobrowse-sso key rotate --master")
            let drafts = ["\(path).next.17", "\(path).previous.99"]
            for draft in drafts { try #require(link(path, draft) == 0) }
            let waiting = try #require(TextFile.bytes(MasterKeyFile.next(path)))
            #expect(try await Self.rotate(configuration).isResumed)
            #expect(TextFile.bytes(path) == waiting)
            #expect(TextFile.bytes(MasterKeyFile.next(path)) == nil)
            for draft in drafts { #expect(access(draft, F_OK) != 0) }
            #expect(try await Self.opens(configuration))
        }
    }

    @Test("changes nothing where a record cannot be opened, and names it")
    func unopened() async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            try await ServiceUnderTest.start(configuration).stop()
            let entry = AuditEntry("test", by: Self.actor, at: Self.now, license: nil)
            let sealed = try await ServiceUnderTest.withStore(configuration) { store in
                let id = try await store.signingKeys().map(\.id).joined()
                _ = try await store.reseal(entry) { Array($0.box.reversed()) }
                for run in [false, true] {
                    let path = configuration.masterKeyFile
                    let error = await #expect(throws: ServiceError.self) {
                        if run {
                            _ = try await MasterKeyRotation.run(
                                store, masterKeyFile: path, by: Self.actor, now: Self.now)
                        } else {
                            _ = try await MasterKeyRotation.preview(store, masterKeyFile: path)
                        }
                    }
                    #expect(error?.code == .passwordWrong)
                    #expect(error?.detail.contains("signing key \(id)") == true)
                }
                _ = try await store.reseal(entry) { Array($0.box.reversed()) }
                return try await store.sealedRecords()
            }
            #expect(!sealed.isEmpty)
            #expect(try await Self.opens(configuration))
            try await ServiceUnderTest.start(configuration).stop()
        }
    }

    @Test("is made by one at a time")
    func lock() async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            try await ServiceUnderTest.start(configuration).stop()
            let descriptor = open(configuration.masterKeyFile, O_RDONLY | O_CLOEXEC)
            #expect(flock(descriptor, LOCK_EX) == 0)
            let key = TextFile.bytes(configuration.masterKeyFile)
            let error = await #expect(throws: ServiceError.self) { _ = try await Self.rotate(configuration) }
            #expect(error?.code == .conflict)
            #expect(TextFile.bytes(configuration.masterKeyFile) == key)
            // Said, not left to close: the children of other tests have a copy of the descriptor until they run.
            flock(descriptor, LOCK_UN)
            close(descriptor)
            _ = try await Self.rotate(configuration)
            #expect(TextFile.bytes(configuration.masterKeyFile) != key)
        }
    }

    @Test("with the master key of another key than the current one is said at start-up, by name")
    func otherNext() async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            try await ServiceUnderTest.start(configuration).stop()
            let foreign = try SigningKeyChest(masterKeyFile: "\(directory)/other.key", isInUse: false)
                .makeKey(for: .next, now: Self.now)
            try await ServiceUnderTest.withStore(configuration) { store in
                _ = try await store.insertIfNone(
                    foreign, AuditEntry("test", by: Self.actor, at: Self.now, license: nil))
            }
            let error = await #expect(throws: ServiceError.self) {
                try await ServiceUnderTest.start(configuration).stop()
            }
            #expect(error?.code == .passwordWrong)
            #expect(error?.detail.contains("next signing key \(foreign.id)") == true)
            #expect(error?.detail.contains(configuration.masterKeyFile) == true)
        }
    }
}

import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeService
@testable import StoreSQLite

@Suite("The housekeeping of a service")
struct HousekeeperTests {
    private static func context(_ store: SQLiteStore, keep: String, _ log: CollectingLog) throws -> ServiceContext {
        let configuration = try Configuration.read(file: ("f", "decisions__keep=\(keep)\n"))
        let directory = LoginDirectory(store: store, addresses: configuration.addresses, bridgeKeys: [])
        return ServiceContext(
            logins: LoginService(directory: directory, accounts: store), store: store,
            clock: FixedClock(Timestamp(seconds: 10 * 86_400)), log: log, keys: [], cacheCapacity: 2,
            live: LiveConfiguration(configuration))
    }

    @Test("removes decisions that are older than the setting of the moment says, and logs how many")
    func removes() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await putDecisions(86_400 * 3 - 5..<86_400 * 3 + 5, of: "a", store)
            let log = CollectingLog()
            let context = try Self.context(store, keep: "8d", log)
            let keeper = Housekeeper(context)
            await keeper.run()
            #expect(log.lines.isEmpty)
            context.live.replace(try Configuration.read(file: ("f", "decisions__keep=7d\n")))
            for _ in 0..<2 { await keeper.run() }
            #expect(log.lines == [#"info housekeeping {"removed":"decisions","count":5}"#])
            await store.close()
            await keeper.run()
            #expect(log.lines.last?.hasPrefix(#"error housekeeping_failed {"what":"decisions","detail":"#) == true)
        }
    }
}

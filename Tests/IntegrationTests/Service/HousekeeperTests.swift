import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeService
@testable import StoreSQLite

@Suite("The housekeeping of a service")
struct HousekeeperTests {
    @Test("removes decisions that are older than the setting of the moment says, and logs how many")
    func removes() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await putDecisions(86_400 * 3 - 5..<86_400 * 3 + 5, of: "a", store)
            let log = CollectingLog()
            let live = LiveConfiguration(try Configuration.read(file: ("f", "decisions__keep=8d\n")))
            let logins = LoginDirectory(store: store, addresses: .none, bridgeKeys: [])
            let keeper = Housekeeper(
                store: store, directory: logins, live: live, clock: FixedClock(Timestamp(seconds: 10 * 86_400)),
                log: log)
            await keeper.run()
            #expect(log.lines.isEmpty)
            live.replace(try Configuration.read(file: ("f", "decisions__keep=7d\n")))
            for _ in 0..<2 { await keeper.run() }
            #expect(log.lines == [#"info housekeeping {"removed":"decisions","count":5}"#])
            await store.close()
            await keeper.run()
            for chore in ["decisions", "revocations"] {
                let start = #"error housekeeping_failed {"what":"\#(chore)","detail":"#
                #expect(log.lines.contains { $0.hasPrefix(start) })
            }
        }
    }
}

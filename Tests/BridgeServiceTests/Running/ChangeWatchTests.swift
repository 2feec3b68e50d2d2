import AuthService
import BridgeTesting
import Testing

@testable import BridgeService

@Suite("The watch for changes")
struct ChangeWatchTests {
    @Test("says once that the store cannot be read, and nothing while it can")
    func unreadable() async throws {
        let store = InMemoryStore()
        let log = CollectingLog()
        let directory = LoginDirectory(store: store, addresses: .none, bridgeKeys: [])
        let watch = ChangeWatch(
            store: store, directory: directory, keys: try PublishedKeys([]), log: log,
            seen: try await store.outsideChanges())
        for _ in 0..<3 { await watch.ask() }
        #expect(log.lines.isEmpty)
        await store.close()
        let license = try #require(License("acme-test"))
        for _ in 0..<3 {
            let mark = directory.mark(of: license)
            await watch.ask()
            // Each time all that is in memory is forgotten.
            #expect(directory.mark(of: license) != mark)
        }
        #expect(log.lines.count == 1)
        #expect(log.lines.first?.hasPrefix("error store_unreadable ") == true)
    }
}

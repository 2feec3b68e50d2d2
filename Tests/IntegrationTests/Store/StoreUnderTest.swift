import AuthService
import BridgeCore
import BridgeTesting
import StoreSQLite
import Testing

/// The stores that the conformance suites run over; a new store is a case more.
enum StoreUnderTest: String, CaseIterable, CustomTestStringConvertible {
    case sqlite, memory

    var testDescription: String { rawValue }

    /// Runs `body` with a place for a store that nobody has used before, and clears it away.
    func withPlace(_ body: (StorePlace) async throws -> Void) async throws {
        switch self {
        case .sqlite:
            try await withTemporaryDirectory { directory in
                try await body(
                    StorePlace { () throws(StoreError) in try SQLiteStore.open(at: directory + "/bridge.db") })
            }
        case .memory:
            let memory = StoreMemory()
            try await body(StorePlace { InMemoryStore(memory) })
        }
    }

    /// Runs `body` with an empty store.
    func withStore(_ body: (any Store) async throws -> Void) async throws {
        try await withPlace { place in
            let store = try await place.open()
            do {
                try await body(store)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }
}

/// Where a store keeps what it keeps: can be opened again, and by several at once.
struct StorePlace: Sendable {
    private let opening: @Sendable () async throws(StoreError) -> any Store

    init(_ opening: @escaping @Sendable () async throws(StoreError) -> any Store) {
        self.opening = opening
    }

    /// Opens the store, as another process would: waits for its locks, on a thread of its own.
    func open() async throws(StoreError) -> any Store { try await onThread(opening) }
}

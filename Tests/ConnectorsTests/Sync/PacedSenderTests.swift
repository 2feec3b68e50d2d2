import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Synchronization
import Testing

@testable import Connectors

@Suite("What a sync sends")
struct PacedSenderTests {
    private let store = InMemoryStore()
    private let clock = SettableClock()
    private let id: ConnectionID

    init() async throws {
        let license = try #require(License("acme"))
        id = ConnectionID(.dynamics, of: license)
        let stamp = AuditStamp(.bridge, at: clock.now)
        try await store.insert(
            Tenant(license: license, name: nil, createdAt: clock.now, settings: .initial), audit: stamp)
        let guid = try #require(GUID("00000000-0000-4000-8000-000000000001"))
        let settings = DynamicsSettings(
            tenantID: guid, clientID: guid, environmentURL: "https://acme.crm.dynamics.com")
        _ = try await store.put(
            Connection(id, .dynamics(settings), credential: nil, createdAt: clock.now), over: nil, audit: stamp)
    }

    private func hold() -> SyncHold {
        SyncHold(store: store, id: id, holder: "me", clock: clock, isNeeded: true)
    }

    private func request() throws -> OutgoingRequest {
        let origin = try #require(WebOrigin("https://acme.crm.dynamics.com"))
        return OutgoingRequest(.get, try #require(RequestURL(origin: origin, path: "/")), to: HostRule(only: origin))
    }

    @Test("holds the connection for longer than any request takes")
    func holds() async throws {
        let (clock, store, id) = (clock, store, id)
        let taken = Mutex(0)
        let sender = ScriptedSender { _ throws(SendError) in
            // As long as a request may take.
            clock.advance(seconds: 15)
            let isOthers = try? await store.beginSync(
                of: id, by: "other", until: clock.now.adding(seconds: 60), at: clock.now)
            taken.withLock { $0 += isOthers == false ? 0 : 1 }
            return .json("{}")
        }
        let hold = hold()
        #expect(try await hold.begin())
        let paced = PacedSender(sender, within: SyncPacer(clock: clock, .dataverse), hold)
        for _ in 0..<20 { _ = try await paced.send(try request()) }
        #expect(taken.withLock(\.self) == 0)
        #expect(paced.count == 20)
    }

    @Test("takes each request from the budget, and waits for as long as it is used up")
    func budget() async throws {
        let clock = clock
        let waited = Mutex<Int64>(0)
        let pacer = SyncPacer(clock: clock, SyncBudget.Size(limit: 3, window: 300)) { seconds in
            waited.withLock { $0 += seconds }
            clock.advance(seconds: seconds)
        }
        let hold = hold()
        #expect(try await hold.begin())
        let paced = PacedSender(ScriptedSender { _ in .json("{}") }, within: pacer, hold)
        for count in [Int64(0), 0, 0, 300] {
            _ = try await paced.send(try request())
            #expect(waited.withLock(\.self) == count)
        }
    }

    @Test("has as large a budget from now on as a response says")
    func resized() async throws {
        let clock = clock
        let waited = Mutex<Int64>(0)
        let pacer = SyncPacer(clock: clock, SyncBudget.Size(limit: 1, window: 300)) { seconds in
            waited.withLock { $0 += seconds }
            clock.advance(seconds: seconds)
        }
        let hold = hold()
        #expect(try await hold.begin())
        let paced = PacedSender(ScriptedSender { _ in .json("{}") }, within: pacer, hold) { _ in
            SyncBudget.Size(limit: 4, window: 600)
        }
        for count in [Int64(0), 0, 0, 0, 600] {
            _ = try await paced.send(try request())
            #expect(waited.withLock { $0 } == count)
        }
    }

    @Test("sends nothing more once somebody else holds the connection, and says why")
    func takenOver() async throws {
        let hold = hold()
        #expect(try await hold.begin())
        let sender = ScriptedSender { _ in .json("{}") }
        let paced = PacedSender(sender, within: SyncPacer(clock: clock, .dataverse), hold)
        _ = try await paced.send(try request())
        clock.advance(seconds: 61)
        #expect(
            try await store.beginSync(of: id, by: "other", until: clock.now.adding(seconds: 60), at: clock.now))
        for _ in 0..<2 {
            await #expect(throws: SendError.self) { _ = try await paced.send(try request()) }
        }
        #expect((paced.stoppage as? StoreError)?.code == .conflict)
        #expect(sender.requests.count == 1 && paced.count == 1)
    }
}

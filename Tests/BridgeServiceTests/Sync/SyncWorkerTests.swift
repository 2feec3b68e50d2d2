import AuthService
import BridgeCore
import BridgeTesting
import Synchronization
import Testing

@testable import BridgeService
@testable import Connectors

@Suite("The worker that has connections synced")
struct SyncWorkerTests {
    /// A worker without a loop, whose syncs end when the test says so.
    private struct Bench {
        let store = InMemoryStore()
        let clock = SettableClock()
        let log = CollectingLog()
        let gate = Gate()
        let worker: SyncWorker

        init(_ names: [String]) async throws {
            let stamp = AuditStamp(.bridge, at: clock.now)
            let license = try #require(License("acme"))
            try await store.insert(
                Tenant(license: license, name: nil, createdAt: clock.now, settings: .initial), audit: stamp)
            let guid = try #require(GUID("00000000-0000-4000-8000-000000000001"))
            for name in names {
                let settings = DynamicsSettings(
                    tenantID: guid, clientID: guid, environmentURL: "https://\(name).crm.dynamics.com")
                let id = ConnectionID(.dynamics, try #require(ConnectionName(name)), of: license)
                _ = try await store.put(
                    Connection(id, .dynamics(settings), credential: nil, createdAt: clock.now), over: nil, audit: stamp)
            }
            worker = SyncWorker(
                store: store, live: LiveConfiguration(try Configuration.read(file: ("f", "sync__interval=10s\n"))),
                figures: SyncFigures(), clock: clock, log: log
            ) { [gate] id, _ in await gate.sync(id) }
        }

        /// What begins now, by the names of the connections.
        func begin(after seconds: Int64, expecting count: Int) async -> [String] {
            clock.advance(seconds: seconds)
            await worker.beginDue(on: nil)
            return await gate.begun(count)
        }
    }

    /// Counts syncs, and lets them end.
    private final class Gate: Sendable {
        private struct State {
            var waiting: [String: CheckedContinuation<Void, Never>] = [:]
            var isOpen = false
        }

        private let state = Mutex(State())
        private let beginnings = AsyncStream<String>.makeStream()

        func sync(_ id: ConnectionID) async -> SyncReport {
            let name = id.name.value
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let waits = state.withLock { state in
                        guard !state.isOpen, !Task.isCancelled else { return false }
                        state.waiting[name] = continuation
                        return true
                    }
                    beginnings.continuation.yield(name)
                    if !waits { continuation.resume() }
                }
            } onCancel: {
                end(name)
            }
            return SyncReport(id, Task.isCancelled ? .interrupted : .done)
        }

        /// Waits until so many more have begun.
        func begun(_ count: Int) async -> [String] {
            var names: [String] = []
            guard count > 0 else { return names }
            for await name in beginnings.stream {
                names.append(name)
                if names.count == count { break }
            }
            return names.sorted()
        }

        func end(_ name: String) { state.withLock { $0.waiting.removeValue(forKey: name) }?.resume() }
    }

    @Test("lets no connection wait for another one whose sync takes long")
    func slow() async throws {
        let names = ["a", "b", "c", "d", "e", "f"]
        let bench = try await Bench(names)
        await bench.worker.beginDue(on: nil)
        #expect(await bench.begin(after: 5, expecting: 6) == names)
        // Five of six hang; the sixth comes every time.
        for _ in 0..<3 {
            bench.gate.end("f")
            await bench.worker.waitForEnd(of: "f")
            #expect(await bench.begin(after: 10, expecting: 1) == ["f"])
        }
        bench.worker.cancel()
        await bench.worker.finish()
    }

    @Test("begins nothing once it is cancelled, and has finished when nothing is under way")
    func cancelled() async throws {
        let bench = try await Bench(["a", "b"])
        await bench.worker.beginDue(on: nil)
        #expect(await bench.begin(after: 5, expecting: 2) == ["a", "b"])
        bench.worker.cancel()
        await bench.worker.finish()
        #expect(bench.worker.underWay.isEmpty)
        bench.clock.advance(seconds: 60)
        await bench.worker.beginDue(on: nil)
        #expect(bench.worker.underWay.isEmpty)
        #expect(bench.log.lines.isEmpty)
    }

    @Test("finishes at once where nothing was begun, and says what the store says")
    func failing() async throws {
        let bench = try await Bench(["a"])
        await bench.worker.finish()
        await bench.store.close()
        await bench.worker.beginDue(on: nil)
        #expect(bench.log.lines.count == 1 && bench.log.lines.first?.hasPrefix("error sync_failed ") == true)
    }
}

extension SyncWorker {
    fileprivate func waitForEnd(of name: String) async {
        while underWay.contains(where: { $0.name.value == name }) { await Task.yield() }
    }
}

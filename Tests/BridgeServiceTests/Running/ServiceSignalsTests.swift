import BridgeTesting
import Glibc
import Synchronization
import Testing

@testable import BridgeService

@Suite("A signal to the service")
struct ServiceSignalsTests {
    @Test("that hangs up reloads and does not stop; one to stop stops", arguments: [SIGTERM, SIGINT])
    func signals(stop: CInt) async throws {
        let count = Mutex(0)
        let signals = try ServiceSignals(unwatched: ())
        signals.onHangUp { count.withLock { $0 += 1 } }
        for _ in 0..<2 { signals.handle(SIGHUP) }
        #expect(!signals.isStopRequested)
        #expect(count.withLock(\.self) == 2)
        signals.handle(stop)
        #expect(signals.isStopRequested)
        await signals.waitForStop()
        signals.handle(SIGHUP)
        #expect(signals.isStopRequested)
    }

    @Test("that hangs up before there is anything to reload is not forgotten")
    func early() async throws {
        let signals = try ServiceSignals(unwatched: ())
        for _ in 0..<2 { signals.handle(SIGHUP) }
        await withCheckedContinuation { continuation in signals.onHangUp { continuation.resume() } }
    }

    @Test("is waited for")
    func waiting() async throws {
        let signals = try ServiceSignals(unwatched: ())
        async let stopped: Void = signals.waitForStop()
        signals.handle(SIGTERM)
        await stopped
    }
}

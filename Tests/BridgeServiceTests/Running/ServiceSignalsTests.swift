import BridgeTesting
import Glibc
import Testing

@testable import BridgeService

@Suite("A signal to the service")
struct ServiceSignalsTests {
    @Test("that hangs up changes nothing and says so; one to stop stops", arguments: [SIGTERM, SIGINT])
    func signals(stop: CInt) async throws {
        let log = CollectingLog()
        let signals = try ServiceSignals(unwatchedWith: log)
        for _ in 0..<2 { signals.handle(SIGHUP) }
        #expect(!signals.isStopRequested)
        #expect(log.lines.count == 2)
        for line in log.lines { #expect(line.hasPrefix("warning reload_not_supported ")) }
        signals.handle(stop)
        #expect(signals.isStopRequested)
        await signals.waitForStop()
        signals.handle(SIGHUP)
        #expect(signals.isStopRequested)
        #expect(log.lines.count == 3)
    }

    @Test("is waited for")
    func waiting() async throws {
        let signals = try ServiceSignals(unwatchedWith: CollectingLog())
        async let stopped: Void = signals.waitForStop()
        signals.handle(SIGTERM)
        await stopped
    }
}

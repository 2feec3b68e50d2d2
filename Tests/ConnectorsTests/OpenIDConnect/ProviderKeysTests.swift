import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Synchronization
import Testing

@Suite("Keys of a provider")
struct ProviderKeysTests {
    private let provider = EntraCloud.global.authority.provider(.organizations)
    private static let metadata =
        #"{"issuer":"https://login.microsoftonline.com/{tenantid}/v2.0","#
        + #""jwks_uri":"https://login.microsoftonline.com/common/discovery/v2.0/keys"}"#

    /// Metadata and a key set, as often as they are asked for, while `isUp`.
    private final class Provider: Sendable {
        let isUp = Atomic(true)
        let keyID = Mutex("a")

        func sender() -> ScriptedSender {
            ScriptedSender { request throws(SendError) in
                guard self.isUp.load(ordering: .relaxed) else { return .page(503) }
                if request.url.target.hasSuffix("openid-configuration") { return .json(ProviderKeysTests.metadata) }
                guard let keys = try? IDTokenMaker.keySet([(.cobrowse, self.keyID.withLock(\.self))]) else {
                    throw SendError(.local, .internal, "no key set")
                }
                return IncomingResponse(.ok, body: keys)
            }
        }
    }

    @Test("are fetched by way of the metadata, and then remembered")
    func fetched() async throws {
        let sender = Provider().sender()
        let keys = ProviderKeys(sender: sender, clock: FixedClock())
        for _ in 0..<3 { #expect(try await keys.keys(of: provider, for: "a").holdsKey(named: "a")) }
        #expect(
            sender.requests.map(\.url.text) == [
                "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration",
                "https://login.microsoftonline.com/common/discovery/v2.0/keys",
            ])
        #expect(sender.requests.allSatisfy { $0.method == .get && $0.rule == HostRule(only: $0.url.origin) })
    }

    @Test("that were rolled over are found by the first token that names them")
    func rolledOver() async throws {
        let (clock, entra) = (SettableClock(), Provider())
        let sender = entra.sender()
        let keys = ProviderKeys(sender: sender, clock: clock)
        _ = try await keys.keys(of: provider, for: "a")
        entra.keyID.withLock { $0 = "b" }
        #expect(try await keys.keys(of: provider, for: "b").holdsKey(named: "b"))
        #expect(sender.requests.count == 4)
    }

    @Test("are not fetched for each of a thousand invented names")
    func flood() async throws {
        let (clock, sender) = (SettableClock(), Provider().sender())
        let keys = ProviderKeys(sender: sender, clock: clock)
        for number in 0..<1000 {
            #expect(try await !keys.keys(of: provider, for: "invented-\(number)").holdsKey(named: "invented-\(number)"))
            if number % 10 == 9 { clock.advance(seconds: 1) }
        }
        #expect(sender.requests.count == 4)
    }

    @Test("of before are used while the provider is down")
    func outage() async throws {
        let (clock, entra) = (SettableClock(), Provider())
        let sender = entra.sender()
        let keys = ProviderKeys(sender: sender, clock: clock)
        _ = try await keys.keys(of: provider, for: "a")
        clock.advance(seconds: 86_400)
        entra.isUp.store(false, ordering: .relaxed)
        for _ in 0..<5 { #expect(try await keys.keys(of: provider, for: "a").holdsKey(named: "a")) }
        #expect(sender.requests.count == 3)
        entra.isUp.store(true, ordering: .relaxed)
        clock.advance(seconds: 300)
        _ = try await keys.keys(of: provider, for: "a")
        #expect(sender.requests.count == 5)
    }

    @Test(
        "are an error where there never were any",
        arguments: [
            ([IncomingResponse.page(503)], ReasonCode.upstreamUnavailable),
            ([.page(429)], .upstreamThrottled), ([.page(200)], .upstreamUnavailable),
            ([.json(metadata), .page(404)], .upstreamUnavailable),
            ([.json(metadata), .json("{}")], .upstreamUnavailable),
            (
                [.json(#"{"issuer":"https://evil.example","jwks_uri":"https://login.microsoftonline.com/k"}"#)],
                .issuerUnknown
            ),
        ] as [([IncomingResponse], ReasonCode)])
    func never(responses: [IncomingResponse], code: ReasonCode) async {
        let keys = ProviderKeys(sender: ScriptedSender(responses), clock: FixedClock())
        let error = await #expect(throws: ConnectorError.self) { try await keys.keys(of: provider, for: "a") }
        #expect(error?.code == code)
    }

    @Test("are fetched once for many who need them at once")
    func once() async throws {
        let sender = Provider().sender()
        let keys = ProviderKeys(sender: sender, clock: FixedClock())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try await keys.keys(of: provider, for: "a") } }
            try await group.waitForAll()
        }
        #expect(sender.requests.count == 2)
    }
}

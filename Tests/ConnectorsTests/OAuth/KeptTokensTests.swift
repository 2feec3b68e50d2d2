import BridgeCore
import BridgeTesting
import Testing

@testable import Connectors

@Suite("Tokens in memory")
struct KeptTokensTests {
    private let kept = KeptTokens<String, String>(capacity: 8) { _, askedAt, now in
        askedAt <= now && now < askedAt.adding(seconds: 600)
    }

    private func token(_ key: String, after seconds: Int64 = 0, else other: String) async throws -> String {
        try await kept.token(for: key, now: now.adding(seconds: seconds)) { () throws(ConnectorError) in other }
    }

    @Test("are handed out while they are fresh, and not when the clock was set back")
    func fresh() async throws {
        #expect(try await token("a", else: "1") == "1")
        #expect(try await token("a", after: 599, else: "2") == "1")
        #expect(try await token("b", else: "3") == "3")
        #expect(try await token("a", after: 600, else: "4") == "4")
        #expect(try await token("a", after: 599, else: "5") == "5")
    }

    @Test("are forgotten by their keys, those that are being asked for included")
    func forgets() async throws {
        for key in ["a", "b"] { _ = try await token(key, else: "1") }
        kept.forget { $0 == "a" }
        #expect(try await token("b", else: "2") == "1")
        let meanwhile = try await kept.token(for: "a", now: now) { () throws(ConnectorError) in
            kept.forget { $0 == "a" }
            return "2"
        }
        #expect(meanwhile == "2")
        #expect(try await token("a", else: "3") == "3")
    }

    @Test("that were refused are asked for again")
    func refused() async throws {
        await #expect(throws: ConnectorError(.credentialsRejected, "")) {
            _ = try await kept.token(for: "a", now: now) { () throws(ConnectorError) in
                throw ConnectorError(.credentialsRejected, "")
            }
        }
        #expect(try await token("a", else: "1") == "1")
    }
}

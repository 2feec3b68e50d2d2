import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The README's example in Swift")
struct ReadmeExampleTests {
    private static func text(_ path: String) throws -> String {
        String(decoding: try RepositoryFile(path).bytes(), as: UTF8.self)
    }

    @Test("is the source that is compiled here")
    func source() throws {
        let example = try Self.text("Tests/BridgeCryptoTests/Support/ReadmeExample.swift")
        #expect(try Self.text("README.md").contains("```swift\n\(example)```\n"))
    }

    @Test("makes a token that verifies")
    func token() throws {
        let now = TokenMaker.now
        let pem = try KeyFixture.cobrowse.privateKeyFile.bytes()
        let token = try UnverifiedToken(try agentToken(for: "ann@example.com", signedWith: pem, now: now))
        let verified = try TokenVerifier().verify(token, keys: try KeyFixture.cobrowse.keySet, now: now)
        #expect(verified.subject == "ann@example.com")
        #expect(verified.expiresAt == now.adding(seconds: 900))
    }
}

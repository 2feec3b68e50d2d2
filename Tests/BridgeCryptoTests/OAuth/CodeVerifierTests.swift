import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A PKCE verifier")
struct CodeVerifierTests {
    @Test("has the challenge that RFC 7636 appendix B prints")
    func published() throws {
        let verifier = try CodeVerifier(text: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(verifier.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        #expect(CodeVerifier.challengeMethod == "S256")
    }

    @Test("is the text of appendix B for the octets that are printed there")
    func octets() throws {
        let octets: [UInt8] = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ]
        let verifier = try CodeVerifier(from: FixedRandomSource([octets]))
        #expect(verifier.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("is another each time, 43 characters long, and not shown")
    func random() throws {
        let made = try (0..<16).map { _ in try CodeVerifier(from: SystemRandomSource()) }
        #expect(Set(made.map(\.challenge)).count == 16)
        #expect(made.allSatisfy { $0.secret.withBytes { $0.count } == 43 })
        #expect("\(made[0].secret)" == "<secret>")
    }
}

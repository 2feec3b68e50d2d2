import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("An encrypted private key made by openssl", .blocking)
struct EncryptedKeyTests {
    @Test("opens with its passphrase, PEM and DER, and with no other", arguments: ["PEM", "DER"])
    func opens(_ form: String) throws {
        let openssl = try OpenSSLProgram()
        let made = try openssl.run(
            "pkcs8", "-topk8", "-in", KeyFixture.other.privateKeyFile.absolutePath, "-outform", form, "-passout",
            "pass:open sesame")
        try #require(made.isSuccess)
        let key = try RSAPrivateKey(reading: made.output, passphrase: Secret(Array("open sesame".utf8)), source: "key")
        #expect(try key.publicKey == KeyFixture.other.publicKey)
        for passphrase in [nil, Secret(Array("open".utf8))] {
            let error = #expect(throws: CryptoError.self) {
                try RSAPrivateKey(reading: made.output, passphrase: passphrase, source: "key")
            }
            #expect(error?.code == .passwordWrong)
        }
    }
}

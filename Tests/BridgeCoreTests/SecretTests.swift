import BridgeCore
import Testing

@Suite("A secret")
struct SecretTests {
    private let secret = Secret(Array("hunter2-passphrase".utf8))

    @Test("is never shown")
    func hidden() {
        var dumped = ""
        dump((secret, [secret], Holder(secret: secret)), to: &dumped)
        let shown = [
            "\(secret)", secret.description, secret.debugDescription, String(describing: secret),
            String(reflecting: secret), "\([secret])", "\(Holder(secret: secret))", "\(Optional(secret) as Any)",
            dumped,
        ]
        for text in shown {
            #expect(text.contains("<secret>"))
            #expect(!text.contains("hunter2"))
            #expect(!text.contains("104"))  // the first byte in decimal, as an array of bytes would show it
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("lends its bytes, and the error of whoever borrows them")
    func lends() {
        #expect(secret.withBytes { $0.count } == 18)
        #expect(throws: CancellationError.self) { try secret.withBytes { _ in throw CancellationError() } }
        #expect(Secret([]).isEmpty)
        #expect(!secret.isEmpty)
    }

    @Test(
        "read as a line loses one line end and nothing else",
        arguments: [
            ("a", "a"), ("a\n", "a"), ("a\r\n", "a"), ("a\r", "a"), ("a\n\n", "a\n"), ("a \n", "a "), (" a", " a"),
            ("\n", ""), ("", ""), ("a\nb\n", "a\nb"),
        ])
    func line(_ text: String, _ kept: String) {
        let secret = Secret(lineOf: Array(text.utf8))
        #expect(secret.withBytes { bytes in bytes.indices.map { bytes[$0] } } == Array(kept.utf8))
    }

    private struct Holder {
        let secret: Secret
    }
}

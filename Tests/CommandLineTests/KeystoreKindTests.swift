import Testing

@testable import cobrowse_sso

@Suite("Keystores")
struct KeystoreKindTests {
    private static let signedData: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]

    @Test(
        "are recognised by their first bytes",
        arguments: [
            (KeystoreKind.jks, [0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2]), (.jceks, [0xCE, 0xCE, 0xCE, 0xCE]),
            (.pkcs12, [0x30, 0x82, 0x0A, 0x00, 0x02, 0x01, 0x03, 0x30]),
            (.pkcs12, [0x30, 0x80, 0x02, 0x01, 0x03, 0x30, 0x80]), (.pkcs7, [0x30, 0x82, 0x03, 0x00] + signedData),
            (.pkcs7, [0x30, 0x20] + signedData), (.pkcs7, Array("text\n-----BEGIN PKCS7-----\n".utf8)),
            (.pkcs7, Array("-----BEGIN CMS-----\n".utf8)),
        ] as [(KeystoreKind, [UInt8])])
    func recognised(kind: KeystoreKind, bytes: [UInt8]) {
        #expect(KeystoreKind.of(bytes) == kind)
    }

    @Test(
        "are not seen in other files, however short",
        arguments: [
            [], [0x30], [0xFE, 0xED], [0x30, 0xFF, 0, 0, 0, 0, 0, 0], [0x30, 0x82, 0x01, 0x02, 0x30, 0x03, 0x02, 0x01],
            Array("-----BEGIN CERTIFICATE-----\n".utf8),
        ] as [[UInt8]])
    func others(bytes: [UInt8]) {
        #expect(KeystoreKind.of(bytes) == nil)
    }
}

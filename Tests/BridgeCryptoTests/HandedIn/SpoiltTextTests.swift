import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

extension Spoiler: CustomTestStringConvertible {
    var testDescription: String { name }
}

@Suite("Text that was spoilt on its way")
struct SpoiltTextTests {
    private static func text(_ name: String) throws -> String {
        String(decoding: try RepositoryFile("Certificates/\(name)").bytes(), as: UTF8.self)
    }

    private static func found(_ bytes: [UInt8]) throws -> (key: String, remarks: [FileRemark]) {
        let found = try FoundKey.find(in: bytes, source: "FILE")
        switch found.content {
        case .certificate(let certificate): return (try certificate.publicKeySHA256(), found.remarks)
        case .publicKey(let key): return (try key.subjectPublicKeyInfoSHA256(), found.remarks)
        }
    }

    @Test(
        "gives the key that it held, and says what was repaired", arguments: Spoiler.ofText,
        [
            "salesforce/CobrowseIO.crt", "salesforce/CobrowseIO.pub.pem", "shapes/CobrowseIO-pkcs1.pub.pem",
            "shapes/CobrowseIO.p7b",
        ])
    func one(_ spoiler: Spoiler, _ name: String) throws {
        let text = try Self.text(name)
        let expected = try KeyFixture.cobrowse.publicKey.subjectPublicKeyInfoSHA256()
        for last in Spoiler.ofBytes {
            let spoilt = last.spoil(String(decoding: spoiler.spoil(text), as: UTF8.self))
            let (key, remarks) = try Self.found(spoilt)
            #expect(key == expected, "\(last.name)")
            #expect(remarks.first?.text.hasPrefix("FILE was repaired: ") == true, "\(last.name)")
        }
    }

    @Test("gives it also after two accidents", arguments: Spoiler.ofText, Spoiler.ofText)
    func two(_ first: Spoiler, _ second: Spoiler) throws {
        let once = String(decoding: first.spoil(try Self.text("salesforce/CobrowseIO.crt")), as: UTF8.self)
        let result = Result { try Self.found(second.spoil(once)) }
        #expect(try result.get().key == KeyFixture.cobrowse.publicKey.subjectPublicKeyInfoSHA256())
    }
}

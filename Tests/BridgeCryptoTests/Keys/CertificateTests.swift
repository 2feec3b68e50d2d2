import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A certificate")
struct CertificateTests {
    /// The rows of `Certificates/expected.json`.
    static let expected: [String] = {
        let file = RepositoryFile("Certificates/expected.json")
        let members = (try? JSONValue(parsing: file.bytes()))?.objectValue
        return members?.map(\.name) ?? []
    }()

    @Test("says what is in it", arguments: expected)
    func fields(_ path: String) throws {
        let document = try JSONValue(parsing: RepositoryFile("Certificates/expected.json").bytes())
        let row = try #require(document[path])
        let certificate = try read(path)
        #expect(sorted(certificate.subject) == (try sorted(text(row, "subject"))))
        #expect(sorted(certificate.issuer) == (try sorted(text(row, "issuer"))))
        #expect(certificate.serialNumber == (try text(row, "serial").lowercased()))
        #expect(certificate.notBefore?.description == (try text(row, "notBefore")))
        #expect(certificate.notAfter?.description == (try text(row, "notAfter")))
        #expect(certificate.signatureAlgorithm == (try text(row, "signatureAlgorithm")))
        #expect(try certificate.sha256() == text(row, "certificateSHA256"))
        #expect(try certificate.publicKeySHA256() == text(row, "publicKeySHA256"))
        if let bits = row["keyBits"]?.integerValue { #expect(certificate.publicKeySummary.bits == Int(bits)) }
    }

    @Test("is described for as many files as the table has")
    func count() {
        #expect(Self.expected.count == 29)
    }

    @Test("knows whether it is an authority, and whether its signature is worth anything")
    func judgement() throws {
        #expect(try read("foreign/authority.crt").isAuthority)
        #expect(try !read("foreign/authority-signed.crt").isAuthority)
        #expect(try read("weak/sha1.crt").hasWeakSignature)
        #expect(try read("weak/md5.crt").hasWeakSignature)
        #expect(try !read("salesforce/CobrowseIO.crt").hasWeakSignature)
        #expect(try !read("foreign/ed25519.crt").hasWeakSignature)
    }

    @Test("is the first of a file that holds several")
    func first() throws {
        let one = try read("salesforce/CobrowseIO.crt")
        #expect(try read("shapes/bundle-of-two.crt").der == one.der)
        #expect(try read("keys/CobrowseIO-key-and-certificate-TEST-ONLY.pem").der == one.der)
        #expect(try read("foreign/authority-signed-chain-reversed.pem").der == read("foreign/authority.crt").der)
    }

    /// OpenSSL takes a byte order mark away where it begins to read, and it begins anew behind each DER value.
    @Test("is found behind a byte order mark within the file, where a value ends just before it")
    func mark() throws {
        let pem = try RepositoryFile("Certificates/salesforce/CobrowseIO.crt").bytes()
        let value: [UInt8] = [0x02, 0x06, 1, 2, 3, 4, 5, UInt8(ascii: "\n")]
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let certificate = try Certificate(reading: value + mark + pem, source: "FILE")
        #expect(certificate.der == (try Certificate(reading: pem, source: "FILE")).der)
        #expect(
            cryptoError { () throws(CryptoError) in
                _ = try Certificate(reading: value + [0x20] + mark + pem, source: "FILE")
            } != nil)
    }

    @Test("is written as PEM like the file it came from")
    func pem() throws {
        let certificate = try read("salesforce/CobrowseIO.crt")
        let text = String(decoding: try RepositoryFile("Certificates/salesforce/CobrowseIO.crt").bytes(), as: UTF8.self)
        #expect(certificate.pem == text)
        let key = try RepositoryFile("Certificates/salesforce/CobrowseIO.pub.pem").bytes()
        #expect(try certificate.publicKeyPEM() == key)
        #expect(try Array(certificate.publicKey().pem.utf8) == key)
    }

    @Test("made here is like one of Salesforce's, and reads back")
    func selfSigned() throws {
        let key = try KeyFixture.cobrowse.privateKey
        let start = Timestamp(seconds: 1_800_000_000)
        for (days, end) in [
            (1, "2027-01-16T08:00:00Z"), (365, "2028-01-15T08:00:00Z"), (36_500, "2126-12-22T08:00:00Z"),
        ] {
            let made = try Certificate.selfSigned(by: key, commonName: "CobrowseIO ü", start: start, days: days)
            let certificate = try Certificate(reading: Array(made.pem.utf8), source: "made")
            #expect(certificate.der == made.der)
            #expect(certificate.subject == "CN=CobrowseIO ü")
            #expect(certificate.issuer == certificate.subject)
            #expect(certificate.notBefore == start)
            #expect(certificate.notAfter?.description == end)
            #expect(certificate.signatureAlgorithm == "sha256WithRSAEncryption")
            #expect(try certificate.publicKey() == key.publicKey)
            #expect(!certificate.serialNumber.hasPrefix("-"))
        }
    }

    @Test("is not made with a name or a validity outside the rules")
    func selfSignedRefused() throws {
        let key = try KeyFixture.cobrowse.privateKey
        let cases: [(String, Int)] = [
            ("", 1), (String(repeating: "a", count: 65), 1), ("a", 0), ("a", -1), ("a", 36_501), ("a", .max),
        ]
        for (name, days) in cases {
            let error = cryptoError { () throws(CryptoError) in
                _ = try Certificate.selfSigned(by: key, commonName: name, start: TokenMaker.now, days: days)
            }
            #expect(error?.code == .configurationInvalid)
        }
        let long = String(repeating: "é", count: 64)
        #expect(
            try Certificate.selfSigned(by: key, commonName: long, start: TokenMaker.now, days: 1).subject
                == "CN=\(long)")
    }

    @Test("that is damaged never traps")
    func damaged() throws {
        let certificate = try read("salesforce/CobrowseIO.crt").der
        var random = SeededGenerator(seed: 5280)
        var readable = 0
        for _ in 0..<500 {
            var bytes = certificate
            Mutation.apply(to: &bytes, using: &random)
            guard let damaged = try? Certificate(reading: bytes, source: "damaged") else { continue }
            readable += 1
            _ = (damaged.subject, damaged.issuer, damaged.serialNumber, damaged.notBefore, damaged.notAfter)
            _ = (damaged.signatureAlgorithm, damaged.isAuthority, damaged.hasWeakSignature, damaged.publicKeySummary)
            // The check of a key's strength is slow without optimization: not for each of them.
            if readable % 50 == 0 { _ = try? damaged.publicKey() }
        }
        #expect(readable > 25)
    }

    private func read(_ path: String) throws -> Certificate {
        try Certificate(reading: RepositoryFile("Certificates/\(path)").bytes(), source: path)
    }

    /// The parts of a distinguished name: the table has them in reverse, as RFC 2253 writes them.
    private func sorted(_ name: String) -> [String] {
        name.replacing(", ", with: ",").split(separator: ",").map(String.init).sorted()
    }

    private func text(_ row: JSONValue, _ member: String) throws -> String {
        try #require(row[member]?.stringValue)
    }
}

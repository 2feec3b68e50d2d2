import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("Certificates, judged by openssl", .serialized, .blocking)
struct CertificateOracleTests {
    /// Every file that could be taken for a certificate: all but the keystores, which openssl asks passwords for.
    static let files: [String] = ["salesforce", "shapes", "weak", "foreign", "keys"].flatMap { folder in
        ((try? RepositoryFile.names(in: "Certificates/\(folder)")) ?? []).map { "Certificates/\(folder)/\($0)" }
    }

    @Test("give the public key byte for byte, or are refused by both", arguments: files)
    func publicKey(_ path: String) throws {
        let openssl = try OpenSSLProgram()
        let file = RepositoryFile(path)
        let theirs = try openssl.run("x509", "-pubkey", "-noout", "-in", file.absolutePath)
        let ours = try? Certificate(reading: file.bytes(), source: path).publicKeyPEM()
        #expect(ours ?? [] == (theirs.isSuccess ? theirs.output : []))
    }

    @Test("say of themselves what openssl prints", arguments: files)
    func fields(_ path: String) throws {
        guard let certificate = try? Certificate(reading: RepositoryFile(path).bytes(), source: path) else { return }
        let openssl = try OpenSSLProgram()
        try expectSameFields(certificate, RepositoryFile(path).absolutePath, openssl)
    }

    @Test("were found in the folders")
    func count() throws {
        #expect(Self.files.count == 147)
        let readable = Self.files.filter { path in
            (try? Certificate(reading: RepositoryFile(path).bytes(), source: path)) != nil
        }
        #expect(readable.count == 48)
    }

    /// Names, serial numbers and dates that certificates have in practice, and some they have to be forced into.
    static let generated: [[String]] = [
        ["-subj", "/CN=CobrowseIO"],
        ["-subj", "/C=US/ST=CA/L=San Francisco/O=Salesforce.com/OU=00D8Z000000btHhUAI/CN=CobrowseIO"],
        ["-utf8", "-subj", "/CN=Büro é 張 😀/O=Ünïcode"],
        ["-subj", "/CN=a, b+c=d \"e\" <f>;#g \\\\ h"], ["-subj", "/CN= leading and trailing "],
        ["-subj", "/CN=two/CN=of/OU=them"], ["-multivalue-rdn", "-subj", "/CN=a+OU=b/O=c"],
        ["-subj", "/"], ["-subj", "/emailAddress=ann@example.com/UID=ann/DC=example/DC=com"],
        ["-subj", "/CN=serial", "-set_serial", "0"], ["-subj", "/CN=serial", "-set_serial", "1"],
        ["-subj", "/CN=serial", "-set_serial", "-1"], ["-subj", "/CN=serial", "-set_serial", "127"],
        ["-subj", "/CN=serial", "-set_serial", "128"], ["-subj", "/CN=serial", "-set_serial", "-129"],
        ["-subj", "/CN=serial", "-set_serial", "0x123456789abcdef0123456789abcdef012345678"],
        ["-subj", "/CN=long", "-days", "36500"], ["-subj", "/CN=far ahead", "-days", "2900000"],
        ["-subj", "/CN=authority", "-addext", "basicConstraints=critical,CA:TRUE,pathlen:0"],
        ["-subj", "/CN=names", "-addext", "subjectAltName=DNS:example.com,email:ann@example.com"],
        ["-subj", "/CN=digest", "-sha1"], ["-subj", "/CN=digest", "-sha512"],
        ["-subj", "/CN=pss", "-sigopt", "rsa_padding_mode:pss"],
    ]

    @Test("made there are read here the same way", arguments: generated)
    func theirs(_ arguments: [String]) throws {
        let openssl = try OpenSSLProgram()
        let path = openssl.path("made.crt")
        let key = KeyFixture.cobrowse.privateKeyFile.absolutePath
        let made = try openssl.run(["req", "-x509", "-new", "-key", key, "-out", path] + arguments)
        try #require(made.isSuccess, "\(String(decoding: made.messages, as: UTF8.self))")
        let certificate = try Certificate(reading: openssl.content("made.crt"), source: "made")
        try expectSameFields(certificate, path, openssl)
        #expect(try certificate.publicKey() == KeyFixture.cobrowse.publicKey)
    }

    @Test("made here are read there the same way", arguments: ["CobrowseIO", "Büro é 張", "a, b+c=\"d\"\\", " x "])
    func made(_ name: String) throws {
        let openssl = try OpenSSLProgram()
        let certificate = try Certificate.selfSigned(
            by: KeyFixture.cobrowse.privateKey, commonName: name, start: TokenMaker.now, days: 36_500)
        let path = try openssl.file("made.crt", Array(certificate.pem.utf8))
        try expectSameFields(certificate, path, openssl)
        let verified = try openssl.run("verify", "-attime", "1800000000", "-CAfile", path, path)
        #expect(verified.isSuccess, "\(String(decoding: verified.messages, as: UTF8.self))")
        #expect(try openssl.run("x509", "-noout", "-text", "-in", path).text.contains("Version: 3 (0x2)"))
    }

    @Test("written as PEM here are the bytes that openssl writes", arguments: [KeyFixture.cobrowse, .rsa4096])
    func pem(_ fixture: KeyFixture) throws {
        let openssl = try OpenSSLProgram()
        let path = fixture.certificateFile.absolutePath
        let certificate = try Certificate(reading: fixture.certificateFile.bytes(), source: path)
        #expect(try openssl.run("x509", "-in", path).output == Array(certificate.pem.utf8))
        #expect(try openssl.run("x509", "-outform", "DER", "-in", path).output == certificate.der)
        let exported = try fixture.privateKey.exportPEM().withBytes { bytes in bytes.indices.map { bytes[$0] } }
        let key = try openssl.file("key.pem", exported)
        #expect(try openssl.run("pkey", "-check", "-noout", "-in", key).isSuccess)
        #expect(try openssl.run("pkey", "-pubout", "-in", key).output == Array(fixture.publicKey.pem.utf8))
    }

    private func expectSameFields(
        _ certificate: Certificate, _ path: String, _ openssl: OpenSSLProgram,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let names = "sep_comma_plus_space,sname,esc_2253,esc_ctrl,utf8,dump_unknown"
        let printed = try openssl.run(
            "x509", "-noout", "-subject", "-issuer", "-serial", "-dates", "-fingerprint", "-sha256", "-dateopt",
            "iso_8601", "-nameopt", names, "-in", path)
        let lines = printed.text.split(separator: "\n").map(String.init)
        let expected = [
            "subject=\(certificate.subject)", "issuer=\(certificate.issuer)",
            "serial=\(certificate.serialNumber.uppercased())",
            "notBefore=\(date(certificate.notBefore))", "notAfter=\(date(certificate.notAfter))",
            "sha256 Fingerprint=\(try fingerprint(certificate))",
        ]
        #expect(lines == expected, sourceLocation: sourceLocation)
    }

    /// OpenSSL writes `2027-01-15 08:00:00Z`.
    private func date(_ time: Timestamp?) -> String {
        time?.description.replacing("T", with: " ") ?? "Bad time value"
    }

    private func fingerprint(_ certificate: Certificate) throws -> String {
        let digits = try Array(certificate.sha256().uppercased())
        return stride(from: 0, to: digits.count, by: 2).map { String(digits[$0...$0 + 1]) }.joined(separator: ":")
    }
}

import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("What is shown of a connection")
struct ConnectionDocumentTests {
    private static func document(_ connection: Connection) -> String {
        var writer = JSONWriter()
        writer.object { connection.writeMembers(to: &$0, operatorClientID: nil) }
        return writer.text
    }

    @Test("is what an administrator sent, with the secret masked (S2-26)")
    func masked() throws {
        #expect(
            Self.document(try .test()) == """
                {"name":"default","tenantId":"00000000-0000-4000-8000-000000000001",\
                "clientId":"00000000-0000-4000-8000-000000000002","clientSecret":"***",\
                "secretExpiresAt":"2027-01-16T08:00:00Z","environmentUrl":"https://acme.crm4.dynamics.com",\
                "readAs":"application","mailboxApproval":"required",\
                "organizationId":"00000000-0000-4000-8000-000000000009","validated":true,\
                "testedAt":"2027-01-15T08:00:00Z","consent":"granted","consentedAt":"2027-01-15T08:00:00Z",\
                "createdAt":"2027-01-15T08:00:00Z","updatedAt":"2027-01-15T08:00:00Z"}
                """)
    }

    @Test("of a certificate is the certificate, and not its key")
    func certificate() throws {
        let key = try RSAPrivateKey.generate(bits: 2048)
        let certificate = try Certificate.selfSigned(by: key, commonName: "bridge", start: now, days: 30)
        let before = try Connection.test()
        let credential = try ConnectionCredential.certificate(certificate, key: key)
            .sealed(for: before.id, client: .test(2), endingAt: nil, at: now, by: TestVault())
        #expect(credential.endsAt == certificate.notAfter)
        let text = Self.document(before.edited(.dynamics(try .test()), credential: credential, at: now))
        #expect(text.contains("BEGIN CERTIFICATE"))
        #expect(text.contains(#""clientKey":"***""#))
        #expect(!text.contains("PRIVATE KEY"))
    }

    @Test("in the audit trail says when a credential was put there, and nothing of it")
    func audit() throws {
        let connection = try Connection.test()
        let stamp = AuditStamp(Actor("cli:test"), at: now)
        let consented = connection.edited(.dynamics(try .test()), credential: connection.credential, at: now)
        for (entry, action) in [
            (AuditEntry.saved(connection, over: nil, stamp), "connection.create"),
            (
                .saved(consented, over: consented.edited(.dynamics(try .test()), credential: nil, at: now), stamp),
                "connection.update"
            ),
            (.saved(consented.consented(at: now.adding(seconds: 1)), over: consented, stamp), "connection.consent"),
            (.removed(connection, stamp), "connection.remove"),
        ] {
            #expect(entry.action == action)
            let text = try AuditChain.record(entry, after: nil).line
            #expect(text.contains(#""clientSecret":"***""#))
            #expect(text.contains(#""credentialSetAt":"2027-01-15T08:00:00Z""#))
            #expect(!text.contains("s3cr3t"))
            #expect(!text.contains(connection.credential?.secret?.mark ?? "?"))
        }
    }

    @Test("is nothing by reflection or interpolation")
    func reflection() throws {
        let credential = ConnectionCredential.secret(Secret(Array("s3cr3t~value".utf8)))
        var text = "\(credential)"
        dump(credential, to: &text)
        #expect(!text.contains("s3cr3t"))
    }
}

@Suite("A credential at rest")
struct StoredCredentialTests {
    @Test("is opened by the vault that sealed it, for the connection it was sealed for")
    func bound() throws {
        let connection = try Connection.test()
        let stored = try #require(connection.credential)
        let opened = try ConnectionCredential(opening: stored, of: connection.id, by: TestVault())
        guard case .secret(let secret) = opened else { throw MissingFixture(name: "secret") }
        #expect(secret.withBytes { span in span.indices.map { span[$0] } } == Array("s3cr3t~value".utf8))
        #expect(!stored.box.contains(Array("s3cr3t".utf8)))
        #expect(throws: CryptoError.self) {
            try ConnectionCredential(opening: stored, of: connection.id, by: TestVault(8))
        }
        #expect(throws: CryptoError.self) {
            try ConnectionCredential(opening: stored, of: Connection.test("emea").id, by: TestVault())
        }
    }

    @Test("has the same mark as every other that shares it, and no other's (S4-7)")
    func marks() throws {
        func mark(_ secret: String, client: Int, _ name: String) throws -> String? {
            try ConnectionCredential.secret(Secret(Array(secret.utf8)))
                .sealed(for: Connection.test(name).id, client: .test(client), endingAt: nil, at: now, by: TestVault())
                .secret?.mark
        }
        let one = try mark("a", client: 1, "default")
        #expect(try mark("a", client: 1, "emea") == one)
        #expect(try mark("b", client: 1, "default") != one)
        #expect(try mark("a", client: 2, "default") != one)
        #expect(one?.count == 16)
    }

    @Test(
        "is named by a text that fits into an identity",
        arguments: [
            ("default", true), ("emea-2", true), ("0", true), ("a-b", true), ("", false), ("EMEA", false),
            ("-a", false), ("a-", false), ("a:b", false), ("a b", false), ("é", false), ("test", false),
            ("organizations", false), ("tests", true),
            (String(repeating: "a", count: 32), true), (String(repeating: "a", count: 33), false),
        ])
    func names(text: String, isName: Bool) {
        #expect((ConnectionName(text) != nil) == isName)
    }
}

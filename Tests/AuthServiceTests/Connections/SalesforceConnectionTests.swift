import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

extension SalesforceSettings {
    /// Settings of an org and a client that everybody shares.
    static func test() throws -> SalesforceSettings {
        SalesforceSettings(
            loginURL: "https://acme.my.salesforce.com", clientID: "3MVG9key",
            integrationUsername: "bridge@acme.example",
            organizationID: try SalesforceID("00D8Z000000btHh").unwrapped("id"),
            canvasApplicationID: try SalesforceID("06P8Z000000Caap").unwrapped("id"))
    }
}

@Suite("A connection to Salesforce")
struct SalesforceConnectionTests {
    private static let id = ConnectionID(.salesforce, of: .test)
    private static let key = Result { try RSAPrivateKey.generate(bits: 2048) }

    private static func sealed(
        secret: String? = "consumer-s3cr3t", hasKey: Bool = true, certificate: Certificate? = nil,
        endingAt end: Timestamp? = nil, over known: StoredCredential? = nil, at time: Timestamp = now
    ) throws -> StoredCredential {
        let secret = secret.map { Secret(Array($0.utf8)) }
        return try SalesforceCredential(secret: secret, key: hasKey ? key.get() : nil, certificate: certificate)
            .sealed(for: id, client: "3MVG9key", secretEndingAt: end, over: known, at: time, by: TestVault())
    }

    private static func connection(_ credential: StoredCredential?) throws -> Connection {
        Connection(id, .salesforce(try .test()), credential: credential, createdAt: now)
            .validated(.init(testedAt: now, clientID: "3MVG9key", organizationID: "00D8Z000000btHhUAI"))
    }

    private static func document(_ connection: Connection) -> String {
        var writer = JSONWriter()
        writer.object { connection.writeMembers(to: &$0, operatorClientID: nil) }
        return writer.text
    }

    @Test("is shown as an administrator sent it, with every secret masked, and no consent, which nobody asks for")
    func masked() throws {
        let credential = try Self.sealed(endingAt: now.adding(seconds: 86_400))
        let text = Self.document(try Self.connection(credential))
        #expect(
            text == """
                {"name":"default","loginUrl":"https://acme.my.salesforce.com","clientId":"3MVG9key","clientSecret":"***",\
                "secretExpiresAt":"2027-01-16T08:00:00Z","clientKey":"***","clientCertificate":null,\
                "certificateExpiresAt":null,"integrationUsername":"bridge@acme.example",\
                "organizationId":"00D8Z000000btHhUAI","canvasApplicationId":"06P8Z000000CaapUAC",\
                "validated":true,"testedAt":"2027-01-15T08:00:00Z",\
                "createdAt":"2027-01-15T08:00:00Z","updatedAt":"2027-01-15T08:00:00Z"}
                """)
        // What was answered can be sent back, and says nothing new.
        let draft = try SalesforceDraft(try JSONValue(parsing: text.utf8))
        guard case .absent = draft.clientSecret, case .absent = draft.clientKey else {
            throw MissingFixture(name: "masked secrets that stay")
        }
        #expect(draft.loginURL == .text("https://acme.my.salesforce.com") && draft.clientCertificate == .none)
        #expect(draft.canvasApplicationID == .text("06P8Z000000CaapUAC"))
    }

    @Test("keeps its settings as text", arguments: [true, false])
    func stored(isFull: Bool) throws {
        var settings = try SalesforceSettings.test()
        if !isFull {
            (settings.clientID, settings.integrationUsername, settings.canvasApplicationID) = (nil, nil, nil)
        }
        let text = Connection.Settings.salesforce(settings).json
        #expect(try Connection.Settings(.salesforce, parsing: text) == .salesforce(settings))
        #expect(throws: DocumentError.self) { try Connection.Settings(.dynamics, parsing: text) }
    }

    @Test("is damaged where its canvas app is no id: none would be any")
    func damagedCanvasApplication() throws {
        let text = Connection.Settings.salesforce(try .test()).json.replacing("06P8Z000000CaapUAC", with: "06P")
        let error = #expect(throws: DocumentError.self) { try Connection.Settings(.salesforce, parsing: text) }
        #expect(error?.description.contains("canvasApplicationId") == true)
    }

    @Test("is told from others of the tenant by its org")
    func remote() throws {
        #expect(try Self.connection(nil).remote == "00D8Z000000btHhUAI")
    }

    @Test("knows a secret and a key in one box, which only its own name opens")
    func credential() throws {
        let certificate = try Certificate.selfSigned(
            by: Self.key.get(), commonName: "bridge", start: now, days: 30)
        for (secret, hasKey, certificate) in [
            ("consumer-s3cr3t", true, certificate), ("consumer-s3cr3t", false, nil), (nil, true, nil),
        ] as [(String?, Bool, Certificate?)] {
            let stored = try Self.sealed(secret: secret, hasKey: hasKey, certificate: certificate)
            #expect((stored.secret != nil) == (secret != nil) && (stored.key != nil) == hasKey)
            #expect(stored.key?.endsAt == certificate?.notAfter)
            let opened = try SalesforceCredential(opening: stored, of: Self.id, by: TestVault())
            #expect(opened.secret.map(\.copiedBytes) == secret.map { Array($0.utf8) })
            #expect(opened.key?.publicKey == (hasKey ? try Self.key.get().publicKey : nil))
            #expect(opened.certificate?.der == certificate?.der)
            #expect(!stored.box.contains(Array("consumer".utf8)))
            #expect(throws: CryptoError.self) {
                try SalesforceCredential(opening: stored, of: ConnectionID(.dynamics, of: .test), by: TestVault())
            }
        }
    }

    @Test("says of each part when it was put there, also where the other one is replaced")
    func parts() throws {
        let before = try Self.sealed()
        let later = now.adding(seconds: 60)
        let after = try Self.sealed(secret: "another-s3cr3t", over: before, at: later)
        #expect(after.key == before.key && after.secret?.setAt == later && after.secret?.mark != before.secret?.mark)
        #expect(after.key?.mark != after.secret?.mark)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var isValidated = false
        let edit: @Sendable (inout SalesforceSettings, inout StoredCredential?) throws -> Void
    }

    static let rows = [
        Row(testDescription: "nothing", isValidated: true) { _, _ in },
        Row(testDescription: "login URL") { settings, _ in settings.loginURL = "https://test.salesforce.com" },
        Row(testDescription: "consumer key") { settings, _ in settings.clientID = "3MVG9other" },
        Row(testDescription: "org") { settings, _ in
            settings.organizationID = try SalesforceID("00D000000000001").unwrapped("id")
        },
        Row(testDescription: "integration user") { settings, _ in settings.integrationUsername = "b@acme.example" },
        Row(testDescription: "credential") { _, credential in credential = nil },
        Row(testDescription: "canvas app, which no test asks", isValidated: true) { settings, _ in
            settings.canvasApplicationID = nil
        },
    ]

    @Test("is unvalidated once what was tested is something else", arguments: rows)
    func edited(row: Row) throws {
        let before = try Self.connection(Self.sealed())
        var (settings, credential) = (try SalesforceSettings.test(), before.credential)
        try row.edit(&settings, &credential)
        let edited = before.edited(.salesforce(settings), credential: credential, at: now)
        #expect((edited.validation != nil) == row.isValidated)
        #expect(edited.isValidated(operatorClientID: "3MVG9key") == row.isValidated)
        let other = before.edited(.dynamics(try .test()), credential: credential, at: now)
        #expect(other.validation == nil)
    }

    @Test("in the audit trail shows neither secret nor key nor mark")
    func audit() throws {
        let connection = try Self.connection(Self.sealed())
        let entry = AuditEntry.saved(connection, over: nil, AuditStamp(Actor("cli:test"), at: now))
        let text = try AuditChain.record(entry, after: nil).line
        #expect(text.contains(#""clientSecret":"***""#) && text.contains(#""clientKey":"***""#))
        #expect(text.contains(#""credentialSetAt":"2027-01-15T08:00:00Z""#))
        for mark in [connection.credential?.secret?.mark, connection.credential?.key?.mark] {
            #expect(!text.contains(try #require(mark)))
        }
        #expect(!text.contains("s3cr3t") && !text.contains("PRIVATE"))
    }

    @Test("refuses a member that it does not know, or of another type")
    func draft() throws {
        for text in [#"{"tenantId":"x"}"#, #"{"clientSecret":1}"#, "[]"] {
            #expect(throws: DocumentError.self) { try SalesforceDraft(try JSONValue(parsing: text.utf8)) }
        }
        let draft = try SalesforceDraft(
            try JSONValue(parsing: #"{"clientSecret":null,"clientKey":"KEY","loginUrl":null}"#.utf8))
        guard case .none = draft.clientSecret else { throw MissingFixture(name: "a secret that goes") }
        #expect(draft.clientKey.secret?.copiedBytes == Array("KEY".utf8) && draft.loginURL == .none)
        #expect(draft.organizationID == .absent)
    }
}

import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import Testing

@Suite("What is typed about a connection to Salesforce")
struct SalesforceInputTests {
    static func setup(operatorClient: Bool = false) -> SalesforceSetup {
        SalesforceSetup(
            operatorClient: operatorClient
                ? SalesforceSetup.OperatorClient(clientID: "3MVG9operator", secret: Acme.bytes("0perator-s3cret")) : nil
        )
    }

    static func candidate(
        _ draft: SalesforceDraft, over stored: Connection? = nil, operatorClient: Bool = false
    ) throws -> SalesforceCandidate {
        try SalesforceInput(
            draft, over: stored, setup: setup(operatorClient: operatorClient),
            clients: SalesforceClients(vault: try TestVault()), now: now
        ).candidate()
    }

    /// A connection with a secret and a key, as it is stored.
    static func stored(certificate: Certificate? = nil, clientID: String? = Acme.clientID) throws -> Connection {
        let credential = try SalesforceCredential(
            secret: Acme.bytes("st0red-secret"), key: Acme.key.get(), certificate: certificate
        ).sealed(
            for: .org(), client: Acme.clientID, secretEndingAt: nil, over: nil, at: now.adding(seconds: -9),
            by: TestVault())
        return Connection(
            try .org(),
            .salesforce(
                SalesforceSettings(
                    loginURL: Acme.login, clientID: clientID, integrationUsername: Acme.username,
                    organizationID: try SalesforceID(Acme.organization).unwrapped("id"))),
            credential: clientID == nil ? nil : credential, createdAt: now)
    }

    @Test("makes a connection of a key, a secret, or both")
    func complete() throws {
        let both = try Self.candidate(Acme.draft())
        #expect(both.isOwnClient && both.organizationID?.value == Acme.organization)
        #expect(both.application.clientID == Acme.clientID && both.application.integrationUsername == Acme.username)
        #expect(both.application.secret?.copiedBytes == Array(Acme.secret.utf8))
        guard case .assertion? = both.application.grant else { throw MissingFixture(name: "assertion") }
        let key = try Self.candidate(Acme.draft { $0.clientSecret = .absent })
        #expect(key.application.secret == nil)
        let secret = try Self.candidate(Acme.draft { $0.clientKey = .absent })
        guard case .clientCredentials? = secret.application.grant else { throw MissingFixture(name: "credentials") }
        let nobody = try Self.candidate(
            Acme.draft { draft in
                (draft.clientKey, draft.integrationUsername) = (.absent, .absent)
                draft.loginURL = .text("https://login.salesforce.com")
            })
        #expect(nobody.application.grant == nil)
    }

    @Test("takes the operator's login and app where none is named")
    func operators() throws {
        let draft = SalesforceDraft(organizationID: .text(Acme.organization))
        let candidate = try Self.candidate(draft, operatorClient: true)
        #expect(!candidate.isOwnClient && candidate.application.clientID == "3MVG9operator")
        #expect(candidate.application.login.text == "https://login.salesforce.com")
        guard case .operators = candidate.credential else { throw MissingFixture(name: "operator's credential") }
        for change: (inout SalesforceDraft) -> Void in [
            { $0.clientSecret = .given(Acme.bytes("another-secret")) },
            { $0.clientKey = .given((try? Acme.pem()) ?? Acme.bytes("")) },
            { $0.clientCertificate = .text((try? Acme.certificate().pem) ?? "") },
            { $0.secretExpiresAt = .text("2027-03-01") },
        ] {
            var draft = draft
            change(&draft)
            #expect(throws: ConnectorError(.configurationInvalid, "")) {
                try Self.candidate(draft, operatorClient: true)
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let says: String
        let change: @Sendable (inout SalesforceDraft) throws -> Void

        init(_ name: String, _ says: String, _ change: @escaping @Sendable (inout SalesforceDraft) throws -> Void) {
            (testDescription, self.says, self.change) = (name, says, change)
        }
    }

    static let refused = [
        Row("a login elsewhere", "loginUrl: \"acme.example\" is none") { $0.loginURL = .text("https://acme.example") },
        Row("no consumer key", "clientId: is missing") { $0.clientID = .absent },
        Row("an empty consumer key", "clientId: is empty") { $0.clientID = .text(" ") },
        Row("a username for the consumer key", "is a username") { $0.clientID = .text("a@b.example") },
        Row("a record for the consumer key", "id of a record") { $0.clientID = .text("0H4000000000001") },
        Row("Entra's client id", "is a GUID") { $0.clientID = .text("8d8d8d8d-1111-4222-8333-444455556666") },
        Row("the secret for the consumer key", "form of a Consumer Secret") {
            $0.clientID = .text(String(repeating: "AB12", count: 16))
        },
        Row("white space in the consumer key", "is no Consumer Key") { $0.clientID = .text("3MVG9 x") },
        Row("neither secret nor key", "clientSecret: is missing, and so is clientKey") { draft in
            (draft.clientSecret, draft.clientKey) = (.absent, .absent)
        },
        Row("an empty secret", "clientSecret: is empty") { $0.clientSecret = .given(Acme.bytes("")) },
        Row("the consumer key for the secret", "form of a Consumer Key") {
            $0.clientSecret = .given(Acme.bytes("3MVG9" + String(repeating: "x", count: 60)))
        },
        Row("a key for the secret", "is a PEM file") { $0.clientSecret = .given(try Acme.pem()) },
        Row("white space in the secret", "holds white space") { $0.clientSecret = .given(Acme.bytes("a b")) },
        Row("a certificate for the key", "certificate, which holds no private key") {
            $0.clientKey = .given(Acme.bytes(try Acme.certificate().pem))
        },
        Row("a public key for the key", "public key") {
            $0.clientKey = .given(Acme.bytes(try Acme.key.get().publicKey.pem))
        },
        Row("nothing for the key", "holds no private key") { $0.clientKey = .given(Acme.bytes("MII...")) },
        Row("a key without its user", "integrationUsername: is missing") { $0.integrationUsername = .absent },
        Row("no e-mail form", "is no username") { $0.integrationUsername = .text("bridge") },
        Row("a user's id", "id of a user") { $0.integrationUsername = .text(Acme.user) },
        Row("two @", "is no username") { $0.integrationUsername = .text("a@b@c.example") },
        Row("a certificate without its key", "clientCertificate: is given without clientKey") { draft in
            draft.clientKey = .absent
            draft.clientCertificate = .text(try Acme.certificate().pem)
        },
        Row("a certificate of another key", "clientCertificate: the private key does not belong") {
            $0.clientCertificate = .text(try Acme.certificate(of: Acme.otherKey).pem)
        },
        Row("a certificate that has ended", "clientCertificate: ended on") {
            $0.clientCertificate = .text(try Acme.certificate(start: now.adding(seconds: -172_800), days: 1).pem)
        },
        Row("no id of an org", "organizationId: \"acme\" is no id") { $0.organizationID = .text("acme") },
        Row("an id in small letters", "check characters that do not fit") {
            $0.organizationID = .text("00d8z000000bthhuai")
        },
        Row("a user's id for the org's", "id of something else") { $0.organizationID = .text(Acme.user) },
        Row("no id of a canvas app", "canvasApplicationId: \"cobrowse\" is no id") {
            $0.canvasApplicationID = .text("cobrowse")
        },
        Row("a connected app for the canvas app", "those of canvas apps begin with 06P") {
            $0.canvasApplicationID = .text("0H4000000000001")
        },
        Row("an end that is no date", "secretExpiresAt: \"soon\"") { $0.secretExpiresAt = .text("soon") },
        Row("an end that has passed", "has passed") { $0.secretExpiresAt = .text("2026-01-01") },
        Row("an end of no secret", "secretExpiresAt: is given without clientSecret") { draft in
            (draft.clientSecret, draft.secretExpiresAt) = (.absent, .text("2027-03-01"))
        },
        Row("a certificate of no key", "clientCertificate: is given without clientKey") { draft in
            (draft.clientKey, draft.clientCertificate) = (.none, .text(try Acme.certificate().pem))
        },
        Row("client credentials where none are taken", "takes no client credentials") { draft in
            (draft.clientKey, draft.loginURL) = (.absent, .text("https://login.salesforce.com"))
        },
        Row("nobody who could be asked for the org", "organizationId: is missing") { draft in
            (draft.clientKey, draft.integrationUsername, draft.organizationID) = (.absent, .absent, .absent)
        },
    ]

    @Test("is refused with the member, what it is instead and what to do", arguments: refused)
    func refusal(row: Row) throws {
        let error = #expect(throws: ConnectorError.self) { try Self.candidate(Acme.draft(row.change)) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.detail.contains(row.says) == true, "\(error?.detail ?? "")")
        #expect(error?.hint?.isEmpty == false && error?.fixedBy != nil)
        for secret in [Acme.secret, "MIIE", "AB12AB12"] {
            #expect(error?.detail.contains(secret) == false && error?.hint?.contains(secret) == false)
        }
    }

    @Test("says everything that is wrong at once")
    func all() throws {
        let error = #expect(throws: ConnectorError.self) {
            try Self.candidate(
                SalesforceDraft(
                    loginURL: .text("x"), clientID: .text("@"), clientKey: .given(Acme.bytes("x")),
                    integrationUsername: .text("x"), organizationID: .text("x")))
        }
        for member in ["loginUrl", "clientId", "integrationUsername", "organizationId"] {
            #expect(error?.detail.contains("\(member): ") == true && error?.hint?.contains("\(member): ") == true)
        }
    }

    @Test("may be nothing, which is the stored connection as it is")
    func nothing() throws {
        let stored = try Self.stored()
        let candidate = try Self.candidate(SalesforceDraft(), over: stored)
        guard case .stored(let credential) = candidate.credential else { throw MissingFixture(name: "credential") }
        #expect(credential == stored.credential)
        #expect(candidate.application.secret?.copiedBytes == Array("st0red-secret".utf8))
        #expect(candidate.application.key?.publicKey == (try Acme.key.get().publicKey))
        let dated = try Self.candidate(SalesforceDraft(secretExpiresAt: .text("2027-03-01")), over: stored)
        guard case .stored(let told) = dated.credential else { throw MissingFixture(name: "credential") }
        #expect(told.secret?.endsAt == Timestamp(rfc3339: "2027-03-01T23:59:59Z") && told.key == credential.key)
    }

    @Test("may be what the stored connection says, also once the end of its secret and its certificate have passed")
    func passedEnds() throws {
        let certificate = try Acme.certificate(start: now.adding(seconds: -172_800), days: 1)
        var stored = try Self.stored(certificate: certificate)
        let end = now.adding(seconds: -60)
        stored = stored.edited(stored.settings, credential: stored.credential?.secretEnding(at: end), at: now)
        let draft = SalesforceDraft(
            clientCertificate: .text(certificate.pem), integrationUsername: .text("other@acme.example"),
            secretExpiresAt: .text(end.description))
        let candidate = try Self.candidate(draft, over: stored)
        guard case .stored(let kept) = candidate.credential else { throw MissingFixture(name: "stored credential") }
        #expect(kept == stored.credential && candidate.application.integrationUsername == "other@acme.example")
        // Beside a new secret it is the end of the one before; another end that has passed is none.
        var renewed = draft
        renewed.clientSecret = .given(Acme.bytes("n3w"))
        guard case .given(_, secretEndsAt: nil) = try Self.candidate(renewed, over: stored).credential else {
            throw MissingFixture(name: "a secret without an end")
        }
        renewed.secretExpiresAt = .text("2026-01-01")
        #expect(throws: ConnectorError(.configurationInvalid, "")) { try Self.candidate(renewed, over: stored) }
        // Taken away, it takes its end along; so does the operator's app.
        var without = draft
        without.clientSecret = .none
        #expect(try Self.candidate(without, over: stored).application.secret == nil)
        let operators = SalesforceDraft(
            clientID: .none, clientCertificate: draft.clientCertificate, secretExpiresAt: draft.secretExpiresAt)
        #expect(try !Self.candidate(operators, over: stored, operatorClient: true).isOwnClient)
    }

    @Test("may name the canvas app, keeps it, and takes it away")
    func canvasApplication() throws {
        let given = try Self.candidate(Acme.draft { $0.canvasApplicationID = .text(" 06P8Z000000Caap ") })
        #expect(given.canvasApplicationID?.value == "06P8Z000000CaapUAC")
        var stored = try Self.stored()
        var settings = try #require(stored.salesforce)
        settings.canvasApplicationID = given.canvasApplicationID
        stored = stored.edited(.salesforce(settings), credential: stored.credential, at: now)
        #expect(try Self.candidate(SalesforceDraft(), over: stored).canvasApplicationID == given.canvasApplicationID)
        let without = try Self.candidate(SalesforceDraft(canvasApplicationID: .none), over: stored)
        #expect(without.canvasApplicationID == nil)
    }

    @Test("replaces a secret or a key alone, and leaves the other as it is")
    func rotation() throws {
        let stored = try Self.stored(certificate: try Acme.certificate())
        let secret = try Self.candidate(SalesforceDraft(clientSecret: .given(Acme.bytes("n3w"))), over: stored)
        guard case .given(let first, _) = secret.credential else { throw MissingFixture(name: "credential") }
        #expect(first.secret?.copiedBytes == Array("n3w".utf8) && first.certificate != nil)
        #expect(first.key?.publicKey == (try Acme.key.get().publicKey))
        let key = try Self.candidate(SalesforceDraft(clientKey: .given(try Acme.pem(Acme.otherKey))), over: stored)
        guard case .given(let second, _) = key.credential else { throw MissingFixture(name: "credential") }
        #expect(second.secret?.copiedBytes == Array("st0red-secret".utf8))
        #expect(second.key?.publicKey == (try Acme.otherKey.get().publicKey))
        // The certificate was that of the key before.
        #expect(second.certificate == nil)
        let gone = try Self.candidate(SalesforceDraft(clientSecret: .none), over: stored)
        guard case .given(let third, _) = gone.credential else { throw MissingFixture(name: "credential") }
        #expect(third.secret == nil && third.key != nil && third.certificate != nil)
    }

    @Test("may bring the certificate of the stored key later")
    func certificate() throws {
        let certificate = try Acme.certificate()
        let candidate = try Self.candidate(
            SalesforceDraft(clientCertificate: .text(certificate.pem)), over: try Self.stored())
        guard case .given(let credential, _) = candidate.credential else { throw MissingFixture(name: "credential") }
        #expect(credential.certificate?.der == certificate.der)
    }

    @Test("never uses the secret and the key of the app before for another one")
    func otherApp() throws {
        let error = #expect(throws: ConnectorError.self) {
            try Self.candidate(SalesforceDraft(clientID: .text("3MVG9other")), over: try Self.stored())
        }
        #expect(error?.hint?.contains("belong to another app") == true)
        let candidate = try Self.candidate(
            SalesforceDraft(clientID: .text("3MVG9other"), clientKey: .given(try Acme.pem())), over: try Self.stored())
        #expect(candidate.application.secret == nil)
    }

    @Test("is refused where the stored credential cannot be opened")
    func sealed() throws {
        let stored = try Self.stored()
        let error = #expect(throws: ConnectorError.self) {
            try SalesforceInput(
                SalesforceDraft(), over: stored, setup: Self.setup(), clients: SalesforceClients(vault: TestVault(8)),
                now: now
            ).candidate()
        }
        #expect(error?.code == .passwordWrong)
    }
}

import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import Testing

@Suite("What an administrator enters about a connection")
struct DynamicsInputTests {
    static let tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47"
    static let client = "8d8d8d8d-1111-4222-8333-444455556666"

    static func draft(_ change: (inout DynamicsDraft) throws -> Void = { _ in }) rethrows -> DynamicsDraft {
        var draft = DynamicsDraft(
            tenantID: .text(tenant), clientID: .text(client), clientSecret: secret("abc8Q~value-of-the-secret"),
            environmentURL: .text("https://acme.crm4.dynamics.com"))
        try change(&draft)
        return draft
    }

    static func secret(_ text: String) -> Secret { Secret(Array(text.utf8)) }

    static func setup(withOperator: Bool = false) throws -> DynamicsSetup {
        DynamicsSetup(
            environments: EnvironmentRules(),
            operatorClient: withOperator
                ? .init(clientID: try .test(77), credential: .secret(secret("operators"))) : nil)
    }

    private static func candidate(
        _ draft: DynamicsDraft, over stored: Connection? = nil, withOperator: Bool = false
    ) throws -> DynamicsCandidate {
        let input = DynamicsInput(
            draft, over: stored, setup: try setup(withOperator: withOperator),
            clients: DynamicsClients(vault: try TestVault()), now: now)
        return try input.candidate()
    }

    private static func error(
        _ draft: DynamicsDraft, over stored: Connection? = nil, withOperator: Bool = false
    ) throws -> ConnectorError {
        try #require(throws: ConnectorError.self) {
            try candidate(draft, over: stored, withOperator: withOperator)
        }
    }

    /// A stored connection of the client, with a secret.
    static func stored(secret text: String = "st0red-secret", client: String? = client) throws -> Connection {
        let id = try ConnectionID.test()
        let clientID = try client.map { try GUID($0).unwrapped("GUID") }
        let credential = try clientID.map { clientID in
            try ConnectionCredential.secret(secret(text))
                .sealed(
                    for: id, client: clientID, endingAt: now.adding(seconds: 9 * 86_400), at: now, by: TestVault())
        }
        return Connection(
            id,
            .dynamics(
                DynamicsSettings(
                    tenantID: try GUID(tenant).unwrapped("GUID"), clientID: clientID,
                    environmentURL: "https://acme.crm4.dynamics.com", mailboxApproval: .notUsed)),
            credential: credential, createdAt: now)
    }

    @Test("becomes a candidate, in one spelling")
    func candidate() throws {
        let candidate = try Self.candidate(
            Self.draft {
                $0.tenantID = .text(" {\(Self.tenant.uppercased())} ")
                $0.environmentURL = .text("https://ACME.crm4.dynamics.com/main.aspx?appid=1")
                $0.readAs = .text("agent")
                $0.mailboxApproval = .text("not-used")
                $0.secretExpiresAt = .text("2027-03-01")
            })
        let tenantID = try #require(GUID(Self.tenant))
        #expect(
            candidate.settings
                == DynamicsSettings(
                    tenantID: tenantID, clientID: GUID(Self.client), environmentURL: "https://acme.crm4.dynamics.com",
                    readAs: .agent, mailboxApproval: .notUsed))
        #expect(candidate.client.application.tenant == .id(tenantID))
        guard case .given(.secret(let secret), let end) = candidate.credential else {
            throw MissingFixture(name: "given secret")
        }
        #expect(secret.copiedBytes == Array("abc8Q~value-of-the-secret".utf8))
        #expect(end == Timestamp(rfc3339: "2027-03-01T23:59:59Z"))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let member: String
        let says: String
        let draft: @Sendable () throws -> DynamicsDraft

        init(
            _ member: String, _ says: String, _ name: String,
            _ change: @escaping @Sendable (inout DynamicsDraft) throws -> Void
        ) {
            testDescription = "\(member): \(name)"
            (self.member, self.says) = (member, says)
            draft = { try DynamicsInputTests.draft(change) }
        }
    }

    static let rows = [
        // S2-8: missing and blank ones by name.
        Row("tenantId", "is missing", "left out") { $0.tenantID = .absent },
        Row("tenantId", "is empty", "blank") { $0.tenantID = .text("") },
        Row("clientId", "is missing", "left out") { $0.clientID = .absent },
        Row("clientId", "is empty", "blank") { $0.clientID = .text("") },
        Row("clientSecret", "is missing", "left out") { $0.clientSecret = nil },
        Row("clientSecret", "is empty", "blank") { $0.clientSecret = secret("") },
        Row("environmentUrl", "is missing", "left out") { $0.environmentURL = .absent },
        Row("environmentUrl", "is empty", "blank") { $0.environmentURL = .text(" ") },
        Row("environmentUrl", "is empty", "null") { $0.environmentURL = .none },
        // S3-34: GUIDs, and not the same one.
        Row("tenantId", "is no GUID", "a domain") { $0.tenantID = .text("contoso.onmicrosoft.com") },
        Row("tenantId", "is no GUID", "cut off") { $0.tenantID = .text(String(tenant.dropLast())) },
        Row("clientId", "is no GUID", "a name") { $0.clientID = .text("Cobrowse.io Application") },
        Row("clientId", "is the same as tenantId", "the tenant's") { $0.clientID = .text(tenant.uppercased()) },
        // S2-5: the Secret ID in the place of the Value.
        Row("clientSecret", "most likely the Secret ID", "a GUID") { $0.clientSecret = secret(client) },
        Row("clientSecret", "most likely the Secret ID", "a GUID in braces") {
            $0.clientSecret = secret("{\(client.uppercased())}")
        },
        Row("clientSecret", "white space", "with a space") { $0.clientSecret = secret("abc def") },
        Row("clientSecret", "white space", "with a line end") { $0.clientSecret = secret("abcdef\n") },
        Row("clientSecret", "too long", "a file") { $0.clientSecret = secret(String(repeating: "a", count: 513)) },
        // S3-15: no longer than 24 months.
        Row("secretExpiresAt", "is no date", "words") { $0.secretExpiresAt = .text("in two years") },
        Row("secretExpiresAt", "is no date", "a day that is none") { $0.secretExpiresAt = .text("2027-02-30") },
        Row("secretExpiresAt", "has passed", "yesterday") { $0.secretExpiresAt = .text("2027-01-14") },
        Row("secretExpiresAt", "has passed", "now") { $0.secretExpiresAt = .text("2027-01-15T08:00:00Z") },
        Row("secretExpiresAt", "more than 24 months ahead", "25 months") { $0.secretExpiresAt = .text("2029-02-15") },
        Row("secretExpiresAt", "more than 24 months ahead", "24 months and two days") {
            $0.secretExpiresAt = .text("2029-01-17")
        },
        Row("environmentUrl", "begins with http://", "not https") {
            $0.environmentURL = .text("http://acme.crm4.dynamics.com")
        },
        Row("environmentUrl", "none of Dynamics 365's hosts", "another host") {
            $0.environmentURL = .text("https://dynamics.example")
        },
        Row("readAs", "is not known", "nobody") { $0.readAs = .text("nobody") },
        Row("mailboxApproval", "is not known", "off") { $0.mailboxApproval = .text("off") },
        Row("clientSecret", "is given beside clientKey", "both credentials") { $0.clientKey = secret("x") },
        Row("clientKey", "is missing", "a certificate alone") {
            ($0.clientSecret, $0.clientCertificate) = (nil, .text("x"))
        },
        Row("clientCertificate", "is missing", "a key alone") { ($0.clientSecret, $0.clientKey) = (nil, secret("x")) },
        Row("clientCertificate", "neither PEM nor DER", "no certificate") {
            ($0.clientSecret, $0.clientKey, $0.clientCertificate) = (nil, secret("x"), .text("x"))
        },
    ]

    @Test("is refused by the name of the member, before anything is sent", arguments: rows)
    func refused(row: Row) throws {
        let error = try Self.error(row.draft())
        #expect(error.code == .configurationInvalid)
        #expect(error.detail.hasPrefix("\(row.member): "), "\(error.detail)")
        #expect(error.detail.contains(row.says), "\(error.detail)")
        #expect(error.hint?.isEmpty == false && error.fixedBy != nil)
    }

    @Test("is told everything that is wrong at once, and never the secret (S2-8, S2-26)")
    func everything() throws {
        let error = try Self.error(
            DynamicsDraft(
                tenantID: .text("a"), clientSecret: Self.secret("has a space"), environmentURL: .text("b"),
                secretExpiresAt: .text("c"), readAs: .text("d")))
        for member in ["tenantId", "clientId", "clientSecret", "environmentUrl", "secretExpiresAt", "readAs"] {
            #expect(error.detail.contains("\(member): "), "\(member)")
            #expect(error.hint?.contains("\(member): ") == true, "\(member)")
        }
        #expect(!"\(error) \(error.hint ?? "")".contains("has a space"))
        #expect(!error.detail.contains("mailboxApproval"))
    }

    @Test("may name the last day that a secret made today can have")
    func lastDay() throws {
        for day in ["2027-01-16", "2029-01-15", "2029-01-15T08:00:00Z"] {
            #expect(throws: Never.self) { try Self.candidate(Self.draft { $0.secretExpiresAt = .text(day) }) }
        }
    }

    @Test("may be the new secret alone, the rest stays (S2-31)")
    func rotation() throws {
        let candidate = try Self.candidate(
            DynamicsDraft(clientSecret: Self.secret("n3w-secret")), over: try Self.stored())
        #expect(candidate.settings == (try Self.candidate(DynamicsDraft(), over: Self.stored())).settings)
        #expect(candidate.settings.mailboxApproval == .notUsed)
        guard case .given(.secret(let secret), let end) = candidate.credential else {
            throw MissingFixture(name: "given secret")
        }
        #expect(secret.copiedBytes == Array("n3w-secret".utf8))
        // The end of the old one says nothing of the new one.
        #expect(end == nil)
    }

    @Test("may leave the secret out, which stays")
    func keptSecret() throws {
        let stored = try Self.stored()
        let candidate = try Self.candidate(
            DynamicsDraft(environmentURL: .text("https://other.crm4.dynamics.com")), over: stored)
        guard case .stored(let kept) = candidate.credential,
            case .secret(let secret) = candidate.client.application.credential
        else { throw MissingFixture(name: "stored secret") }
        #expect(kept == stored.credential)
        #expect(secret.copiedBytes == Array("st0red-secret".utf8))
        let told = try Self.candidate(DynamicsDraft(secretExpiresAt: .text("2027-03-01")), over: stored)
        guard case .stored(let dated) = told.credential else { throw MissingFixture(name: "stored secret") }
        #expect(dated.endsAt == Timestamp(rfc3339: "2027-03-01T23:59:59Z") && dated.secret?.mark == kept.secret?.mark)
        let untold = try Self.candidate(DynamicsDraft(secretExpiresAt: .none), over: stored)
        guard case .stored(let undated) = untold.credential else { throw MissingFixture(name: "stored secret") }
        #expect(undated.endsAt == nil)
    }

    @Test("may be what the stored connection says, also once the end of its secret has passed, and beside a new one")
    func passedEnd() throws {
        var stored = try Self.stored()
        let end = now.adding(seconds: -60)
        stored = stored.edited(stored.settings, credential: stored.credential?.secretEnding(at: end), at: now)
        var draft = DynamicsDraft(secretExpiresAt: .text(end.description))
        guard case .stored(let kept) = try Self.candidate(draft, over: stored).credential else {
            throw MissingFixture(name: "stored secret")
        }
        #expect(kept == stored.credential)
        draft.clientSecret = Self.secret("n3w-secret")
        guard case .given(_, endsAt: nil) = try Self.candidate(draft, over: stored).credential else {
            throw MissingFixture(name: "a secret without an end")
        }
        draft.secretExpiresAt = .text("2027-01-14")
        #expect(try Self.error(draft, over: stored).detail.contains("has passed"))
    }

    @Test("has to bring the secret of another client, and never uses that of the one before")
    func otherClient() throws {
        let error = try Self.error(DynamicsDraft(clientID: .text(try GUID.test(4).value)), over: try Self.stored())
        #expect(error.detail.hasPrefix("clientSecret: is missing"))
        #expect(error.hint?.contains("belongs to another client") == true)
    }

    @Test("uses the operator's registration where it names none")
    func operatorsClient() throws {
        let candidate = try Self.candidate(
            Self.draft { ($0.clientID, $0.clientSecret) = (.absent, nil) }, withOperator: true)
        #expect(candidate.settings.clientID == nil)
        #expect(candidate.client.application.clientID == (try .test(77)))
        guard case .operators = candidate.credential else { throw MissingFixture(name: "operator's credential") }
        // A connection with a client of its own keeps that; null gives it up.
        let stored = try Self.stored()
        #expect(try Self.candidate(DynamicsDraft(), over: stored, withOperator: true).settings.clientID != nil)
        #expect(
            try Self.candidate(DynamicsDraft(clientID: .none), over: stored, withOperator: true).settings.clientID
                == nil)
        #expect(
            try Self.candidate(DynamicsDraft(), over: Self.stored(client: nil), withOperator: true).settings.clientID
                == nil)
    }

    @Test("is told where there is no such registration, and that its secret is not entered here (S0-33)")
    func noOperator() throws {
        let none = try Self.error(DynamicsDraft(clientID: .none), over: try Self.stored(client: nil))
        #expect(none.detail.contains("dynamics__client_id"))
        let both = try Self.error(Self.draft { $0.clientID = .none }, withOperator: true)
        #expect(both.detail == "clientSecret: is given without clientId")
    }

    @Test("may be a certificate with its key, which says itself when it ends")
    func certificate() throws {
        let key = try RSAPrivateKey.generate(bits: 2048)
        let certificate = try Certificate.selfSigned(
            by: key, commonName: "bridge", start: now.adding(seconds: -86_400), days: 30)
        func draft(_ certificate: Certificate, _ key: RSAPrivateKey) throws -> DynamicsDraft {
            let pem = try key.exportPEM()
            return Self.draft {
                ($0.clientSecret, $0.clientCertificate, $0.clientKey) = (nil, .text(certificate.pem), pem)
            }
        }
        let candidate = try Self.candidate(draft(certificate, key))
        guard case .given(.certificate(let given, _), nil) = candidate.credential else {
            throw MissingFixture(name: "given certificate")
        }
        #expect(given.der == certificate.der)
        let other = try RSAPrivateKey.generate(bits: 2048)
        #expect(try Self.error(draft(certificate, other)).detail.contains("does not belong to the certificate"))
        for (days, says) in [(-60, "ended on"), (5, "is not valid before")] {
            let wrong = try Certificate.selfSigned(
                by: key, commonName: "bridge", start: now.adding(seconds: Int64(days) * 86_400), days: 30)
            #expect(try Self.error(draft(wrong, key)).detail.contains(says))
        }
        let twisted = try Self.error(
            Self.draft {
                ($0.clientSecret, $0.clientKey) = (nil, Self.secret("x"))
                $0.clientCertificate = .text(
                    try key.exportPEM().withBytes { span in
                        String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
                    })
            })
        #expect(!"\(twisted)".contains("MII"))
    }

    @Test("may ask for RS256 with x5t, which old registrations need, and keeps the certificate")
    func oldRegistration() throws {
        let key = try RSAPrivateKey.generate(bits: 2048)
        let certificate = try Certificate.selfSigned(
            by: key, commonName: "bridge", start: now.adding(seconds: -86_400), days: 30)
        let vault = try TestVault()
        let credential = try ConnectionCredential.certificate(certificate, key: key).sealed(
            for: .test(), client: .test(3), endingAt: nil, at: now, by: vault)
        let settings = DynamicsSettings(
            tenantID: try .test(1), clientID: try .test(3), environmentURL: "https://acme.crm4.dynamics.com")
        let stored = Connection(try .test(), .dynamics(settings), credential: credential, createdAt: now)
        func scheme(_ draft: DynamicsDraft, over stored: Connection) throws -> RSASignatureScheme {
            let clients = DynamicsClients(vault: vault)
            let input = DynamicsInput(draft, over: stored, setup: try Self.setup(), clients: clients, now: now)
            let candidate = try input.candidate()
            #expect(candidate.settings.assertionAlgorithm.rawValue == draft.assertionAlgorithm.text ?? "PS256")
            let edited = stored.edited(.dynamics(candidate.settings), credential: credential, at: now)
            let client = try DynamicsClients(vault: vault).client(of: edited, setup: try Self.setup())
            guard case .certificate(let tested) = candidate.client.application.credential,
                case .certificate(let kept) = client.application.credential
            else { throw MissingFixture(name: "certificate") }
            #expect(tested.scheme == kept.scheme)
            return tested.scheme
        }
        #expect(try scheme(DynamicsDraft(), over: stored) == .pss)
        #expect(try scheme(DynamicsDraft(assertionAlgorithm: .text("RS256")), over: stored) == .pkcs1)
        #expect(
            try Self.error(Self.draft { $0.assertionAlgorithm = .text("HS256") }).detail
                .contains("assertionAlgorithm: \"HS256\" is not known"))
    }

    @Test("says that the master key is another one, where the stored secret is needed and cannot be opened")
    func otherMasterKey() throws {
        let input = DynamicsInput(
            DynamicsDraft(), over: try Self.stored(), setup: try Self.setup(),
            clients: DynamicsClients(vault: try TestVault(8)), now: now)
        let error = #expect(throws: ConnectorError.self) { try input.candidate() }
        #expect(error?.code == .passwordWrong && error?.fixedBy == .bridgeOperator)
    }
}

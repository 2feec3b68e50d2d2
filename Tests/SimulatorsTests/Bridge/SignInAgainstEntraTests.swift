import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Simulators
import Synchronization
import Testing

/// The bridge's own side of the sign-in, with the stand-in as Entra: each is the other's test.
@Suite("The bridge's sign-in at the stand-in")
struct SignInAgainstEntraTests {
    let standIns: StandIns
    let application: EntraApplication
    let desk: SignInDesk<EntraSignIn>
    let client: EntraSignIn

    init() throws {
        standIns = try StandIns()
        let sender = StandInSender(simulator: standIns.simulator)
        application = EntraApplication(
            authority: EntraAuthority(try WebOrigin(standIns.entra).unwrapped("origin")),
            tenantID: try GUID(try standIns.tenant()).unwrapped("tenant"),
            clientID: try GUID(try standIns.client()).unwrapped("client"),
            credential: .secret(Secret(Array(StandIns.secret.utf8))))
        let client = EntraSignIn(
            application: application, redirectURI: StandIns.redirectURI, resource: TokenResource(standIns.contoso),
            staysSignedIn: true, random: SystemRandomSource())
        self.client = client
        desk = SignInDesk(
            pending: SignInsInMemory(), endpoint: TokenEndpoint(sender: sender, clock: standIns.clock),
            keys: ProviderKeys(sender: sender, clock: standIns.clock), clock: standIns.clock,
            random: SystemRandomSource()
        ) { _ throws(ConnectorError) in client }
    }

    /// Goes to Entra and back as a browser does.
    private func signIn(_ person: String) async throws -> Result<SignedIn<EntraPerson>, SignInRefusal> {
        let cobrowse = try #require(WebOrigin("https://cobrowse.io"))
        let intent = SignInIntent(
            license: try #require(License("acme-test")), connection: "dynamics:default",
            redirectTo: try RedirectTarget("/dashboard", cobrowse: cobrowse, listed: []))
        let start = try await desk.begin(intent, at: client, cookie: nil)
        let callback = try standIns.get("\(start.location)&simulator_person=\(person)")
        let location = try (callback.fields[.location]?.text).unwrapped("callback in \(callback.text)")
        let query = location.drop { $0 != "?" }.dropFirst()
        do throws(SignInRefusal) {
            return .success(try await desk.finish(query: String(query), cookie: start.cookie))
        } catch {
            return .failure(error)
        }
    }

    @Test("ends with the person whom the stand-in knows", arguments: ["ben", "gina-guest"])
    func person(name: String) async throws {
        let signedIn = try await signIn(name).get()
        #expect(signedIn.person.tenantID.value == (try standIns.tenant()))
        #expect(signedIn.person.objectID.value == (try standIns.person(name)))
        let token = signedIn.grant.accessToken.secret.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
        #expect(try standIns.dataverse("WhoAmI", token: token).status != .unauthorized)
        #expect(signedIn.grant.refreshToken != nil)
    }

    /// What may be wrong with an ID token without making it a bad one.
    private static let harmless: Set = ["id-token.at-hash", "id-token.address-of-another"]

    @Test("believes no ID token with a defect", arguments: Fault.all.filter { $0.place == .idToken }.map(\.name))
    func defects(name: String) async throws {
        try standIns.simulator.set(name)
        let outcome = try await signIn("ben")
        switch outcome {
        case .success(let signedIn):
            #expect(Self.harmless.contains(name))
            #expect(signedIn.person.objectID.value == (try standIns.person("ben")))
        case .failure: #expect(!Self.harmless.contains(name))
        }
        let next = try? await signIn("ben").get()
        #expect(next != nil)
    }

    private static let passing: Set = ["AADSTS90055", "AADSTS90033", "AADSTS90006", "AADSTS90012", "AADSTS50033"]

    @Test("explains what Entra refuses by its number", arguments: ["authorize", "token"])
    func refusals(place: String) async throws {
        for fault in Fault.all where fault.place.rawValue == place && fault.name.contains(".AADSTS") {
            try standIns.simulator.set(fault.name)
            guard case .failure(let refusal) = try await signIn("ben") else {
                Issue.record("\(fault.name) is a sign-in")
                continue
            }
            let number = String(fault.name.drop { $0 != "." }.dropFirst())
            // What passes is told by its status, 429 or 503, whatever the body says.
            if place == "token", Self.passing.contains(number) {
                #expect([.upstreamThrottled, .upstreamUnavailable].contains(refusal.error.code))
            } else {
                #expect(refusal.error.vendorCode == number)
            }
        }
    }

    @Test("gets tokens of the application by secret and by certificate")
    func applicationTokens() async throws {
        let tokens = EntraTokenClient(sender: StandInSender(simulator: standIns.simulator), clock: standIns.clock)
        _ = try await tokens.token(for: TokenResource(standIns.contoso), of: application)
        let certificate = try Certificate(reading: try KeyFixture.cobrowse.certificateFile.bytes(), source: "fixture")
        var patch = JSONWriter()
        patch.object { writer in
            writer.name("certificates")
            writer.array { $0.string(certificate.pem) }
        }
        try standIns.simulator.changeClient("bridge-certificate", patch.text)
        for scheme in [RSASignatureScheme.pss, .pkcs1] {
            let credential = try ClientCertificate(
                certificate, key: try KeyFixture.cobrowse.privateKey, scheme: scheme)
            let application = EntraApplication(
                authority: application.authority, tenant: application.tenant,
                clientID: try GUID(try standIns.client("bridge-certificate")).unwrapped("client"),
                credential: .certificate(credential))
            _ = try await tokens.newToken(for: TokenResource(standIns.contoso), of: application)
        }
        let foreign = TokenResource(standIns.simulator.sites[.dataverse("fabrikam")])
        let error = await #expect(throws: ConnectorError.self) {
            try await tokens.token(for: foreign, of: application)
        }
        #expect(error?.code == .environmentNotFound)
        #expect(error?.vendorCode == "AADSTS500011")
    }

    @Test("gets a token of an environment with what was granted for discovery")
    func refresh() async throws {
        let tokens = EntraTokenClient(sender: StandInSender(simulator: standIns.simulator), clock: standIns.clock)
        let signedIn = try await signIn("ann").get()
        let refreshToken = try signedIn.grant.refreshToken.unwrapped("refresh token")
        let grant = try await tokens.token(
            refreshing: refreshToken, for: TokenResource(standIns.discovery), of: application)
        #expect(grant.refreshToken != nil)
    }
}

/// Sign-ins in memory.
private final class SignInsInMemory: PendingSignIns {
    private let records = Mutex<[String: PendingSignIn]>([:])

    func keep(_ record: PendingSignIn, under id: String) async throws(ConnectorError) {
        records.withLock { $0[id] = record }
    }

    func take(_ id: String) async throws(ConnectorError) -> PendingSignIn? {
        records.withLock { $0.removeValue(forKey: id) }
    }
}

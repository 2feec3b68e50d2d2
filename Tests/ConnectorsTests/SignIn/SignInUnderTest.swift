import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Synchronization
import Testing

/// Sign-ins in memory.
final class MemoryPendingSignIns: PendingSignIns {
    private let records = Mutex<[String: Secret]>([:])

    /// What is kept, by name.
    var names: [String] { records.withLock { $0.keys.sorted() } }

    func keep(_ record: PendingSignIn, under id: String) async throws(ConnectorError) {
        records.withLock { $0[id] = record.json }
    }

    func take(_ id: String) async throws(ConnectorError) -> PendingSignIn? {
        records.withLock { $0.removeValue(forKey: id) }.flatMap { PendingSignIn(json: $0) }
    }
}

/// A desk for Entra sign-ins whose network is a script: it plays Entra.
struct SignInUnderTest {
    let pending = MemoryPendingSignIns()
    let clock = SettableClock()
    let sender: ScriptedSender
    let client: EntraSignIn
    let desk: SignInDesk<EntraSignIn>

    /// - Parameters:
    ///   - changes: what is different in the ID token, which has the sign-in's nonce unless changed.
    ///   - tokenAnswer: in the place of the token endpoint's grant.
    init(
        _ changes: KeyValuePairs<String, String?> = [:], header: String = IDTokenMaker.header,
        signer: KeyFixture = .cobrowse, tokenAnswer: IncomingResponse? = nil
    ) throws {
        let nonce = Base64URL.encode([UInt8](repeating: 2, count: 32))
        let token = try IDTokenMaker(signer).token(header: header, Self.claims(nonce: nonce, changes))
        let grant = IncomingResponse.json(
            "{\"access_token\":\"\(IDTokenMaker.accessToken)\",\"token_type\":\"Bearer\",\"id_token\":\"\(token)\"}")
        let keys = try IDTokenMaker.keySet()
        sender = ScriptedSender { request throws(SendError) in
            if request.method == .post { return tokenAnswer ?? grant }
            guard request.url.target.hasSuffix("openid-configuration") else { return IncomingResponse(.ok, body: keys) }
            return .json(
                "{\"issuer\":\"\(IDTokenMaker.issuer)\",\"jwks_uri\":\"https://login.microsoftonline.com/keys\"}")
        }
        let application = EntraApplication(
            authority: EntraCloud.global.authority, tenantID: try #require(GUID(IDTokenMaker.tenantID)),
            clientID: try #require(GUID(IDTokenMaker.clientID)), credential: .secret(Secret(Array("s3cret".utf8))))
        let client = EntraSignIn(
            application: application, redirectURI: "https://sso.example/api/1/dynamics/auth/callback",
            random: FixedRandomSource())
        self.client = client
        desk = SignInDesk(
            pending: pending, endpoint: TokenEndpoint(sender: sender, clock: clock),
            keys: ProviderKeys(sender: sender, clock: clock), clock: clock, random: FixedRandomSource()
        ) { _ throws(ConnectorError) in client }
    }

    private static func claims(
        nonce: String, _ changes: KeyValuePairs<String, String?>
    ) -> KeyValuePairs<String, String?> {
        guard !changes.contains(where: { $0.key == "nonce" }) else { return changes }
        // The literal keeps the order and takes no array; there are no more than four changes in a test.
        var all = changes.map { ($0.key, $0.value) } + [("nonce", "\"\(nonce)\"")]
        while all.count < 5 { all.append(("unused", nil)) }
        return [
            all[0].0: all[0].1, all[1].0: all[1].1, all[2].0: all[2].1, all[3].0: all[3].1, all[4].0: all[4].1,
        ]
    }

    /// A sign-in that was begun in a browser.
    func begin(cookie: SignInCookie? = nil) async throws -> (start: SignInStart, state: String) {
        let cobrowse = try #require(WebOrigin("https://cobrowse.io"))
        let intent = SignInIntent(
            license: try #require(License("acme-test")), connection: "dynamics:default",
            redirectTo: try RedirectTarget("/dashboard", cobrowse: cobrowse, listed: []))
        let start = try await desk.begin(intent, at: client, cookie: cookie)
        let state = try #require(start.location.split(separator: "&").first { $0.hasPrefix("state=") }?.dropFirst(6))
        return (start, String(state))
    }

    /// What becomes of a query that a browser comes back with.
    func finish(_ query: String, _ cookie: SignInCookie?) async -> Result<SignedIn<EntraPerson>, SignInRefusal> {
        do throws(SignInRefusal) {
            return .success(try await desk.finish(query: query, cookie: cookie))
        } catch {
            return .failure(error)
        }
    }
}

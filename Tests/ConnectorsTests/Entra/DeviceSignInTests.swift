import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Synchronization
import Testing

@Suite("A sign-in by device code")
struct DeviceSignInTests {
    private let clock = SettableClock()
    private let resource = TokenResource("https://globaldisco.crm.dynamics.com")
    private static let code =
        #"{"user_code":"GXCT2Q","device_code":"DC","verification_uri":"https://microsoft.com/devicelogin","#
        + #""expires_in":900,"interval":5,"message":"To sign in, ..."}"#
    private static let grant = #"{"access_token":"AT","token_type":"Bearer","refresh_token":"RT"}"#

    /// Lets the clock go on in the place of waiting.
    private final class ClockPause: Pause {
        private let clock: SettableClock
        private let list = Mutex<[Int64]>([])
        var waits: [Int64] { list.withLock(\.self) }

        init(_ clock: SettableClock) {
            self.clock = clock
        }

        func wait(seconds: Int64) async {
            list.withLock { $0.append(seconds) }
            clock.advance(seconds: seconds)
        }
    }

    private func application() throws -> EntraApplication {
        EntraApplication(
            authority: EntraCloud.global.authority, tenantID: try #require(GUID(IDTokenMaker.tenantID)),
            clientID: try #require(GUID(IDTokenMaker.clientID)), credential: .secret(Secret(Array("s".utf8))))
    }

    private func refusal(_ word: String) -> IncomingResponse { .json(400, "{\"error\":\"\(word)\"}") }

    /// The waits, and the grant or the error that the answers lead to.
    private func run(
        _ answers: [IncomingResponse]
    ) async throws -> (waits: [Int64], outcome: Result<TokenGrant, ConnectorError>, requests: [OutgoingRequest]) {
        let sender = ScriptedSender([.json(Self.code)] + answers)
        let (client, pause) = (EntraTokenClient(sender: sender, clock: clock), ClockPause(clock))
        let application = try application()
        do throws(ConnectorError) {
            let authorization = try await client.deviceAuthorization(for: resource, of: application)
            let grant = try await client.signIn(by: authorization, of: application, pausing: pause)
            return (pause.waits, .success(grant), sender.requests)
        } catch {
            return (pause.waits, .failure(error), sender.requests)
        }
    }

    @Test("shows a code and an address, and asks until somebody has entered it")
    func success() async throws {
        let sender = ScriptedSender([.json(Self.code)])
        let shown = try await EntraTokenClient(sender: sender, clock: clock)
            .deviceAuthorization(for: resource, of: application())
        #expect(shown.userCode == "GXCT2Q" && shown.verificationURL == "https://microsoft.com/devicelogin")
        #expect(shown.expiresAt == clock.now.adding(seconds: 900) && shown.interval == 5)
        let run = try await run([refusal("authorization_pending"), refusal("authorization_pending"), .json(Self.grant)])
        #expect(run.waits == [5, 5, 5])
        #expect(try run.outcome.get().refreshToken != nil)
        #expect(
            run.requests.first?.formFields["scope"]
                == "openid profile offline_access https://globaldisco.crm.dynamics.com/user_impersonation")
        #expect(
            run.requests.last?.formFields == [
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "DC",
                "client_id": IDTokenMaker.clientID, "client_secret": "s",
            ])
    }

    @Test("asks less often when told to, and when there is no answer")
    func slower() async throws {
        let run = try await run([refusal("slow_down"), .page(502), refusal("authorization_pending"), .json(Self.grant)])
        #expect(run.waits == [5, 10, 20, 20])
    }

    @Test(
        "ends when it was declined, has expired, or nobody comes",
        arguments: [
            ("authorization_declined", .consentDeclined, 1), ("access_denied", .consentDeclined, 1),
            ("expired_token", .codeInvalid, 1), ("authorization_pending", .codeInvalid, 180),
            ("bad_verification_code", .signInBlocked, 1),
        ] as [(String, ReasonCode, Int)])
    func ends(word: String, code: ReasonCode, waits: Int) async throws {
        let run = try await run([IncomingResponse](repeating: refusal(word), count: 200))
        #expect(run.outcome.failure?.code == code && run.waits.count == waits)
    }

    @Test("gives up a server that stays away when the code ends")
    func outage() async throws {
        let run = try await run([IncomingResponse](repeating: .page(503), count: 200))
        #expect(run.outcome.failure?.code == .upstreamUnavailable)
        #expect(run.waits.prefix(5) == [5, 10, 20, 40, 60] && run.waits.count < 25)
    }

    @Test(
        "does not begin without a code",
        arguments: [
            (IncomingResponse.json(401, #"{"error":"invalid_client","error_codes":[7000218]}"#), .credentialsRejected),
            (.json("{}"), .upstreamUnavailable), (.page(200), .upstreamUnavailable), (.page(429), .upstreamThrottled),
            (.json(code.replacing("https://microsoft.com", with: "javascript:alert")), .upstreamUnavailable),
        ] as [(IncomingResponse, ReasonCode)])
    func begin(response: IncomingResponse, code: ReasonCode) async throws {
        let client = EntraTokenClient(sender: ScriptedSender([response]), clock: clock)
        let application = try application()
        let error = await #expect(throws: ConnectorError.self) {
            try await client.deviceAuthorization(for: resource, of: application)
        }
        #expect(error?.code == code)
    }
}

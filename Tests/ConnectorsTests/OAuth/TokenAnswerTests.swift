import BridgeCore
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

/// An answer of a token endpoint, and what it is taken for.
struct TokenAnswerSample: Sendable, CustomTestStringConvertible {
    let name: String
    let response: IncomingResponse
    /// `nil` for a grant.
    let code: ReasonCode?

    init(_ name: String, _ response: IncomingResponse, _ code: ReasonCode? = nil) {
        (self.name, self.response, self.code) = (name, response, code)
    }

    var testDescription: String { name }
}

@Suite("An answer of a token endpoint")
struct TokenAnswerTests {
    private static let grant = #"{"access_token":"AT","token_type":"Bearer","expires_in":3599}"#
    private static let refusal = #"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid."}"#

    static let samples: [TokenAnswerSample] = [
        TokenAnswerSample("a grant", .json(grant)),
        TokenAnswerSample("token_type in lower case", .json(#"{"access_token":"AT","token_type":"bearer"}"#)),
        TokenAnswerSample(
            "another token_type", .json(#"{"access_token":"AT","token_type":"MAC"}"#), .upstreamUnavailable),
        TokenAnswerSample("no token_type", .json(#"{"access_token":"AT"}"#), .upstreamUnavailable),
        TokenAnswerSample("an empty token", .json(#"{"access_token":"","token_type":"Bearer"}"#), .upstreamUnavailable),
        TokenAnswerSample(
            "a token that is no text", .json(#"{"access_token":1,"token_type":"Bearer"}"#), .upstreamUnavailable),
        TokenAnswerSample(
            "a token that would split a header", .json(#"{"access_token":"a\r\nb","token_type":"Bearer"}"#),
            .upstreamUnavailable),
        TokenAnswerSample("a page with 200", .page(200), .upstreamUnavailable),
        TokenAnswerSample("an array", .json("[]"), .upstreamUnavailable),
        TokenAnswerSample(
            "a member twice", .json(#"{"access_token":"a","access_token":"b","token_type":"Bearer"}"#),
            .upstreamUnavailable),
        TokenAnswerSample("an error with 200", .json(refusal), .upstreamUnavailable),
        TokenAnswerSample("400", .json(400, refusal), .credentialsRejected),
        TokenAnswerSample("401, read like 400", .json(401, refusal), .credentialsRejected),
        TokenAnswerSample("403 of a firewall", .page(403), .upstreamUnavailable),
        TokenAnswerSample("404 of another server", .page(404), .upstreamUnavailable),
        TokenAnswerSample("400 without error", .json(400, "{}"), .upstreamUnavailable),
        TokenAnswerSample(
            "400 with an error that is no text", .json(400, #"{"error":{"code":"x"}}"#), .upstreamUnavailable),
        TokenAnswerSample("429 as Entra sends it", .page(429, "Too Many Requests"), .upstreamThrottled),
        TokenAnswerSample("500", .page(500), .upstreamUnavailable),
        TokenAnswerSample("503 with an error", .json(503, #"{"error":"invalid_client"}"#), .upstreamUnavailable),
        TokenAnswerSample("a redirect", .page(302), .upstreamUnavailable),
        TokenAnswerSample("nothing", .page(204, ""), .upstreamUnavailable),
    ]

    private func grant(_ response: IncomingResponse, secret: String = "s3cret-value") async -> Result<
        TokenGrant, ConnectorError
    > {
        let endpoint = TokenEndpoint(sender: ScriptedSender([response]), clock: FixedClock())
        var request = TokenRequest(
            at: EntraCloud.global.authority.tokenURL(.organizations), grantType: "client_credentials")
        request.set("client_secret", Secret(Array(secret.utf8)))
        do throws(ConnectorError) {
            return .success(try await endpoint.grant(request) { EntraErrors.explain($0, at: .credentials) })
        } catch {
            return .failure(error)
        }
    }

    @Test("is read whatever its status and form", arguments: samples)
    func read(_ sample: TokenAnswerSample) async {
        switch await grant(sample.response) {
        case .success(let grant):
            #expect(sample.code == nil)
            #expect(grant.accessToken.secret.copiedBytes == Array("AT".utf8))
        case .failure(let error): #expect(error.code == sample.code)
        }
    }

    @Test(
        "says when the token ends",
        arguments: [
            ("3599", 3599), (#""3599""#, 3599), ("0", 0), ("-5", 0), ("1e9", nil), ("90000", 86_400), (#""soon""#, nil),
            ("null", nil),
        ] as [(String, Int64?)])
    func lifetime(text: String, seconds: Int64?) async throws {
        let answer = "{\"access_token\":\"AT\",\"token_type\":\"Bearer\",\"expires_in\":\(text)}"
        let grant = try await grant(.json(answer)).get()
        #expect(grant.accessToken.expiresAt == seconds.map { TokenMaker.now.adding(seconds: $0) })
    }

    @Test("brings refresh and ID tokens where there are some")
    func tokens() async throws {
        let all = #"{"access_token":"AT","token_type":"Bearer","refresh_token":"RT","id_token":"IT"}"#
        let grant = try await grant(.json(all)).get()
        #expect(grant.refreshToken?.copiedBytes == Array("RT".utf8))
        #expect(grant.idToken?.copiedBytes == Array("IT".utf8))
        let plain = try await self.grant(.json(Self.grant)).get()
        #expect(plain.refreshToken == nil && plain.idToken == nil)
        #expect(!"\(grant)".contains("AT"))
    }

    @Test(
        "says how long to wait",
        arguments: [("17", 17), ("soon", 60), ("-1", 0), ("999999", 3600)] as [(HTTPFieldValue, Int64)])
    func retryAfter(text: HTTPFieldValue, seconds: Int64) async {
        var response = IncomingResponse.page(429)
        response.fields.append(.retryAfter, text)
        let error = await grant(response).failure
        #expect(error?.retryAfter == seconds)
    }

    @Test("never repeats what it was sent")
    func echo() async {
        let answer = #"{"error":"invalid_client","error_description":"the secret s3cret-value of x is s3cret-value"}"#
        let error = await grant(.json(401, answer)).failure
        #expect(error?.detail.contains("s3cret-value") == false)
        #expect(error?.detail.contains("the secret <secret> of x") == true)
        #expect(error?.hint?.contains("s3cret") == false)
    }

    @Test("is asked for at one host, once more after a server's error, and may be short only")
    func request() async {
        let sender = ScriptedSender([.json(Self.grant)])
        var request = TokenRequest(at: EntraCloud.china.authority.tokenURL(.organizations), grantType: "x")
        request.set("scope", "a b/.default")
        _ = try? await TokenEndpoint(sender: sender, clock: FixedClock()).answer(request)
        let sent = sender.requests
        #expect(sent.map(\.method) == [.post])
        #expect(sent.map(\.url.text) == ["https://login.partner.microsoftonline.cn/organizations/oauth2/v2.0/token"])
        #expect(sent.map(\.formFields) == [["grant_type": "x", "scope": "a b/.default"]])
        #expect(sent.allSatisfy { $0.repeatsServerErrors && $0.responseLimit == 65_536 })
        #expect(sent.allSatisfy { $0.rule == HostRule(only: $0.url.origin) })
    }

    @Test("that does not come is an error of its own")
    func unsent() async {
        let sender = ScriptedSender { _ throws(SendError) in
            throw SendError(.deadline, .upstreamUnavailable, "login.example took too long", retryAfter: .seconds(9))
        }
        let request = TokenRequest(at: EntraCloud.global.authority.tokenURL(.organizations))
        let error = await #expect(throws: ConnectorError.self) {
            try await TokenEndpoint(sender: sender, clock: FixedClock()).answer(request)
        }
        #expect(error?.code == .upstreamUnavailable && error?.detail == "login.example took too long")
        #expect(error?.retryAfter == 9 && error?.fixedBy == .bridgeOperator)
    }
}

extension Result {
    /// The error; `nil` for a success.
    var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}

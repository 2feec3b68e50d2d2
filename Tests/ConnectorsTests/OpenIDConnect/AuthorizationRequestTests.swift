import Connectors
import HTTPMessage
import Testing

@Suite("An authorization request")
struct AuthorizationRequestTests {
    private let request = AuthorizationRequest(
        endpoint: EntraCloud.global.authority.authorizationURL(.organizations), clientID: "client",
        redirectURI: "https://sso.example/api/1/dynamics/auth/callback", scopes: ["openid", "profile"], state: "s-_~",
        nonce: "n", challenge: "c")

    @Test("is the code flow with PKCE, and never says plain")
    func url() {
        #expect(
            request.url?.text
                == "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=client&"
                + "response_type=code&redirect_uri=https%3A%2F%2Fsso.example%2Fapi%2F1%2Fdynamics%2Fauth%2Fcallback&"
                + "response_mode=query&scope=openid%20profile&state=s-_~&nonce=n&code_challenge=c&"
                + "code_challenge_method=S256")
    }

    @Test("asks for a choice of account, or begins with a name, where told to")
    func options() {
        var request = request
        (request.prompt, request.loginHint) = ("select_account", "ann@example.com")
        #expect(request.url?.target.hasSuffix("&prompt=select_account&login_hint=ann%40example.com") == true)
    }

    @Test("goes behind a query that is there already, and nowhere when it is too long")
    func query() throws {
        var request = request
        request.endpoint = try #require(RequestURL("https://a.example/authorize?p=1"))
        #expect(request.url?.text.hasPrefix("https://a.example/authorize?p=1&client_id=client&") == true)
        request.state = String(repeating: "s", count: 17_000)
        #expect(request.url == nil)
    }
}

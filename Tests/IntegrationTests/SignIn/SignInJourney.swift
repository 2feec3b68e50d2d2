import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Testing

/// A service with a connection to Dynamics 365 that has passed its test, and browsers that sign in through it.
struct SignInJourney {
    let test: ServiceUnderTest
    let microsoft: SigningMicrosoft
    let administrator: Administrator
    let clock: SettableClock

    static let redirectURI = "https://sso.example/api/1/dynamics/auth/callback"
    static let settings = ["public_url": "https://sso.example", "cobrowse_api": "https://cobrowse.example"]

    /// Runs `body` with the connection `default`.
    static func run(
        _ settings: [String: String] = [:], _ body: (SignInJourney) async throws -> Void
    ) async throws {
        let microsoft = SigningMicrosoft()
        let clock = SettableClock()
        let all = Self.settings.merging(settings) { $1 }.filter { !$0.value.isEmpty }
        try await ServiceUnderTest.run(all, sender: microsoft, clock: clock) { test in
            let token = try await test.apiToken(.admin(try .example(TokenMaker.license)), life: 86_400)
            try await test.restart()
            let administrator = Administrator(test: test, token: token)
            let saved = try administrator.call("PUT", "/connections/dynamics", json: FakeMicrosoft.draft())
            #expect(saved.status == 200, "\(saved.text)")
            try await body(
                SignInJourney(test: test, microsoft: microsoft, administrator: administrator, clock: clock))
        }
    }

    /// Changes the tenant's document: members as JSON.
    func changeTenant(_ members: [String: String]) throws { try administrator.changeTenant(members) }

    func browser(port: UInt16? = nil) -> Browser { Browser(journey: self, port: port ?? test.service.port) }

    /// Signs in from the beginning to the place where the browser lands.
    func signIn(_ query: String = "") throws -> RawResponse {
        let browser = browser()
        return try browser.comeBack(with: try browser.authorize(query))
    }

    /// Signs in and has the code exchanged; the answer to that.
    func exchange() throws -> RawResponse {
        let landing = try signIn()
        let location = try #require(landing["location"], "\(landing.status) \(landing.text)")
        let code = try #require(location.split(separator: "code=").last)
        return try test.send("POST", "/api/1/sso/exchange", body: #"{"code":"\#(code)"}"#)
    }

    /// The document of the decision that an answer names.
    func decision(of answer: RawResponse) throws -> JSONValue {
        let id = try #require(answer["x-decision-id"])
        let decision = try administrator.get("/decisions/\(id)")
        #expect(decision.status == 200, "\(decision.text)")
        return try decision.json
    }

    /// Names and outcomes of the checks of a decision.
    static func checks(_ decision: JSONValue) -> [String] {
        (decision["checks"]?.arrayValue ?? []).map { check in
            "\(check["name"]?.stringValue ?? "") \(check["outcome"]?.stringValue ?? "")"
        }
    }
}

/// A browser with its cookies.
final class Browser {
    let journey: SignInJourney
    let port: UInt16
    /// `name=value`.
    var cookie: String?
    var accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    var language = "en"

    init(journey: SignInJourney, port: UInt16) {
        self.journey = journey
        self.port = port
    }

    func get(_ target: String) throws -> RawResponse {
        let client = try RawClient(port: port)
        var fields = ["Accept: \(accept)", "Accept-Language: \(language)"]
        if let cookie { fields.append("Cookie: theme=dark; \(cookie)") }
        client.send(ServiceUnderTest.request("GET", target, fields: fields))
        return try client.response(toHead: false)
    }

    /// Begins a sign-in; keeps the cookie.
    func begin(_ query: String = "") throws -> RawResponse {
        let answer = try get("/api/1/dynamics/auth?license=\(TokenMaker.license)\(query.isEmpty ? "" : "&\(query)")")
        if let set = answer["set-cookie"] { cookie = set.split(separator: ";").first.map(String.init) }
        return answer
    }

    /// Begins a sign-in and goes through Microsoft's; the query it is sent back with.
    func authorize(_ query: String = "") throws -> String {
        let answer = try begin(query)
        return try journey.microsoft.authorize(try #require(answer["location"], "\(answer.status) \(answer.text)"))
    }

    func comeBack(with query: String) throws -> RawResponse { try get("/api/1/dynamics/auth/callback?\(query)") }
}

import BridgeCore
import HTTPMessage
import Testing

@testable import BridgeService

@Suite("The paths of the service")
struct RouteTests {
    @Test("are those that are documented")
    func paths() {
        for (route, path) in [
            (.verify, "/api/1/sso/verify"), (.authorize, "/api/1/sso/authorize"), (.exchange, "/api/1/sso/exchange"),
            (.dynamicsAuth, "/api/1/dynamics/auth"), (.dynamicsCallback, "/api/1/dynamics/auth/callback"),
            (.consentCallback, "/api/1/dynamics/consent/callback"), (.salesforceAuth, "/api/1/salesforce/auth"),
            (.salesforceCallback, "/api/1/salesforce/auth/callback"), (.salesforceCanvas, "/api/1/salesforce/canvas"),
            (.keySet, "/.well-known/jwks.json"),
            (.health, "/healthz"), (.readiness, "/readyz"), (.openAPI, "/openapi.json"), (.metrics, "/metrics"),
        ] as [(Route, String)] {
            #expect(Route(path: Array(path.utf8).span) == route)
        }
        #expect(Route.allCases.count == 14)
    }

    @Test(
        "are compared byte for byte",
        arguments: [
            "", "/", "/api/1/sso/verify/", "/api/1/sso/Verify", "/api/1/sso/verif", "/api/1/sso/verifyx",
            "//api/1/sso/verify", "/api/1/sso/%76erify", "/api/1/sso/../sso/verify", "/api/1/sso/verify%20",
            "/api/1/sso/verify%00", "/api/1/sso/verify;a=b", "/api/2/sso/verify", "*", "/HEALTHZ",
        ])
    func others(path: String) {
        #expect(Route(path: Array(path.utf8).span) == nil)
    }

    @Test(
        "go on below authorize, where a gateway appends the path it asks about",
        arguments: [
            ("/api/1/sso/authorize", true), ("/api/1/sso/authorize/", false), ("/api/1/sso/authorize/a/../b%2F", false),
            ("/api/1/sso/authorize//", false), ("/api/1/sso/authorizex", nil), ("/api/1/sso/authorize%2Fx", nil),
            ("/api/1/sso/verify/x", nil), ("/api/1/sso/Authorize/x", nil),
        ] as [(String, Bool?)])
    func below(path: String, isExact: Bool?) {
        let bytes = Array(path.utf8)
        #expect(Route(path: bytes.span) == (isExact == nil ? nil : .authorize))
        if let isExact { #expect(Route.isExact(bytes.span) == isExact) }
    }

    @Test("are read with GET and HEAD, but for those that are asked for a login")
    func methods() {
        for route in Route.allCases {
            let allowed: Set<HTTPMethod> =
                switch route {
                case .verify, .exchange, .salesforceCanvas: [.post]
                case .dynamicsAuth, .dynamicsCallback, .consentCallback, .salesforceAuth, .salesforceCallback: [.get]
                case .authorize: Set(HTTPMethod.allCases)
                default: [.get, .head]
                }
            #expect(Set(HTTPMethod.allCases.filter(route.allows)) == allowed)
        }
        #expect(Route.verify.allowedMethods == "POST")
        #expect(Route.health.allowedMethods == "GET, HEAD")
    }
}

@Suite("The place of a token in a request")
struct TokenLocationTests {
    /// The token found in `body`, or the code.
    private static func token(_ body: String) -> String {
        do throws(RequestRefusal) {
            return try TokenLocation.withToken(inBody: Array(body.utf8).span) { token in
                var bytes: [UInt8] = []
                for index in token.indices { bytes.append(token[index]) }
                return String(decoding: bytes, as: UTF8.self)
            }
        } catch {
            return "\(error.status.rawValue) \(error.code.rawValue)"
        }
    }

    @Test(
        "is the member token of the body",
        arguments: [
            (#"{"token":"a.b.c"}"#, "a.b.c"), (" \r\n{ \"token\" :\t\"a.b.c\" } \n", "a.b.c"), (#"{"token":""}"#, ""),
            (#"{"x":{"token":"no"},"token":"a.b.c","y":[1,{"token":"no"}]}"#, "a.b.c"),
            (#"{"token":"a\u002eb.\u0063"}"#, "a.b.c"), (#"{"t\u006fken":"a.b.c"}"#, "a.b.c"),
            (#"{"token":"a\/b\n"}"#, "a/b\n"), (#"{"Token":"no","token":"yes"}"#, "yes"),
            (#"{"token":"\u0000"}"#, "\0"),
        ])
    func found(body: String, token: String) {
        #expect(Self.token(body) == token)
    }

    @Test(
        "is nowhere else in it",
        arguments: [
            "", " ", "{", "{}", "[]", "null", "true", "\"a.b.c\"", "a.b.c", "token=a.b.c", #"["a.b.c"]"#,
            #"{"token":null}"#, #"{"token":1}"#, #"{"token":["a.b.c"]}"#, #"{"token":{"token":"a"}}"#,
            #"{"Token":"a.b.c"}"#, #"{"token":"a","token":"b"}"#, #"{"token":"a","t\u006fken":"b"}"#,
            #"{"token":"a"}{"token":"b"}"#, #"{"token":"a"},"#, #"{"token":"a"} x"#, #"{"token":"a",}"#,
            #"{token:"a"}"#, "{'token':'a'}", "{\"token\":\"a\nb\"}", #"{"token":"\ud800"}"#, "{\"token\":\"a\0\"}",
            "\u{FEFF}{\"token\":\"a\"}", #"{"token":"a","x":01}"#, #"{"token":"a" /* c */}"#,
        ])
    func malformed(body: String) {
        #expect(Self.token(body) == "400 token_malformed")
    }

    @Test("may be deep in nothing: nesting has an end", arguments: [100, 10_000, 60_000])
    func deep(depth: Int) {
        #expect(Self.token(#"{"x":"# + String(repeating: "[", count: depth)) == "400 token_malformed")
    }

    @Test(
        "is what follows Bearer in the Authorization field",
        arguments: [
            ("Bearer a.b.c", "a.b.c"), ("bearer a.b.c", "a.b.c"), ("BEARER   a.b.c", "a.b.c"), ("bEaReR a b", "a b"),
            ("Bearer Bearer x", "Bearer x"), ("Bearer \"a\"", "\"a\""),
        ])
    func bearer(value: String, token: String) {
        let bytes = Array(value.utf8)
        let range = TokenLocation.bearer(bytes.span)
        #expect(range.map { String(decoding: bytes[$0], as: UTF8.self) } == token)
    }

    @Test(
        "is in no other scheme",
        arguments: [
            "", "a.b.c", "Bearer", "Bearer ", "Bearer    ", "Bearera.b.c", "Bearer\ta.b.c", "Basic YTpi", "Token a.b.c",
            "Bearer,a.b.c", "Bearer=a", " Bearer a", "Bearér a.b.c", "B\u{5}arer a.b.c", "Bearer\0a",
        ])
    func otherScheme(value: String) {
        #expect(TokenLocation.bearer(Array(value.utf8).span) == nil)
    }
}

import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("A sign-in")
struct SignInTests {
    @Test("ends with a person, by way of code, ID token and keys")
    func person() async throws {
        let test = try SignInUnderTest()
        let (start, state) = try await test.begin()
        #expect(
            start.location.hasPrefix(
                "https://login.microsoftonline.com/\(IDTokenMaker.tenantID)/oauth2/v2.0/authorize?client_id="))
        #expect(
            start.location.contains("&code_challenge_method=S256")
                && start.location.contains("&scope=openid%20profile&"))
        #expect(test.pending.names == [start.id] && test.sender.requests.isEmpty)
        let signedIn = try await test.finish("code=CODE&state=\(state)", start.cookie).get()
        #expect(signedIn.person.tenantID.value == IDTokenMaker.tenantID)
        #expect(signedIn.person.objectID.value == IDTokenMaker.objectID)
        #expect(signedIn.record.license.value == "acme-test" && signedIn.record.connection == "dynamics:default")
        #expect(
            signedIn.record.purpose == .login && signedIn.record.redirectTo?.text == "https://cobrowse.io/dashboard")
        #expect(signedIn.display.name == "Ann Example")
        #expect(test.pending.names.isEmpty)
    }

    @Test("redeems the code with the verifier that the challenge was made of, as the client")
    func redemption() async throws {
        let test = try SignInUnderTest()
        let (start, state) = try await test.begin()
        _ = await test.finish("code=a%2Bb&state=\(state)", start.cookie)
        let fields = try #require(test.sender.requests.first?.formFields)
        let verifier = try CodeVerifier(text: try #require(fields["code_verifier"]))
        #expect(start.location.contains("&code_challenge=\(verifier.challenge)&"))
        #expect(fields["code"] == "a+b" && fields["grant_type"] == "authorization_code")
        #expect(fields["redirect_uri"] == "https://sso.example/api/1/dynamics/auth/callback")
        #expect(fields["client_secret"] == "s3cret")
        #expect(fields.count == 6)
    }

    @Test("gives state, nonce and verifier 256 bits each, and its browser a cookie")
    func secrets() async throws {
        let test = try SignInUnderTest()
        let (first, state) = try await test.begin()
        let (second, otherState) = try await test.begin(cookie: first.cookie)
        #expect(state.utf8.count == 43 && state != otherState && first.id != second.id)
        #expect(first.cookie.field == second.cookie.field)
        #expect(!first.location.contains(first.cookie.field.text.split(separator: "=")[1].prefix(43)))
    }

    @Test("of two windows of one browser ends in both")
    func windows() async throws {
        let test = try SignInUnderTest()
        let (first, state) = try await test.begin()
        _ = try await test.begin(cookie: first.cookie)
        #expect(await test.finish("code=C&state=\(state)", first.cookie).failure == nil)
        #expect(test.pending.names.count == 1)
    }

    @Test("teaches nothing where state or cookie are missing, foreign, used or stale")
    func stateInvalid() async throws {
        let test = try SignInUnderTest()
        let (start, state) = try await test.begin()
        let foreign = try SignInCookie(from: FixedRandomSource([[UInt8](repeating: 9, count: 32)]))
        let attempts: [(String, SignInCookie?)] = [
            ("code=C&state=\(state)", nil), ("code=C&state=\(state)", foreign), ("code=C", start.cookie),
            ("code=C&state=", start.cookie), ("code=C&state=\(state)A", start.cookie),
            ("code=C&state=\(state)&state=\(state)", start.cookie), ("error=access_denied", start.cookie),
            ("error=access_denied&state=\(state)", foreign), ("", nil), ("code=C&state=.", start.cookie),
        ]
        var refusals: [SignInRefusal] = []
        for (query, cookie) in attempts { refusals.append(try #require(await test.finish(query, cookie).failure)) }
        #expect(test.pending.names == [start.id], "a stranger has ended somebody else's sign-in")
        #expect(await test.finish("code=C&state=\(state)", start.cookie).failure == nil)
        refusals.append(try #require(await test.finish("code=C&state=\(state)", start.cookie).failure))
        let (late, lateState) = try await test.begin()
        test.clock.advance(seconds: 600)
        refusals.append(try #require(await test.finish("code=C&state=\(lateState)", late.cookie).failure))
        #expect(refusals.count == 12)
        #expect(Set(refusals.map(\.error.detail)).count == 1 && Set(refusals.map(\.error.hint)).count == 1)
        #expect(refusals.allSatisfy { $0.error.code == .stateInvalid && $0.record == nil })
    }

    @Test("may take ten minutes, less a moment, and not begin in the future")
    func lifetime() async throws {
        let test = try SignInUnderTest()
        let (start, state) = try await test.begin()
        test.clock.advance(seconds: 599)
        #expect(await test.finish("code=C&state=\(state)", start.cookie).failure == nil)
        let (next, nextState) = try await test.begin()
        test.clock.advance(seconds: -1)
        #expect(await test.finish("code=C&state=\(nextState)", next.cookie).failure?.error.code == .stateInvalid)
    }

    @Test(
        "that the provider refuses says why, before any code is looked at",
        arguments: [
            ("error=access_denied&error_description=AADSTS65004%3A+declined", .consentDeclined),
            ("error=interaction_required&error_description=AADSTS53003%3A+blocked", .signInBlocked),
            ("error=access_denied&error_description=AADSTS50105%3A+x&code=C", .signInBlocked),
            ("error=temporarily_unavailable", .upstreamUnavailable), ("x=y", .codeInvalid),
            ("code=A&code=B", .codeInvalid),
        ] as [(String, ReasonCode)])
    func refused(query: String, code: ReasonCode) async throws {
        let test = try SignInUnderTest()
        let (start, state) = try await test.begin()
        let refusal = await test.finish("\(query)&state=\(state)", start.cookie).failure
        #expect(refusal?.error.code == code && refusal?.record?.license.value == "acme-test")
        #expect(test.sender.requests.isEmpty && test.pending.names.isEmpty)
    }

    @Test(
        "fails as the token endpoint says",
        arguments: [
            (IncomingResponse.json(400, #"{"error":"invalid_grant","error_codes":[54005]}"#), .codeInvalid),
            (.json(401, #"{"error":"invalid_client","error_codes":[7000222]}"#), .credentialsExpired),
            (.json(400, #"{"error":"invalid_grant","error_codes":[501481]}"#), .codeInvalid),
            (.json(400, #"{"error":"invalid_grant","error_codes":[65001]}"#), .consentRequired),
            (.page(503), .upstreamUnavailable), (.page(429), .upstreamThrottled),
            (.json(#"{"access_token":"AT","token_type":"Bearer"}"#), .claimMissing),
            (.json(#"{"access_token":"AT","token_type":"Bearer","id_token":"no.token"}"#), .tokenMalformed),
        ] as [(IncomingResponse, ReasonCode)])
    func endpoint(response: IncomingResponse, code: ReasonCode) async throws {
        let test = try SignInUnderTest(tokenAnswer: response)
        let (start, state) = try await test.begin()
        let refusal = await test.finish("code=C&state=\(state)", start.cookie).failure
        #expect(refusal?.error.code == code && refusal?.record != nil)
        #expect(test.sender.requests.count == 1)
    }

    @Test(
        "fails where the ID token is not for it",
        arguments: [
            (["nonce": #""bm9uY2U""#], .stateInvalid), (["nonce": nil], .claimMissing),
            (["aud": #""x""#], .audienceMismatch),
            (["exp": "1800000000"], .tokenExpired), (["tid": nil], .claimMissing), (["oid": #""ann""#], .claimInvalid),
            (["iss": #""https://login.microsoftonline.com/x/v2.0""#], .issuerUnknown),
            (["at_hash": #""AAAA""#], .claimInvalid), (["ver": #""1.0""#], .claimInvalid),
            (["tid": #""99999999-aaaa-4bbb-8ccc-000000000009""#], .issuerUnknown),
        ] as [(KeyValuePairs<String, String?>, ReasonCode)])
    func idToken(changes: KeyValuePairs<String, String?>, code: ReasonCode) async throws {
        let test = try SignInUnderTest(changes)
        let (start, state) = try await test.begin()
        #expect(await test.finish("code=C&state=\(state)", start.cookie).failure?.error.code == code)
    }

    @Test("fails where another key than the named one has signed, or none is known by the name")
    func keys() async throws {
        let forged = try SignInUnderTest(signer: .other)
        let (start, state) = try await forged.begin()
        #expect(await forged.finish("code=C&state=\(state)", start.cookie).failure?.error.code == .signatureInvalid)
        let unknown = try SignInUnderTest(header: #"{"alg":"RS256","kid":"other"}"#)
        let (next, nextState) = try await unknown.begin()
        #expect(await unknown.finish("code=C&state=\(nextState)", next.cookie).failure?.error.code == .keyUnknown)
        #expect(unknown.sender.requests.count == 3)
    }

    @Test("does not give its code to a provider that was not asked")
    func mixUp() async throws {
        let test = try SignInUnderTest()
        let (start, state) = try await test.begin()
        let refusal = await test.finish("code=C&state=\(state)&iss=https%3A%2F%2Fevil.example", start.cookie).failure
        #expect(refusal?.error.code == .issuerUnknown && test.sender.requests.isEmpty)
        let good = try SignInUnderTest()
        let (next, nextState) = try await good.begin()
        let issuer = IDTokenMaker.issuer.replacing("/", with: "%2F")
        #expect(await good.finish("code=C&state=\(nextState)&iss=\(issuer)", next.cookie).failure == nil)
    }
}

import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Synchronization
import Testing

/// `FakeMicrosoft` that signs people in as well: it gives each browser a code, and an ID token for it.
final class SigningMicrosoft: HTTPSender {
    let microsoft = FakeMicrosoft()
    private let state: Mutex<State>

    /// The person who signs in.
    struct Person: Sendable {
        var objectID = IDTokenMaker.objectID
        var tenantID = FakeMicrosoft.tenant
        /// The columns of the row that tests change, as JSON; `nil` for nobody whom the environment knows.
        var row: [String: String]? = [
            "fullname": #""Ann Agent""#, "internalemailaddress": #""Ann@Example.com""#, "isdisabled": "false",
            "accessmode": "0", "applicationid": "null", "emailrouteraccessapproval": "1",
        ]
        var roles = ["Cobrowse.io - Agent"]
    }

    private struct State {
        var person = Person()
        var grants: [String: Grant] = [:]
        var nextCode = 1
    }

    /// What a code was given for.
    private struct Grant {
        let fields: [String: String]
        let person: Person
    }

    init() { state = Mutex(State()) }

    /// Changes who signs in from now on.
    func change(_ body: (inout Person) -> Void) { state.withLock { body(&$0.person) } }

    /// Signs the person in whom a browser brings to `location`, and says with which query it is sent back.
    func authorize(_ location: String) throws -> String {
        let parts = location.split(separator: "?", maxSplits: 1)
        #expect(parts.first == "https://login.microsoftonline.com/\(FakeMicrosoft.tenant)/oauth2/v2.0/authorize")
        let fields = Self.fields(String(parts.last ?? ""))
        #expect(fields["client_id"] == FakeMicrosoft.client && fields["response_type"] == "code")
        #expect(fields["code_challenge_method"] == "S256" && fields["code_challenge"]?.count == 43)
        let state = try #require(fields["state"])
        let code = self.state.withLock { state in
            defer { state.nextCode += 1 }
            let code = "code-\(state.nextCode)"
            state.grants[code] = Grant(fields: fields, person: state.person)
            return code
        }
        return "code=\(code)&state=\(state)&session_state=x"
    }

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        let target = request.url.target
        let answer = try await microsoft.send(request)
        // What a test has set comes before all else, and so does a refusal.
        guard microsoft.isSet(target) == false else { return answer }
        let fields = request.formFields
        if fields["grant_type"] == "authorization_code" { return answer.status == .ok ? redeem(fields) : answer }
        if target.hasSuffix("/.well-known/openid-configuration") { return Self.metadata }
        if target.hasSuffix("/keys") {
            return IncomingResponse(.ok, body: (try? IDTokenMaker.keySet(issuer: nil)) ?? [])
        }
        guard request.url.origin.host == "acme.crm4.dynamics.com" else { return answer }
        let person = state.withLock(\.person)
        if target.contains("/systemusers?") { return .json(200, #"{"value":[\#(Self.row(person))]}"#) }
        if target.contains("RetrieveAadUserRoles") { return .json(200, #"{"value":[\#(Self.roles(person))]}"#) }
        return answer
    }

    /// A code is good once, with the verifier and the redirect URI it was asked for with.
    private func redeem(_ form: [String: String]) -> IncomingResponse {
        let refused = IncomingResponse.json(
            400, #"{"error":"invalid_grant","error_description":"AADSTS54005: x","error_codes":[54005]}"#)
        guard let grant = state.withLock({ $0.grants.removeValue(forKey: form["code"] ?? "") }),
            form["redirect_uri"] == grant.fields["redirect_uri"],
            let challenge = try? SHA256Digest(of: Array((form["code_verifier"] ?? "").utf8)).bytes,
            Base64URL.encode(challenge) == grant.fields["code_challenge"], let token = try? idToken(grant)
        else { return refused }
        return .json(
            200, #"{"token_type":"Bearer","expires_in":3599,"access_token":"agent-t0ken","id_token":"\#(token)"}"#)
    }

    private func idToken(_ grant: Grant) throws -> String {
        let person = grant.person
        return try IDTokenMaker().token([
            "aud": "\"\(FakeMicrosoft.client)\"", "tid": "\"\(person.tenantID)\"", "oid": "\"\(person.objectID)\"",
            "iss": "\"https://login.microsoftonline.com/\(person.tenantID)/v2.0\"",
            "nonce": "\"\(grant.fields["nonce"] ?? "")\"",
        ])
    }

    private static let metadata = IncomingResponse.json(
        200,
        """
        {"issuer":"https://login.microsoftonline.com/\(FakeMicrosoft.tenant)/v2.0",\
        "jwks_uri":"https://login.microsoftonline.com/\(FakeMicrosoft.tenant)/discovery/v2.0/keys"}
        """)

    private static func row(_ person: Person) -> String {
        guard let columns = person.row else { return "" }
        let all = columns.merging([
            "systemuserid": #""99999999-aaaa-4bbb-8ccc-000000000009""#,
            "azureactivedirectoryobjectid": "\"\(person.objectID)\"",
        ]) { $1 }
        return "{" + all.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    private static func roles(_ person: Person) -> String {
        person.roles.map {
            #"{"roleid":"\#(FakeMicrosoft.client)","name":"\#($0)","_parentrootroleid_value":null,"#
                + #""_roletemplateid_value":null}"#
        }.joined(separator: ",")
    }

    private static func fields(_ query: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1).map { PercentText.decoded($0) }
            if halves.count == 2 { fields[halves[0]] = halves[1] }
        }
        return fields
    }
}

/// Percent-encoding as tests need it.
enum PercentText {
    static func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = (0..<2).compactMap { _ in rest.popFirst().flatMap(Hex.value) }
            if digits.count == 2 { bytes.append(digits[0] << 4 | digits[1]) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            return character.isASCII && (character.isLetter || character.isNumber)
                ? String(character) : "%" + Hex.encode([byte]).uppercased()
        }.joined()
    }
}

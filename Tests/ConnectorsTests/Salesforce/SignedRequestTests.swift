import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Testing

@testable import Connectors

@Suite("What Canvas posts")
struct SignedRequestTests {
    private static let secret = Secret(Array("the consumer secret".utf8))

    /// The JSON of a good one; members are replaced by those of `changes`, which are JSON, and left out where empty.
    private static func json(_ changes: [String: String] = [:]) -> String {
        let user = "\"\(ScriptedOrg.ann)\""
        let members = [
            "algorithm": "\"HMACSHA256\"", "issuedAt": "\(now.milliseconds)", "userId": user,
            "client":
                #"{"oauthToken":"00D!token","instanceUrl":"\#(ScriptedOrg.instance)","targetOrigin":"\#(ScriptedOrg.instance)"}"#,
            "context":
                #"{"user":{"userId":\#(user)},"organization":{"organizationId":"\#(ScriptedOrg.organization)"},"#
                + #""application":\#(application())}"#,
        ].merging(changes) { $1 }.filter { !$0.value.isEmpty }
        return "{" + members.map { "\"\($0.key)\":\($0.value)" }.sorted().joined(separator: ",") + "}"
    }

    private static func application(
        id: String = #""06P000000000001""#, kind: String = #""SIGNED_REQUEST""#
    ) -> String {
        #"{"applicationId":\#(id),"authType":\#(kind),"name":"Cobrowse","canvasUrl":"https://bridge.example/c?license=L"}"#
    }

    /// A context that is right but for the application.
    private static func context(_ application: String) -> [String: String] {
        [
            "context":
                #"{"user":{"userId":"\#(ScriptedOrg.ann)"},"#
                + #""organization":{"organizationId":"\#(ScriptedOrg.organization)"},"application":\#(application)}"#
        ]
    }

    private static func text(_ json: String, secret: Secret = secret) throws -> String {
        let payload = Base64.encode(Array(json.utf8))
        return "\(Base64.encode(try HMACSHA256.code(of: Array(payload.utf8), key: secret))).\(payload)"
    }

    private static func read(_ text: String) throws(ConnectorError) -> SignedRequest {
        try UnverifiedSignedRequest(text).verified(by: secret)
    }

    @Test("says which user of which org has opened the canvas, and with which token")
    func good() throws {
        let signed = try Self.read(try Self.text(Self.json()))
        try signed.checkAge(now: now)
        let session = try signed.session(
            ofOrganization: try SalesforceID(ScriptedOrg.organization).unwrapped("id"), application: nil,
            hosts: SalesforceHosts())
        #expect(
            session.identity.userID.value == ScriptedOrg.ann && session.instance.description == ScriptedOrg.instance)
        #expect(session.token.secret.copiedBytes == Array("00D!token".utf8))
        #expect(signed.id.count == 43)
        #expect(signed.application.description == #"06P000000000001EAA "Cobrowse""#)
        #expect(signed.application.canvasURL?.target == "/c?license=L")
    }

    @Test("is of the connected application, where somebody has said which that is")
    func connected() throws {
        let organization = try SalesforceID(ScriptedOrg.organization).unwrapped("id")
        let signed = try Self.read(try Self.text(Self.json()))
        func session(_ application: String) throws -> SalesforceSession {
            try signed.session(
                ofOrganization: organization, application: try SalesforceID(application).unwrapped(application),
                hosts: SalesforceHosts())
        }
        #expect(throws: Never.self) { try session("06P000000000001") }
        #expect(throws: Never.self) { try session("06P000000000001EAA") }
        let error = #expect(throws: ConnectorError.self) { try session("06P000000000002") }
        #expect(error?.code == .claimInvalid && error?.detail.contains("06P000000000001EAA") == true)
    }

    @Test(
        "is written in several ways",
        arguments: [
            ["algorithm": "\"hmacsha256\""], ["issuedAt": "\(now.seconds)"], ["issuedAt": "\"\(now.milliseconds)\""],
            ["userId": ""], ["userId": "\"\(ScriptedOrg.ann.prefix(15))\""],
        ])
    func variants(changes: [String: String]) throws {
        let signed = try Self.read(try Self.text(Self.json(changes)))
        #expect(signed.issuedAt == now && signed.userID.value == ScriptedOrg.ann)
    }

    @Test("is read from the form, where it stands once")
    func form() throws {
        let text = try Self.text(Self.json())
        let field = "signed_request=" + text.replacing("+", with: "%2B").replacing("=", with: "%3D")
        #expect(throws: Never.self) { try UnverifiedSignedRequest(form: Array("a=b&\(field)".utf8)) }
        for form in ["", "a=b", "signed_request=", "\(field)&\(field)", "signed_request=%"] {
            let error = #expect(throws: ConnectorError.self) { try UnverifiedSignedRequest(form: Array(form.utf8)) }
            #expect(error?.code == .tokenMalformed)
        }
    }

    /// What is wrong with one, and how it is refused.
    struct Bad: CustomTestStringConvertible, Sendable {
        let name: String
        var changes: [String: String] = [:]
        var text: @Sendable (String) -> String = { $0 }
        let code: ReasonCode
        var testDescription: String { name }
    }

    static let bad: [Bad] = [
        Bad(name: "no point", text: { $0.replacing(".", with: "") }, code: .tokenMalformed),
        Bad(name: "no signature", text: { String($0.drop { $0 != "." }) }, code: .tokenMalformed),
        Bad(name: "another signature", text: { "A" + $0.dropFirst() }, code: .signatureInvalid),
        Bad(name: "half a signature", text: { String($0.dropFirst(4)) }, code: .signatureInvalid),
        Bad(name: "another content", text: { $0 + "IA==" }, code: .signatureInvalid),
        Bad(name: "a second point", text: { $0 + "." }, code: .signatureInvalid),
        Bad(name: "too long", text: { $0 + String(repeating: "A", count: 49_152) }, code: .tokenTooLarge),
        Bad(name: "another algorithm", changes: ["algorithm": "\"HMACSHA1\""], code: .algorithmNotAllowed),
        Bad(name: "no algorithm", changes: ["algorithm": ""], code: .claimMissing),
        Bad(name: "no time", changes: ["issuedAt": ""], code: .claimMissing),
        Bad(name: "null for a time", changes: ["issuedAt": "null"], code: .claimMissing),
        Bad(name: "no user", changes: ["userId": "", "context": "{}"], code: .claimMissing),
        Bad(
            name: "two users", changes: ["userId": "\"\(ScriptedOrg.id("005", 2))\""], code: .claimInvalid),
        Bad(name: "an org for a user", changes: ["userId": "\"\(ScriptedOrg.organization)\""], code: .claimInvalid),
        Bad(name: "no org", changes: ["context": "{}"], code: .claimMissing),
        Bad(name: "no application", changes: context("null"), code: .claimMissing),
        Bad(name: "no id of it", changes: context(application(id: "null")), code: .claimMissing),
        Bad(name: "no id for one", changes: context(application(id: #""06P""#)), code: .claimInvalid),
        Bad(name: "no kind", changes: context(application(kind: "null")), code: .claimMissing),
        Bad(name: "another kind", changes: context(application(kind: #""OAUTH""#)), code: .claimInvalid),
        Bad(name: "no token", changes: ["client": #"{"instanceUrl":"https://a"}"#], code: .claimMissing),
        Bad(name: "a token with a line end", changes: ["client": #"{"oauthToken":"a\nb"}"#], code: .claimMissing),
        Bad(name: "no instance", changes: ["client": #"{"oauthToken":"a"}"#], code: .claimMissing),
    ]

    @Test("is refused with", arguments: bad)
    func refused(bad: Bad) throws {
        let text = bad.text(try Self.text(Self.json(bad.changes)))
        let error = #expect(throws: ConnectorError.self) { try Self.read(text) }
        #expect(error?.code == bad.code, "\(error?.detail ?? "")")
        #expect(error?.detail.contains("00D!token") == false)
    }

    @Test("is refused whatever is changed in it")
    func changed() throws {
        let text = Array(try Self.text(Self.json()).utf8)
        for place in text.indices {
            for bit in [UInt8(0x01), 0x20] {
                var changed = text
                changed[place] ^= bit
                #expect(throws: ConnectorError.self) { try Self.read(String(decoding: changed, as: UTF8.self)) }
            }
        }
    }

    @Test("is not read before the secret has proven it")
    func order() throws {
        let text = try Self.text("no JSON at all", secret: Secret([1]))
        #expect(throws: ConnectorError(.signatureInvalid, "")) { try Self.read(text) }
        let own = try Self.text("no JSON at all")
        #expect(throws: ConnectorError(.tokenMalformed, "")) { try Self.read(own) }
        let list = try Self.text("[]")
        #expect(throws: ConnectorError(.tokenMalformed, "")) { try Self.read(list) }
    }

    @Test(
        "is good for five minutes",
        arguments: [
            (0, nil), (299, nil), (300, .tokenExpired), (-60, nil), (-61, .tokenNotYetValid),
        ] as [(Int64, ReasonCode?)])
    func age(seconds: Int64, code: ReasonCode?) throws {
        let signed = try Self.read(try Self.text(Self.json()))
        let then = now.adding(seconds: seconds)
        guard let code else { return try signed.checkAge(now: then) }
        #expect(throws: ConnectorError(code, "")) { try signed.checkAge(now: then) }
    }

    @Test("is of the connected org, and its token goes to hosts of Salesforce's only")
    func place() throws {
        let organization = try SalesforceID(ScriptedOrg.organization).unwrapped("id")
        let other = try SalesforceID(ScriptedOrg.id("00D", 2)).unwrapped("id")
        let signed = try Self.read(try Self.text(Self.json()))
        #expect(throws: ConnectorError(.organizationMismatch, "")) {
            try signed.session(ofOrganization: other, application: nil, hosts: SalesforceHosts())
        }
        for host in [
            "https://elsewhere.example", "http://acme.my.salesforce.com", "https://salesforce.com.evil.example",
        ] {
            let client = #"{"oauthToken":"a","instanceUrl":"\#(host)"}"#
            let signed = try Self.read(try Self.text(Self.json(["client": client])))
            #expect(throws: ConnectorError(.claimInvalid, "")) {
                try signed.session(ofOrganization: organization, application: nil, hosts: SalesforceHosts())
            }
            #expect(signed.frameOrigins(hosts: SalesforceHosts()).isEmpty)
        }
    }

    @Test("tells whose pages may show the answer")
    func frames() throws {
        func frames(_ instance: String, _ target: String) throws -> [String] {
            let client = #"{"oauthToken":"a","instanceUrl":"\#(instance)","targetOrigin":"\#(target)"}"#
            return try Self.read(try Self.text(Self.json(["client": client])))
                .frameOrigins(hosts: SalesforceHosts()).map(\.description)
        }
        #expect(
            try frames("https://acme--uat.sandbox.my.salesforce.com", "https://acme--uat--pkg.sandbox.vf.force.com")
                == [
                    "https://acme--uat.sandbox.my.salesforce.com", "https://acme--uat.sandbox.lightning.force.com",
                    "https://acme--uat.sandbox.my.salesforce-setup.com",
                    "https://acme--uat--c.sandbox.vf.force.com", "https://acme--uat--pkg.sandbox.vf.force.com",
                ])
        #expect(try frames("https://eu45.salesforce.com", "https://evil.example") == ["https://eu45.salesforce.com"])
    }
}

import AuthService
import BridgeCore
import BridgeCrypto
import BridgeService
import BridgeTesting
import Testing

@testable import BridgeService

@Suite("What the administration is sent", .blocking)
struct AdministrationInputTests {
    @Test("is refused where it is not understood, with the place, and nothing is changed")
    func refused() async throws {
        try await Administrator.run { admin in
            let before = try admin.get("").text
            let any = ["If-Match: *"]
            typealias Row = (
                method: String, path: String, json: String?, fields: [String], verdict: String, word: String
            )
            let rows: [Row] = [
                ("GET", "/keys?limt=1", nil, [], "400 configuration_invalid", "limt"),
                ("GET", "?limit=1", nil, [], "400 configuration_invalid", "limit"),
                ("GET", "/accounts?cursor=AAAA", nil, [], "400 configuration_invalid", "cursor"),
                ("GET", "/accounts?email=ann", nil, [], "400 configuration_invalid", "email"),
                ("GET", "/audit?code=role_mising", nil, [], "400 configuration_invalid", "code"),
                ("PUT", "", "{", any, "400 configuration_invalid", "line 1"),
                ("PUT", "", "{}", any, "422 configuration_invalid", "license"),
                ("PUT", "", before.replacing("24h", with: "25h"), any, "422 configuration_invalid", "tokenLifetime"),
                ("PUT", "", before.replacing("acme-test", with: "x"), any, "422 configuration_invalid", "license"),
                ("PUT", "", before, ["If-Match: 1"], "400 configuration_invalid", "If-Match"),
                ("PUT", "", before, [], "428 configuration_invalid", "If-Match"),
                ("PUT", "", before, ["If-Match: \"9\""], "412 conflict", "version"),
                ("PUT", "/rules", "{\"rules\":[{}]}", any, "422 configuration_invalid", "rules[0].source"),
                ("PUT", "/rules", "{\"ruleTests\":[]}", any, "422 configuration_invalid", "rules"),
                ("PUT", "/recordMapping", "[]", any, "422 configuration_invalid", "object"),
                (
                    "PUT", "/recordMapping", "{}", any, "422 configuration_invalid",
                    "recordMapping: maps no record types"
                ),
                (
                    "PUT", "/recordMapping", #"{"Case":{"ContactEmail":"user email"}}"#, any,
                    "422 configuration_invalid", "recordMapping.Case.ContactEmail: has to be"
                ),
                ("POST", "/revocations", "{}", [], "422 configuration_invalid", "exactly one"),
                ("POST", "/keys", "{\"material\":\"x\"}", [], "422 certificate_malformed", "body"),
                ("POST", "/keys", "{\"alias\":\"x\"}", [], "422 configuration_invalid", "material"),
                ("PATCH", "/accounts/acc_1", "{\"role\":\"root\"}", [], "422 configuration_invalid", "role"),
                ("PATCH", "/accounts/acc_1", "{\"role\":\"agent\"}", [], "404 not_found", "account"),
                ("POST", "", nil, [], "405 not_found", "GET, HEAD, PUT, DELETE"),
                ("GET", "/connections/other", nil, [], "404 not_found", "path"),
                ("GET", "/connections/dynamics", nil, [], "404 not_found", "no dynamics connection"),
            ]
            for row in rows {
                let answer = try admin.call(row.method, row.path, json: row.json, fields: row.fields)
                #expect(answer.verdict == row.verdict, "\(row.method) \(row.path) \(answer.text)")
                let detail = try answer.json["detail"]?.stringValue ?? ""
                #expect(detail.contains(row.word), "\(row.method) \(row.path): \(detail)")
                #expect(answer["content-type"] == "application/problem+json")
                #expect(try answer.json["requestId"]?.stringValue == answer["x-request-id"])
            }
            #expect(try admin.get("").text == before)
        }
    }

    @Test("has a content type that the operation takes")
    func contentTypes() async throws {
        try await Administrator.run { admin in
            let body = #"{"role":"agent"}"#
            for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "text/json", ""] {
                let fields = ["Authorization: Bearer \(admin.token)"] + (type.isEmpty ? [] : ["Content-Type: \(type)"])
                let answer = try admin.test.send(
                    "PATCH", Administrator.root + "/accounts/acc_1", fields: fields, body: body)
                #expect(answer.verdict == "415 configuration_invalid", "\(type)")
            }
            for type in ["application/json", "Application/JSON; charset=utf-8"] {
                let fields = ["Authorization: Bearer \(admin.token)", "Content-Type: \(type)"]
                let answer = try admin.test.send(
                    "PATCH", Administrator.root + "/accounts/acc_1", fields: fields, body: body)
                #expect(answer.verdict == "404 not_found", "\(type)")
            }
        }
    }

    @Test("may be a certificate as it is, PEM or in JSON, or a JWK Set")
    func keyFiles() async throws {
        try await Administrator.run { admin in
            let pem = String(decoding: try KeyFixture.renewed.certificateFile.bytes(), as: UTF8.self)
            let id = try KeyFixture.renewed.publicKey.thumbprint
            let token = try TokenMaker(.renewed).token()
            #expect(try admin.test.verify(token).verdict == "401 signature_invalid")
            for type in ["application/x-pem-file", "text/plain", "application/octet-stream", nil] {
                let fields = ["Authorization: Bearer \(admin.token)"] + (type.map { ["Content-Type: \($0)"] } ?? [])
                let answer = try admin.test.send("POST", Administrator.root + "/keys", fields: fields, body: pem)
                #expect(answer.status == 201, "\(answer.text)")
                let json = try answer.json
                #expect(json["keyId"] == .string(id) && json["state"] == .string("new"))
                #expect(json["publicKeyPEM"]?.stringValue?.hasPrefix("-----BEGIN PUBLIC KEY-----\n") == true)
                #expect(json["notAfter"]?.stringValue?.hasSuffix("Z") == true)
                // Effective with the next request, both ways.
                #expect(try admin.test.verify(token).status == 200)
                #expect(try admin.call("DELETE", "/keys/\(id)").status == 204)
                #expect(try admin.test.verify(token).status == 401)
            }
            let set = JSONWebKeySet([JSONWebKey(try KeyFixture.renewed.publicKey, keyID: "k1")]).json
            let answer = try admin.call("POST", "/keys", json: String(decoding: set, as: UTF8.self))
            #expect(answer.status == 201)
            #expect(try answer.json["kid"] == .string("k1"))
        }
    }

    @Test("may not be a keystore, which needs a password and holds private keys")
    func keystores() async throws {
        try await Administrator.run { admin in
            let rows = [
                ("one-key-TEST-ONLY.jks", "application/x-java-keystore"),
                ("modern-TEST-ONLY.p12", "application/x-pkcs12"),
                ("no-mac-TEST-ONLY.p12", "application/octet-stream"),
                ("jceks-TEST-ONLY.jks", "application/octet-stream"),
            ]
            for (name, type) in rows {
                let bytes = try KeystoreFixture.sample(name).bytes()
                let fields = [
                    "Authorization: Bearer \(admin.token)", "Content-Type: \(type)", "Content-Length: \(bytes.count)",
                ]
                let client = try admin.test.client()
                client.send(ServiceUnderTest.request("POST", Administrator.root + "/keys", fields: fields) + bytes)
                let answer = try client.response()
                #expect(answer.verdict == "422 keystore_unsupported", "\(name)")
                #expect(try answer.json["hint"]?.stringValue?.contains("keystore export FILE --cert-out") == true)
            }
            #expect(try admin.get("/keys").json["items"]?.arrayValue?.count == 1)
        }
    }

    @Test("may be a certificate that has expired, which is said and does not lock anybody out")
    func expired() async throws {
        try await Administrator.run { admin in
            let pem = String(
                decoding: try RepositoryFile("Certificates/salesforce/CobrowseIO-expired.crt").bytes(), as: UTF8.self)
            let id = try KeyFixture.cobrowse.publicKey.thumbprint
            #expect(try admin.call("DELETE", "/keys/\(id)").status == 204)
            let fields = ["Authorization: Bearer \(admin.token)"]
            let answer = try admin.test.send("POST", Administrator.root + "/keys", fields: fields, body: pem)
            #expect(answer.status == 201)
            let warning = try answer.json["warnings"]?.arrayValue?.first?.stringValue ?? ""
            #expect(
                warning.hasPrefix("the certificate ended on 2021-01-01T12:00:00Z; its tokens are accepted all the same")
            )
            #expect(try admin.get("/keys").json["items"]?.arrayValue?.first?["state"] == .string("expired"))
            #expect(try admin.test.verify(try TokenMaker().token()).status == 200)
        }
    }

    @Test("may be text that had to be repaired, and is told what was")
    func repaired() async throws {
        try await Administrator.run { admin in
            let id = try KeyFixture.cobrowse.publicKey.thumbprint
            #expect(try admin.call("DELETE", "/keys/\(id)").status == 204)
            let fields = ["Authorization: Bearer \(admin.token)"]
            let text = String(
                decoding: try RepositoryFile("Certificates/shapes/literal-newlines.txt").bytes(), as: UTF8.self)
            let answer = try admin.test.send("POST", Administrator.root + "/keys", fields: fields, body: text)
            #expect(answer.status == 201)
            #expect(
                try answer.json["warnings"]?.arrayValue?.first?.stringValue
                    == "the body was repaired: backslash escapes such as \\n were resolved")
            #expect(try admin.test.verify(try TokenMaker().token()).status == 200)
        }
    }

    @Test("may ask with HEAD what GET would say, and is told the methods of a path")
    func head() async throws {
        try await Administrator.run { admin in
            let get = try admin.get("")
            let fields = ["Authorization: Bearer \(admin.token)"]
            let head = try admin.test.send("HEAD", Administrator.root, fields: fields)
            #expect(head.status == 200 && head["etag"] == get["etag"])
            #expect(head["content-length"] == "\(get.body.count)")
            let options = try admin.test.send("OPTIONS", Administrator.root + "/keys", fields: fields)
            #expect(options.status == 405 && options["allow"] == "GET, HEAD, POST")
            #expect(try admin.get("/nothing").verdict == "404 not_found")
            #expect(try admin.get("/keys/a/b").verdict == "404 not_found")
        }
    }

    @Test("is listed page by page without a gap")
    func pages() async throws {
        try await Administrator.run { admin in
            let maker = try TokenMaker()
            for number in 10..<17 {
                #expect(try admin.test.verify(try maker.token(["sub": "\"p\(number)@example.com\""])).status == 200)
            }
            for (list, member) in [("/accounts", "email"), ("/decisions", "id"), ("/audit", "sequence")] {
                let all = try #require(try admin.get("\(list)?limit=500").json["items"]?.arrayValue)
                #expect(all.count >= 7)
                var collected: [JSONValue] = []
                var query = "?limit=3"
                for _ in 0..<20 {
                    let page = try admin.get(list + query).json
                    collected += page["items"]?.arrayValue ?? []
                    guard let next = page["next"]?.stringValue else { break }
                    query = "?limit=3&cursor=\(next)"
                }
                // What is written meanwhile stands in front of the newest first.
                #expect(collected.compactMap { $0[member] } == all.compactMap { $0[member] }, "\(list)")
            }
        }
    }
}

import AuthService
import BridgeCore
import BridgeCrypto
import BridgeService
import BridgeTesting
import Testing

@Suite("The routes of the running service", .blocking)
struct ServiceRouteTests {
    @Test("are read with GET and HEAD")
    func reading() async throws {
        try await ServiceUnderTest.run { test in
            for (path, body) in [("/healthz", #"{"status":"ok"}"#), ("/readyz", #"{"status":"ready"}"#)] {
                let answer = try test.send("GET", path)
                #expect(answer.status == 200)
                #expect(answer.text == body)
                #expect(answer["content-type"] == "application/json")
                let head = try test.send("HEAD", path)
                #expect(head.status == 200)
                #expect(head["content-length"] == "\(body.utf8.count)")
            }
            let token = try TokenMaker().token()
            #expect(
                try test.send("HEAD", "/api/1/sso/authorize", fields: ["Authorization: Bearer \(token)"]).status == 204)
        }
    }

    @Test("refuse other methods and say which they take")
    func methods() async throws {
        try await ServiceUnderTest.run { test in
            for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
                let answer = try test.send(method, "/api/1/sso/verify")
                #expect(answer.status == 405)
                #expect(answer["allow"] == "POST")
            }
            for path in ["/.well-known/jwks.json", "/healthz", "/readyz"] {
                let answer = try test.send("POST", path, body: "{}")
                #expect(answer.verdict == "405 not_found")
                #expect(answer["allow"] == "GET, HEAD")
                #expect(try answer.json["requestId"]?.stringValue?.isEmpty == false)
            }
        }
    }

    @Test("answer a gateway that asks with the method and the path of the request it asks about")
    func gateway() async throws {
        try await ServiceUnderTest.run { test in
            let field = "Authorization: Bearer \(try TokenMaker().token())"
            for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
                for target in ["", "?role=agent", "/", "/orders/7?role=administrator", "/a%2F..?x=1&y"] {
                    let path = "/api/1/sso/authorize\(target)"
                    // Envoy, which appends the path, takes 200 alone for a yes.
                    let yes = target.hasPrefix("/") ? 200 : 204
                    let answer = try test.send(method, path, fields: [field])
                    #expect(answer.status == yes, "\(method) \(target)")
                    #expect(answer["x-cobrowse-role"] == "agent" && answer.body.isEmpty, "\(method) \(target)")
                    #expect(try test.send(method, path).status == 401, "\(method) \(target)")
                }
                let denied = try test.send(method, "/api/1/sso/authorize?role=administrator", fields: [field])
                #expect(denied.status == 403)
            }
            let body = String(repeating: "x", count: 1_000)
            #expect(try test.send("POST", "/api/1/sso/authorize/a", fields: [field], body: body).status == 200)
        }
    }

    @Test("are exactly these")
    func otherPaths() async throws {
        try await ServiceUnderTest.run { test in
            for path in [
                "/", "/api", "/api/1/sso/verify/", "/x//api/1/sso/verify", "/api/1/sso/%76erify", "/api/1/sso/./verify",
                "/api/1/../1/sso/verify", "/api/1/sso/verify%2F", "/API/1/sso/verify", "/api/1/sso/verify;x",
                "/api/1/sso/verify%00", "/healthz/", "/.well-known/",
                "/api/1/sso/authorizex", "/api/1/sso/authorize%2F", "/admin/",
            ] {
                for method in ["GET", "POST"] {
                    let verdict = try test.send(method, path).verdict
                    #expect(verdict == "404 not_found", "\(method) \(path)")
                }
            }
        }
    }

    @Test("publish the bridge's public key, which verifies what it signs, and nothing private")
    func keySet() async throws {
        try await ServiceUnderTest.run { test in
            let answer = try test.send("GET", "/.well-known/jwks.json")
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "application/jwk-set+json")
            let keys = try JSONWebKeySet(reading: answer.body, source: "jwks").keys
            let stored = try await ServiceUnderTest.withStore(test.configuration) { store in
                try await store.signingKeys()
            }
            #expect(keys.map(\.key.thumbprint) == stored.map(\.id))
            #expect(keys.map(\.keyID) == stored.map(\.id))
            let published = try #require(try answer.json["keys"]?.arrayValue?.first?.objectValue)
            #expect(published.map(\.name) == ["kty", "use", "alg", "kid", "n", "e"])

            let signed = try Self.token(signedBy: try #require(stored.first), of: test.configuration)
            let token = try UnverifiedToken(signed)
            let keySet = TokenKeySet(keys.map { TokenKey($0.key, declaredKeyID: $0.keyID) }, issuer: nil)
            _ = try TokenVerifier().verify(token, keys: keySet, now: TokenMaker.now)
            #expect(try test.verify(signed).status == 200)
            // The key stays the same.
            try await test.restart()
            #expect(try test.send("GET", "/.well-known/jwks.json").body == answer.body)
        }
    }

    @Test("take 64 KiB and not more, and tokens of 8 KiB")
    func sizes() async throws {
        try await ServiceUnderTest.run { test in
            let filler = { (count: Int) in #"{"x":""# + String(repeating: "a", count: count - 8) + "\"}" }
            #expect(try test.send("POST", "/api/1/sso/verify", body: filler(65_536)).verdict == "400 token_malformed")
            let large = try test.send("POST", "/api/1/sso/verify", body: filler(65_537))
            #expect(large.verdict == "413 token_too_large")
            #expect(try large.json["requestId"]?.stringValue == large["x-request-id"])
            let token = { String(repeating: "a", count: $0) }
            #expect(try test.verify(token(8_192)).verdict == "401 token_malformed")
            #expect(try test.verify(token(8_193)).verdict == "401 token_too_large")
            #expect(try test.authorize(token(8_192)).verdict == "401 token_malformed")
            #expect(try test.authorize(token(8_193)).verdict == "401 token_too_large")
        }
    }

    @Test("answer several requests of one connection in their order")
    func pipelined() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token()
            let client = try test.client()
            let verify = ServiceUnderTest.request("POST", "/api/1/sso/verify", body: #"{"token":"\#(token)"}"#)
            let health = ServiceUnderTest.request("GET", "/healthz")
            client.send(verify + health + verify + ServiceUnderTest.request("GET", "/nowhere"))
            #expect(try client.response().json["license"]?.stringValue == "acme-test")
            #expect(try client.response().text == #"{"status":"ok"}"#)
            #expect(try client.response().json["license"]?.stringValue == "acme-test")
            #expect(try client.response().status == 404)
        }
    }
}

extension ServiceRouteTests {
    /// A token of the bridge itself, signed with the key that lies sealed in the store.
    private static func token(signedBy stored: StoredSigningKey, of configuration: Configuration) throws -> String {
        let masterKey = try #require(TextFile.bytes(configuration.masterKeyFile).flatMap(MasterKey.init))
        let pem = try masterKey.open(stored.sealedPrivateKey, for: "signing key \(stored.id)")
        let key = try RSAPrivateKey(reading: pem.withBytes { Array(copying: $0) }, source: "the signing key")
        let claims = AgentClaims(
            license: TokenMaker.license, email: "bot@example.com", issuedAt: TokenMaker.now,
            expiresAt: TokenMaker.now.adding(seconds: 60))
        return try TokenSigner(key, keyID: stored.id).sign(claims)
    }
}

extension Array<UInt8> {
    fileprivate init(copying bytes: Span<UInt8>) {
        self = bytes.indices.map { bytes[$0] }
    }
}

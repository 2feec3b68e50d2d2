import AuthService
import BridgeCore
import BridgeCrypto
import BridgeService
import BridgeTesting
import Testing

@Suite("A login at the running service", .blocking)
struct LoginJourneyTests {
    @Test("is answered with the account, which is the same one after a restart")
    func journey() async throws {
        try await ServiceUnderTest.run { test in
            let maker = try TokenMaker()
            let token = try maker.token([
                "sub": "\"Ann@Example.com\"", "displayName": "\"Zoë \\\"A\\\"\"", "policy": "{ \"version\": 3 }",
            ])
            let first = try test.verify(token)
            let id = try #require(try first.json["account"]?["id"]?.stringValue)
            let expected = """
                {"license":"acme-test","account":{"id":"\(id)","email":"ann@example.com","displayName":"Zoë \\"A\\"",\
                "role":"agent","status":"active"},"token":{"issuedAt":"2027-01-15T07:59:50Z",\
                "expiresAt":"2027-01-15T08:14:50Z","keyId":"\(try KeyFixture.cobrowse.publicKey.thumbprint)"},\
                "policy":{ "version": 3 }}
                """
            #expect(first.status == 200)
            #expect(first.text == expected)
            #expect(first["content-type"] == "application/json")
            #expect(first["cache-control"] == "no-store")
            #expect(id.utf8.count == 36 && id.hasPrefix("acc_"))
            // From memory, and from the cache.
            for _ in 0..<3 { #expect(try test.verify(token).text == expected) }

            try await test.restart()
            #expect(try test.verify(token).text == expected)
            let plain = try test.verify(try maker.token())
            #expect(try plain.json["account"]?["id"]?.stringValue == id)
            #expect(try plain.json["policy"] == .null)
        }
    }

    @Test("may bring its token in the Authorization field")
    func bearer() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token()
            for scheme in ["Bearer", "bearer", "BEARER"] {
                let fields = ["Authorization: \(scheme) \(token)"]
                #expect(try test.send("POST", "/api/1/sso/verify", fields: fields).status == 200)
                #expect(try test.send("POST", "/api/1/sso/verify", fields: fields, body: "").status == 200)
            }
        }
    }

    @Test("has the role that the rules give to a person of a Salesforce org")
    func salesforce() async throws {
        try await ServiceUnderTest.run { test in
            let maker = try TokenMaker()
            // A second administrator, so that the person below is not the last one.
            _ = try test.verify(try maker.token(["sub": #""boss@example.com""#, "role": #""administrator""#]))
            for (sets, role, verdict) in [
                (#"["Cobrowse.io Admin"]"#, nil, "200 administrator"),
                (#"["Cobrowse.io Admin"]"#, "\"agent\"", "200 agent"),
                (#"[{"name":"CobrowseAgent","label":"Cobrowse.io Agent"}]"#, "\"administrator\"", "200 agent"),
                (#"[{"name":"Cobrowse.io Agent","isActive":false}]"#, nil, "403 role_missing"),
                ("[]", "\"administrator\"", "403 role_missing"),
            ] as [(String, String?, String)] {
                let claim = #"{"emailVerified":true,"permissionSets":\#(sets)}"#
                let response = try test.verify(try maker.token(["salesforce": claim, "role": role]))
                let granted = try response.json["account"]?["role"]?.stringValue
                #expect(granted.map { "200 \($0)" } ?? response.verdict == verdict, "\(sets) \(role ?? "")")
            }
        }
    }

    @Test("at authorize is answered with who it is, for a gateway")
    func authorize() async throws {
        try await ServiceUnderTest.run { test in
            let maker = try TokenMaker()
            let agent = try maker.token(["sub": "\"zoë@example.com\""])
            let administrator = try maker.token(["sub": "\"boss@example.com\"", "role": "\"administrator\""])
            for _ in 0..<2 {
                let response = try test.authorize(agent)
                #expect(response.status == 204)
                #expect(response.body.isEmpty)
                #expect(response["x-cobrowse-license"] == "acme-test")
                #expect(response["x-cobrowse-email"] == "zoë@example.com")
                #expect(response["x-cobrowse-role"] == "agent")
                #expect(response["x-cobrowse-account"]?.hasPrefix("acc_") == true)
                #expect(response["cache-control"] == "no-store")
                #expect(try test.authorize(agent, query: "?role=agent").status == 204)
                #expect(try test.authorize(agent, query: "?role=administrator").verdict == "403 role_missing")
                #expect(try test.authorize(administrator, query: "?role=administrator").status == 204)
                #expect(try test.authorize(administrator, query: "?role=agent")["x-cobrowse-role"] == "administrator")
            }
        }
    }

    @Test("at authorize is refused where the gateway's rule has a typing error")
    func authorizeQuery() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token(["role": "\"administrator\""])
            for query in [
                "?", "?role", "?role=", "?role=Administrator", "?role=administrator&role=agent", "?rôle=administrator",
                "?role=administrator%00", "?role=%61gent", "?role=admin", "?x=1", "?ROLE=agent", "?role=agent?",
                "?role=\u{202E}",
            ] {
                let status = try test.authorize(token, query: query).status
                #expect(status == 400, "\(query)")
            }
        }
    }

    @Test("of one person 200 times at once makes one account")
    func race() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token()
            let request = ServiceUnderTest.request("POST", "/api/1/sso/verify", body: #"{"token":"\#(token)"}"#)
            let clients = try (0..<200).map { _ in try test.client() }
            for client in clients { client.send(request) }
            var ids: [String] = []
            for client in clients {
                let response = try client.response()
                #expect(response.status == 200)
                ids.append(try response.json["account"]?["id"]?.stringValue ?? "none")
            }
            let license = try #require(License(TokenMaker.license))
            let stored = try await ServiceUnderTest.withStore(test.configuration) { store in
                try await store.accounts(of: license, after: nil, limit: 10)
            }
            #expect(stored.count == 1)
            #expect(Set(ids) == Set(stored.map(\.id)))
        }
    }
}

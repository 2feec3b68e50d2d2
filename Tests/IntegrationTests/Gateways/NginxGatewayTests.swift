import BridgeTesting
import Testing

@Suite("The documented nginx", .blocking)
struct NginxGatewayTests {
    private static let names = ["X-Cobrowse-License", "X-Cobrowse-Account", "X-Cobrowse-Email", "X-Cobrowse-Role"]

    /// Fields by which a client pretends to have passed.
    private static let forgeries = [
        ["X-Cobrowse-Role: superuser"], ["x-cobrowse-role: superuser"], ["X_Cobrowse_Role: superuser"],
        ["X-Cobrowse_Role: superuser"], ["X-Cobrowse-Role: superuser", "X-Cobrowse-Role: superuser"],
        ["X-Cobrowse-License: superuser", "X-Cobrowse-Account: superuser", "X-Cobrowse-Email: superuser"],
        ["X-Cobrowse-Role:\tsuperuser"], ["X-Cobrowse-Role;", "X-Cobrowse-Role: superuser"],
        ["Connection: X-Cobrowse-Role", "X-Cobrowse-Role: superuser"],
    ]

    @Test("lets an administrator through and says to the application who it is")
    func lettingThrough() async throws {
        try await NginxUnderTest.run { test in
            let answer = try test.send("POST", "/orders/7?a=b", fields: [try Self.bearer()], body: "an order")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("welcome"))
            let requests = test.application.takeRequests()
            let request = try #require(requests.first)
            #expect(requests.count == 1)
            #expect(request.hasPrefix("POST /orders/7?a=b HTTP/1.") && request.hasSuffix("\r\n\r\nan order"))
            let fields = Self.cobrowseFields(of: request)
            #expect(fields.map(\.name) == Self.names)
            #expect(fields.map(\.value).enumerated().allSatisfy { $0 == 1 ? $1.hasPrefix("acc_") : !$1.isEmpty })
            #expect(fields.first?.value == TokenMaker.license)
            #expect(fields.dropFirst(2).map(\.value) == ["ann@example.com", "administrator"])
        }
    }

    @Test("passes on nothing that a client says in the fields of the bridge")
    func forgedFields() async throws {
        try await NginxUnderTest.run { test in
            let bearer = try Self.bearer()
            for forged in Self.forgeries {
                let answer = try test.send("GET", "/", fields: [bearer] + forged)
                #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(forged) \(answer)")
                let request = try #require(test.application.takeRequests().first)
                #expect(!request.contains("superuser"), "\(request)")
                #expect(Self.cobrowseFields(of: request).map(\.name) == Self.names, "\(request)")
            }
        }
    }

    @Test("lets nobody else through, whatever is forged")
    func refusing() async throws {
        try await NginxUnderTest.run { test in
            let agent = "Authorization: Bearer \(try TokenMaker().token())"
            let expired = "Authorization: Bearer \(try TokenMaker().token(["exp": "1800000000"]))"
            let forged = Self.names.map { "\($0): administrator" }
            for (fields, status) in [
                ([], "401"), ([expired], "401"), (["Authorization: Basic YTpi"], "401"), ([agent], "403"),
            ] {
                for path in ["/", "/orders?role=agent", "/api/1/sso/authorize"] {
                    let answer = try test.send("GET", path, fields: fields + forged)
                    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(fields) \(path) \(answer)")
                    #expect(answer.lowercased().contains("www-authenticate: bearer") == (status == "401"), "\(answer)")
                }
            }
            let inside = try test.send("GET", "/_sso", fields: [try Self.bearer()])
            #expect(inside.hasPrefix("HTTP/1.1 404 "))
            #expect(test.application.takeRequests().isEmpty)
        }
    }

    @Test("lets nobody through while the bridge is away")
    func bridgeAway() async throws {
        // Port 1 is that of no service in use.
        try await NginxUnderTest.run(bridgePort: 1) { test in
            let answer = try test.send("GET", "/", fields: [try Self.bearer()])
            #expect(answer.hasPrefix("HTTP/1.1 500 "))
            #expect(test.application.takeRequests().isEmpty)
        }
    }

    private static func bearer() throws -> String {
        "Authorization: Bearer \(try TokenMaker().token(["role": #""administrator""#]))"
    }

    /// The fields of a request that an application may take for the bridge's, CGI's spelling included.
    private static func cobrowseFields(of request: String) -> [(name: String, value: String)] {
        let head = request.split(separator: "\r\n\r\n", maxSplits: 1).first ?? ""
        return head.split(separator: "\r\n").dropFirst().compactMap { line in
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            let plain = parts[0].lowercased().filter { $0 != "_" && $0 != "-" }
            return plain.hasPrefix("xcobrowse") ? (parts[0], parts.count > 1 ? parts[1] : "") : nil
        }
    }
}

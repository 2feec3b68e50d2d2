import AuthService
import BridgeCore
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("Salesforce's REST API")
struct SalesforceClientTests {
    private func client(
        _ answers: [IncomingResponse], _ caller: SalesforceCaller = .integrationUser
    ) throws -> (SalesforceClient, ScriptedSender) {
        let sender = ScriptedSender(answers)
        let client = SalesforceClient(
            sender: sender, instance: try WebOrigin(Acme.login).unwrapped("origin"),
            token: AccessToken(Acme.bytes("00D!t0ken"), expiresAt: nil), caller: caller)
        return (client, sender)
    }

    private func code(_ answer: IncomingResponse, _ caller: SalesforceCaller = .integrationUser) async throws
        -> ConnectorError?
    {
        let (client, _) = try client([answer], caller)
        do throws(ConnectorError) {
            _ = try await client.query("SELECT Id FROM User")
            return nil
        } catch {
            return error
        }
    }

    @Test("is asked with the query percent-encoded and the token in its own field, for all pages")
    func pages() async throws {
        let (client, sender) = try client([
            .records([#"{"Id":"1"}"#], next: "/services/data/v66.0/query/01g-2000", of: 3),
            .records([#"{"Id":"2"}"#], next: "\(Acme.login)/services/data/v66.0/query/01g-4000", of: 3),
            .records([#"{"Id":"3"}"#], of: 3),
        ])
        let rows = try await client.query("SELECT Id FROM User WHERE Email LIKE \("a%")")
        #expect(rows.map { $0["Id"]?.stringValue } == ["1", "2", "3"])
        #expect(
            sender.requests.map(\.url.text) == [
                "\(Acme.login)/services/data/v66.0/query?q=SELECT%20Id%20FROM%20User%20WHERE%20Email%20LIKE%20%27a%25%27",
                "\(Acme.login)/services/data/v66.0/query/01g-2000", "\(Acme.login)/services/data/v66.0/query/01g-4000",
            ])
        #expect(sender.requests.allSatisfy { $0.bearerToken?.copiedBytes == Array("00D!t0ken".utf8) })
        #expect(
            sender.requests.allSatisfy { request in
                !request.rule.allows(
                    (try? WebOrigin("https://login.salesforce.com").unwrapped("origin")) ?? request.url.origin)
            })
    }

    @Test(
        "is followed to no page elsewhere, and not without end",
        arguments: [
            .records([], next: "https://evil.example/services/data/v66.0/query/1"),
            .records([], next: "/secur/logout.jsp"), .records([], next: "//evil.example/services/data/"),
            .json(#"{"records":[],"done":false}"#), .json(#"{"records":[]}"#), .json(#"{"done":true}"#), .json("[]"),
            .page(200), .records([], next: "/services/data/v66.0/query/again"),
        ] as [IncomingResponse])
    func strangePages(answer: IncomingResponse) async throws {
        let (client, sender) = try client(Array(repeating: answer, count: 20))
        await #expect(throws: ConnectorError(.upstreamUnavailable, "")) {
            _ = try await client.query("SELECT Id FROM User")
        }
        #expect(sender.requests.count <= 10)
        await #expect(throws: ConnectorError(.upstreamUnavailable, "")) {
            try await self.client(Array(repeating: answer, count: 20)).0
                .forEachPage("SELECT Id FROM User") { _ in }
        }
    }

    @Test("is handed on page by page")
    func forEachPage() async throws {
        let (client, _) = try client([
            .records([#"{"Id":"1"}"#], next: "/services/data/v66.0/query/2", of: 2),
            .records([#"{"Id":"2"}"#], of: 2),
        ])
        var counts: [Int] = []
        try await client.forEachPage("SELECT Id FROM User") { counts.append($0.count) }
        #expect(counts == [1, 1])
    }

    @Test("is handed on no further than was counted, and not at all where nothing was", arguments: [1, nil])
    func endlessRows(count: Int?) async throws {
        let pages = (2...20).map { number in
            IncomingResponse.records([#"{"Id":"1"}"#], next: "/services/data/v66.0/query/\(number)", of: count)
        }
        let (client, sender) = try client(pages)
        await #expect(throws: ConnectorError(.upstreamUnavailable, "")) {
            try await client.forEachPage("SELECT Id FROM User") { _ in }
        }
        #expect(sender.requests.count == (count.map { $0 + 1 } ?? 1))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: IncomingResponse
        let integrationUser: ReasonCode
        let person: ReasonCode
        let vendorCode: String

        init(
            _ answer: IncomingResponse, _ name: String, _ integrationUser: ReasonCode, person: ReasonCode? = nil,
            _ vendorCode: String
        ) {
            (self.answer, testDescription, self.integrationUser) = (answer, name, integrationUser)
            (self.person, self.vendorCode) = (person ?? integrationUser, vendorCode)
        }
    }

    static let refusals = [
        Row(.apiError(401, "INVALID_SESSION_ID"), "session ended", .credentialsRejected, "INVALID_SESSION_ID"),
        Row(.page(401), "401 with a page", .credentialsRejected, "INVALID_SESSION_ID"),
        Row(
            .json(403, "Bad_OAuth_Token"), "UserInfo's word for it", .credentialsRejected, "INVALID_SESSION_ID"),
        Row(
            .apiError(400, "INVALID_TYPE"), "object not visible", .securityRoleMissing, person: .rolesUnavailable,
            "INVALID_TYPE"),
        Row(
            .apiError(400, "INVALID_FIELD"), "field not visible", .securityRoleMissing, person: .rolesUnavailable,
            "INVALID_FIELD"),
        Row(
            .apiError(403, "INSUFFICIENT_ACCESS"), "no right", .securityRoleMissing, person: .rolesUnavailable,
            "INSUFFICIENT_ACCESS"),
        Row(
            .apiError(403, "API_DISABLED_FOR_ORG"), "no API", .securityRoleMissing, person: .rolesUnavailable,
            "API_DISABLED_FOR_ORG"),
        Row(
            .json(403, "No_Access"), "UserInfo not allowed", .securityRoleMissing, person: .rolesUnavailable,
            "NO_ACCESS"),
        Row(.json(404, "Inactive"), "UserInfo of an inactive user", .userInactive, "INACTIVE"),
        Row(.apiError(403, "REQUEST_LIMIT_EXCEEDED"), "limit", .upstreamThrottled, "REQUEST_LIMIT_EXCEEDED"),
        Row(.json(429, ""), "429", .upstreamThrottled, "429"),
        Row(.apiError(503, "SERVER_UNAVAILABLE"), "down", .upstreamUnavailable, "SERVER_UNAVAILABLE"),
        Row(.page(502), "a proxy's page", .upstreamUnavailable, "502"),
        Row(.apiError(404, "NOT_FOUND"), "not found", .environmentNotFound, "NOT_FOUND"),
        Row(.page(302), "moved", .environmentNotFound, "302"),
        Row(.apiError(400, "MALFORMED_QUERY"), "our fault", .upstreamUnavailable, "MALFORMED_QUERY"),
    ]

    @Test("is understood when it refuses, for the integration user and for a person", arguments: refusals)
    func refusal(row: Row) async throws {
        let error = try #require(try await code(row.answer))
        #expect(error.code == row.integrationUser && error.vendorCode == row.vendorCode, "\(error.detail)")
        #expect(try await code(row.answer, .person)?.code == row.person)
        #expect(error.hint != nil && !error.ownDetail.contains("what Salesforce writes"))
    }

    @Test("is told nothing of a token that it repeats")
    func hidden() async throws {
        let error = try await code(.json(400, #"[{"errorCode":"MALFORMED_QUERY","message":"bad 00D!t0ken"}]"#))
        #expect(error?.detail.contains("t0ken") == false && error?.detail.contains("<secret>") == true)
    }

    @Test(
        "is given values as literals and as nothing else",
        arguments: [
            ("plain", "'plain'"), ("O'Brien", #"'O\'Brien'"#), (#"\' OR Id != '"#, #"'\\\' OR Id != \''"#),
            ("a\nb\tc\r", #"'a\nb\tc\r'"#), ("%_", "'%_'"), ("ü", "'ü'"), ("", "''"),
        ])
    func literals(value: String, literal: String) throws {
        #expect(
            ("SELECT Id FROM User WHERE Name = \(value)" as SOQL).text == "SELECT Id FROM User WHERE Name = \(literal)")
    }

    @Test("is given ids, lists, times and sub-selects")
    func composed() throws {
        let ids = [try SalesforceID(Acme.user).unwrapped("id"), try SalesforceID("0058Z000000A1bdQAC").unwrapped("id")]
        let inner: SOQL = "SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId = \(ids[0])"
        let query: SOQL =
            "SELECT Id FROM User WHERE Id IN \(ids) OR Id IN (\(inner)) OR Name IN \(["a'", "b"]) LIMIT \(5)"
        #expect(
            query.text
                == "SELECT Id FROM User WHERE Id IN ('0058Z000000A1bcQAC','0058Z000000A1bdQAC') OR Id IN (SELECT "
                + "AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId = '0058Z000000A1bcQAC') OR Name IN "
                + #"('a\'','b') LIMIT 5"#)
        #expect(("LastModifiedDate > \(now)" as SOQL).text == "LastModifiedDate > 2027-01-15T08:00:00Z")
    }

    @Test("says who is asking, and keeps what was not said apart from no")
    func userInfo() async throws {
        let (client, sender) = try client([
            .json(
                """
                {"user_id":"\(Acme.user)","organization_id":"\(Acme.organization)","preferred_username":"ann@acme.example",
                "email":"ann@example.com","email_verified":true,"active":true,"user_type":"STANDARD","name":"Ann",
                "custom_permissions":{"Agent":true,"Admin":false}}
                """),
            .json(#"{"user_id":"\#(Acme.user)","organization_id":"\#(Acme.organization)","email_verified":"true"}"#),
            .json(#"{"user_id":"\#(Acme.user)"}"#),
        ])
        let full = try await client.userInfo()
        #expect(sender.requests.first?.url.text == "\(Acme.login)/services/oauth2/userinfo")
        #expect(full.userID.value == Acme.user && full.emailVerified == true && full.userType == "STANDARD")
        #expect(full.customPermissions == ["Agent": true, "Admin": false])
        let bare = try await client.userInfo()
        #expect(bare.emailVerified == nil && bare.isActive == nil && bare.customPermissions == nil)
        await #expect(throws: ConnectorError(.upstreamUnavailable, "")) { _ = try await client.userInfo() }
    }

    @Test("says how many requests are left")
    func limits() async throws {
        let (client, _) = try client([
            .json(#"{"DailyApiRequests":{"Max":15000,"Remaining":14998}}"#), .json(#"{"DailyApiRequests":{}}"#),
            .json(#"{"DailyApiRequests":{"Max":15000,"Remaining":-3}}"#),
        ])
        let limits = try await client.limits()
        #expect(limits.largest == 15_000 && limits.remaining == 14_998)
        await #expect(throws: ConnectorError(.upstreamUnavailable, "")) { _ = try await client.limits() }
        #expect(try await client.limits().remaining == 0)
    }
}
